"""The site's own compressor, run by Node: every variant of the zoo is made by what users have in the page."""

import json
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from .paths import ZOO

SCRIPT = ZOO.parent / "scripts" / "compress.mjs"


def compress(model: Path, recipe: dict[str, Any], out: Path, inputs: dict[str, np.ndarray] | None = None) -> None:
    """Apply `recipe` to `model` and write the variant to `out`.

    `inputs` are what it calibrates on, by input name; their first axis counts them. Needs npm's packages of the site.
    """
    with TemporaryDirectory() as folder:
        written = Path(folder) / "recipe.json"
        written.write_text(json.dumps(recipe), "utf-8")
        command = ["node", str(SCRIPT), str(model.resolve()), str(written), str(out.resolve())]
        for name, array in (inputs or {}).items():
            path = Path(folder) / f"{name}.npy"
            np.save(path, np.ascontiguousarray(array))
            command += ["--inputs", str(path)]
        subprocess.run(command, check=True)
