"""The variants, by the site's own compressor."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnx

from common.compress import compress
from common.paths import MODELS

from . import original
from .corpus import CALIBRATION

FP32 = MODELS / "files-fp32.onnx"


class Variant(NamedTuple):
    id: str
    title: str
    precision: str
    made: str
    technique: str | None
    """None: the package's file."""
    options: dict[str, Any]

    @property
    def path(self) -> Path:
        return MODELS / f"files-{self.id}.onnx"


VARIANTS = (
    Variant("fp32", "fp32", "fp32", f"The file of the package magika {original.VERSION}, byte for byte.", None, {}),
    Variant(
        "int8",
        "int8",
        "int8",
        "Made by this site's own static int8: uint8 activations, int8 weights per channel, "
        f"MinMax calibration on {CALIBRATION} files.",
        "static-int8",
        {"method": "minmax"},
    ),
    Variant(
        "int8d",
        "int8 dynamic",
        "int8",
        "Made by this site's own dynamic int8: int8 weights, activations rounded anew in every run.",
        "dynamic-int8",
        {},
    ),
    Variant(
        "int8w",
        "int8 weights",
        "int8",
        "Made by this site's own weight-only int8: weights are int8, all arithmetic is float32.",
        "weights",
        {"bits": 8},
    ),
    Variant(
        "fp16",
        "fp16",
        "fp16",
        "Weights and arithmetic in float16, by this site's own compressor; the output stays float32.",
        "fp16",
        {},
    ),
)


def write(variant: Variant, calibration: np.ndarray) -> None:
    """Make one variant's file; `calibration` is int32 [n, 2048], for the technique that looks at activations."""
    if variant.technique is None:
        variant.path.write_bytes(original.MODEL.read_bytes())
        return
    step = {"technique": variant.technique, "options": variant.options}
    inputs = {"bytes": calibration} if variant.technique == "static-int8" else None
    compress(FP32, {"version": 1, "title": variant.title, "steps": [step]}, variant.path, inputs)
    onnx.checker.check_model(onnx.load(variant.path), full_check=True)
