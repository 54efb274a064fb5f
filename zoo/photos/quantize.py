"""Int8 variants, by the site's own compressor."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import onnx
from common.compress import compress

from .evaluate import Fidelity, fidelity, run
from .export import INPUT

METHODS: dict[str, dict[str, Any]] = {
    "MinMax": {"method": "minmax"},
    "percentile 99.999": {"method": "percentile", "percentile": 99.999},
    "percentile 99.99": {"method": "percentile", "percentile": 99.99},
    "least-squared-error": {"method": "mse"},
}


class Choice(NamedTuple):
    method: str
    """A key of METHODS."""
    tried: dict[str, Fidelity]
    """Against fp32, on crops that were neither calibrated on nor are the ones reported."""


def quantize_int8(fp32: Path, path: Path, calibration: np.ndarray, choosing: np.ndarray) -> Choice:
    """Write the static int8 variant of `fp32`, with the calibration whose logits are nearest on `choosing`.

    Both are float32 [n, 3, 224, 224].
    """
    reference = run(fp32, choosing)
    tried = {}
    with TemporaryDirectory() as folder:
        files = {name: Path(folder) / f"{i}.onnx" for i, name in enumerate(METHODS)}
        for name, file in files.items():
            compress(fp32, _recipe("static-int8", METHODS[name]), file, {INPUT: calibration})
            tried[name] = fidelity(reference, run(file, choosing))
            print(f"calibration {name}: {tried[name]}", flush=True)
        best = max(tried, key=lambda name: tried[name].sqnr)
        onnx.checker.check_model(onnx.load(files[best]), full_check=True)
        path.write_bytes(files[best].read_bytes())
    return Choice(best, tried)


def int8_weights(fp32: Path, path: Path) -> None:
    """Write the variant whose weights alone are int8."""
    compress(fp32, _recipe("weight-only", {"bits": 8}), path)
    onnx.checker.check_model(onnx.load(path), full_check=True)


def _recipe(technique: str, options: dict[str, Any]) -> dict[str, Any]:
    return {"version": 1, "title": technique, "steps": [{"technique": technique, "options": options}]}
