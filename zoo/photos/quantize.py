"""Int8 variants, by the site's own compressor."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from common.compress import compress

from .export import INPUT

OPTIONS = {"method": "percentile", "percentile": 99.99, "biasCorrection": True}
"""Correcting biases is what counts; the methods of calibration differ by 0.15 dB (README)."""


def int8(fp32: Path, path: Path, calibration: np.ndarray) -> str:
    """Write the static int8 variant of `fp32`, calibrated on float32 [n, 3, 224, 224]; says how it was made."""
    _write(fp32, "static-int8", OPTIONS, path, {INPUT: calibration})
    return (
        "Made by this site's own static int8: uint8 activations, int8 weights per channel, biases corrected, "
        f"percentile {OPTIONS['percentile']} calibration on {len(calibration)} crops of sample photos."
    )


def int8_weights(fp32: Path, path: Path) -> str:
    """Write the variant whose weights alone are int8; says how it was made."""
    _write(fp32, "weights", {"bits": 8, "block": 0, "form": "standard"}, path)
    return "Weights rounded to int8 by this site's own compressor; all arithmetic is float32."


def _write(
    fp32: Path, technique: str, options: dict[str, Any], path: Path, inputs: dict[str, np.ndarray] | None = None
) -> None:
    recipe = {"version": 1, "title": technique, "steps": [{"technique": technique, "options": options}]}
    compress(fp32, recipe, path, inputs)
    onnx.checker.check_model(onnx.load(path), full_check=True)
