"""The variants, all by the site's own compressor."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import onnx

from common.compress import compress

from .measure import maps
from .network import INPUT
from .original import prepared
from .pictures import rendered

CALIBRATION_SEED, CALIBRATION_PICTURES = 2, 16
CHOICE_SEED, CHOICE_PICTURES = 3, 10
"""Pictures on which the calibration is chosen: neither calibrated on nor tested on."""
METHODS: dict[str, dict[str, Any]] = {
    "MinMax": {"method": "minmax"},
    "least-squared-error": {"method": "mse"},
    "least-squared-error and bias-corrected": {"method": "mse", "biasCorrection": True},
}


class Choice(NamedTuple):
    method: str
    """A key of METHODS."""
    error: dict[str, float]
    """Per method: root mean square difference of the maps from those of fp32."""


def quantize_int8(fp32: Path, path: Path) -> Choice:
    """Write the int8 variant with the calibration that changes the maps of further pictures least."""
    pictures = rendered(CALIBRATION_PICTURES, CALIBRATION_SEED)
    inputs = {INPUT: np.concatenate([prepared(picture.pixels) for picture in pictures])}
    further = [each.pixels for each in rendered(CHOICE_PICTURES, CHOICE_SEED)]
    reference = np.stack(maps(fp32, further))
    error = {}
    with TemporaryDirectory() as folder:
        files = {name: Path(folder) / f"{i}.onnx" for i, name in enumerate(METHODS)}
        for name, file in files.items():
            compress(fp32, _recipe("int8", "static-int8", METHODS[name]), file, inputs)
            error[name] = float(np.sqrt(np.mean(np.square(np.stack(maps(file, further)) - reference))))
        best = min(error, key=error.__getitem__)
        onnx.checker.check_model(onnx.load(files[best]), full_check=True)
        path.write_bytes(files[best].read_bytes())
    return Choice(best, error)


def shrink_weights(fp32: Path, path: Path) -> None:
    """Write the variant with int8 weights, one scale per output channel, and float32 arithmetic."""
    compress(fp32, _recipe("int8 weights", "weights", {"bits": 8, "block": 0, "form": "standard"}), path)


def quantize_dynamic(fp32: Path, path: Path) -> None:
    """Write the variant with int8 weights, and activations rounded anew in every run by what they span then."""
    compress(fp32, _recipe("dynamic int8", "dynamic-int8", {}), path)


def halve(fp32: Path, path: Path) -> None:
    """Write the variant with float16 weights and arithmetic; input and output stay float32."""
    compress(fp32, _recipe("fp16", "fp16", {}), path)


def _recipe(title: str, technique: str, options: dict[str, Any]) -> dict[str, Any]:
    return {"version": 1, "title": title, "steps": [{"technique": technique, "options": options}]}
