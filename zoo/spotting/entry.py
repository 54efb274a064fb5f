"""The model's entry in public/models/manifest.json, and what it says of each variant."""

from pathlib import Path
from typing import Any, NamedTuple

import onnx

from common import cost
from common.files import file_facts
from common.paths import MODELS

from . import measure, original, samples
from .network import INPUT, OUTPUT
from .pictures import HEIGHT, WIDTH
from .quantize import CALIBRATION_PICTURES
from .sources import PACKAGE

FP32, INT8, INT8D, INT8W, FP16 = (
    MODELS / f"spotting-{name}.onnx" for name in ("fp32", "int8", "int8d", "int8w", "fp16")
)
LICENCE = "Apache-2.0"
NOTICE = (
    "PP-OCRv4's mobile text detector (ch_PP-OCRv4_det), by the PaddlePaddle Authors (PaddleOCR), under Apache-2.0; "
    f"converted by Paddle2ONNX and published on npm in {PACKAGE}. Changed here: renamed tensors, tidied graph, "
    "variants of lower precision. The samples name their own licences."
)
SIZES = {"height": HEIGHT, "width": WIDTH}


class Form(NamedTuple):
    """How a variant came to be."""

    path: Path
    id: str
    precision: str
    title: str
    source: str
    made: str


def forms(calibration: str) -> list[Form]:
    return [
        Form(
            FP32,
            "fp32",
            "fp32",
            "fp32",
            "zoo/spotting/network.py",
            "As published, tidied by this site's compressor: the same function in a third of the nodes.",
        ),
        Form(
            INT8,
            "int8",
            "int8",
            "int8",
            "zoo/spotting/quantize.py",
            "Made by this site's own static int8: uint8 activations, int8 weights per channel, "
            f"{calibration} calibration on {CALIBRATION_PICTURES} rendered pictures with text.",
        ),
        Form(
            INT8D,
            "int8d",
            "int8",
            "int8 dynamic",
            "zoo/spotting/quantize.py",
            "Made by this site's own dynamic int8: int8 weights, activations rounded anew in every run.",
        ),
        Form(
            INT8W,
            "int8w",
            "int8",
            "int8 weights",
            "zoo/spotting/quantize.py",
            "Weights rounded to int8 per channel, made floats in every run; all arithmetic is float32.",
        ),
        Form(
            FP16,
            "fp16",
            "fp16",
            "fp16",
            "zoo/spotting/quantize.py",
            "Weights and arithmetic in float16 by this site's compressor; input and output stay float32.",
        ),
    ]


def task() -> dict[str, Any]:
    """What the site's `tasks/spotting/core` needs to know."""
    return {
        "kind": "spotting",
        "input": INPUT,
        "output": OUTPUT,
        "longest": original.LIMIT,
        "multiple": 32,
        "channels": "bgr",
        "mean": list(original.MEAN),
        "std": list(original.STD),
        "threshold": original.THRESHOLD,
        "boxThreshold": original.BOX_THRESHOLD,
        "unclip": original.UNCLIP,
        "shortest": original.SHORTEST,
        "mostBoxes": original.MOST_BOXES,
    }


def entry(calibration: str) -> dict[str, Any]:
    """Everything the site shows about this model, measured on the files that stand in public/models."""
    fp32 = onnx.load(FP32)
    pictures = measure.subjects()
    reference = measure.maps(FP32, [picture.pixels for picture in pictures])
    index = samples.read_index()
    return {
        "id": "spotting",
        "title": "Text spotting",
        "sentence": "A picture to a map of where text stands, and boxes around its lines.",
        "task": task(),
        "parameters": cost.parameters(fp32),
        "macs": cost.macs(fp32, sizes=SIZES),
        "macsOf": f"{WIDTH} x {HEIGHT} pixels",
        "licence": {"spdx": LICENCE, "notice": NOTICE},
        "source": "zoo/spotting",
        "samples": {**file_facts(samples.INDEX), "count": len(index), "layout": "JSON naming pictures and their lines"},
        "variants": [_variant(form, pictures, reference) for form in forms(calibration)],
    }


def _variant(form: Form, pictures: list[measure.Subject], reference: list[Any]) -> dict[str, Any]:
    model = onnx.load(form.path)
    found = measure.maps(form.path, [picture.pixels for picture in pictures])
    return {
        "id": form.id,
        "precision": form.precision,
        "title": form.title,
        **file_facts(form.path),
        "licence": LICENCE,
        "source": form.source,
        "made": form.made,
        "opset": next(item.version for item in model.opset_import if item.domain == ""),
        "ir": model.ir_version,
        "operators": cost.operators(model),
        "accuracy": measure.accuracy(found, pictures),
        "fidelity": measure.fidelity(found, reference, pictures),
    }
