"""The variants, by the site's own compressor."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import onnx

from common.compress import compress
from common.paths import MODELS

from . import original
from .corpus import CALIBRATION, HELD_OUT, Corpus, stacked
from .evaluate import run

FP32 = MODELS / "files-fp32.onnx"
ARITHMETIC = ("Add", "Expand", "Max", "Mul", "Reciprocal", "ReduceSum", "Reshape", "Sqrt", "Sub")


class Variant(NamedTuple):
    id: str
    title: str
    precision: str
    made: str
    technique: str | None
    """None: the package's file."""
    options: dict[str, Any] = {}

    @property
    def path(self) -> Path:
        return MODELS / f"files-{self.id}.onnx"


def layer_norms() -> list[str]:
    """The tensors that the network's two layer norms make, each of a dozen nodes."""
    graph = onnx.load(original.MODEL).graph
    return [node.output[0] for node in graph.node if "/LayerNorm_" in node.output[0] and node.op_type in ARITHMETIC]


VARIANTS = (
    Variant("fp32", "fp32", "fp32", f"The file of the package magika {original.VERSION}, byte for byte.", None),
    Variant(
        "int8",
        "int8",
        "int8",
        "Made by this site's own static int8: uint8 activations, int8 weights per channel, ranges from "
        f"{CALIBRATION} files, by the calibration of four that changes the answers on {HELD_OUT} others least.",
        "static-int8",
    ),
    Variant(
        "int8d",
        "int8 dynamic",
        "int8",
        "Made by this site's own dynamic int8: int8 weights, activations rounded anew in every run.",
        "dynamic-int8",
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
        "Weights and arithmetic in float16 but for the two layer norms, which stay float32; by this site's own "
        "compressor.",
        "fp16",
        {"keep": layer_norms()},
    ),
    Variant(
        "fp16all",
        "fp16 throughout",
        "fp16",
        "Weights and arithmetic in float16, layer norms included, by this site's own compressor. A CPU computes it in "
        "float32 and answers as the original does; where float16 is really computed, sums overflow and many answers "
        "are wrong or no numbers.",
        "fp16",
    ),
)
METHODS: dict[str, dict[str, Any]] = {
    "MinMax": {"method": "minmax"},
    "percentile 99.99": {"method": "percentile", "percentile": 99.99},
    "least-squared-error": {"method": "mse"},
    "entropy": {"method": "entropy"},
}
"""Calibrations of static int8."""


def write(variant: Variant, files: Corpus) -> None:
    """Make one variant's file."""
    if variant.technique is None:
        variant.path.write_bytes(original.MODEL.read_bytes())
    elif variant.technique == "static-int8":
        _write_calibrated(variant, files)
    else:
        compress(FP32, _recipe(variant, variant.options), variant.path)
    onnx.checker.check_model(onnx.load(variant.path), full_check=True)


def _write_calibrated(variant: Variant, files: Corpus) -> None:
    """With the calibration that changes the probabilities of held-out files least."""
    held_out = stacked(files.held_out)
    reference = run(FP32, held_out)
    best = float("inf")
    with TemporaryDirectory() as folder:
        tried = Path(folder) / "tried.onnx"
        for name, options in METHODS.items():
            compress(FP32, _recipe(variant, options), tried, {"bytes": stacked(files.calibration)})
            error = float(np.sqrt(np.mean(np.square(run(tried, held_out) - reference))))
            print(f"calibration {name}: held-out probabilities differ by {error:.5f} (root mean square)", flush=True)
            if error < best:
                best = error
                variant.path.write_bytes(tried.read_bytes())


def _recipe(variant: Variant, options: dict[str, Any]) -> dict[str, Any]:
    return {"version": 1, "title": variant.title, "steps": [{"technique": variant.technique, "options": options}]}
