"""Where the zoo reads and writes."""

from pathlib import Path

ZOO = Path(__file__).resolve().parent.parent
CACHE = ZOO / ".cache"
"""Downloads and intermediate files; Git ignores it, and deleting it is always safe."""
MODELS = ZOO.parent / "public" / "models"
"""What the site serves: models, sample packs and manifest.json."""
