"""What all checks share: the entry that is checked, and how its faults are told."""

import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from .files import read_manifest
from .paths import MODELS


def model_entry(name: str) -> dict[str, Any]:
    """A model's entry in the manifest of public/models; ends the program where there is none."""
    for model in read_manifest(MODELS / "manifest.json")["models"]:
        if model["id"] == name:
            return model
    sys.exit(f"the manifest has no model {name}")


def report(name: str, faults: Sequence[str]) -> NoReturn:
    """A line for each fault, and the program's end: with 1 if there are any."""
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{name}: {len(faults)} faults" if faults else f"{name}: all checks passed")
    sys.exit(1 if faults else 0)
