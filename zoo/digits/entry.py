"""The model's entry in public/models/manifest.json."""

import os
import platform
from pathlib import Path
from typing import Any

import onnx

from common import cost
from common.files import file_facts
from common.paths import MODELS

from . import samples
from .data import CLASSES, Images
from .evaluate import correct, correct_per_class
from .export import IR_VERSION, OPSET
from .model import OUTPUTS
from .quantize import CALIBRATION_IMAGES
from .train import EPOCHS, THREADS

FP32, INT8, INT8W = (MODELS / f"digits-{name}.onnx" for name in ("fp32", "int8", "int8w"))
PACK, PREVIEW = MODELS / "digits-test-2000.bin", MODELS / "digits-samples-20.bin"
LICENCE = "Apache-2.0"
NOTICE = (
    "The model is Apache-2.0; the sample images are from MNIST, by Yann LeCun and Corinna Cortes after NIST's "
    "collections, under CC BY-SA 3.0."
)
WATTS_PER_THREAD = 4.0
WITHIN = 3.0
"""The energy is a rule of thumb: the true value lies between a third and three times of it."""


def entry(training: dict[str, Any], calibration: str, test: Images) -> dict[str, Any]:
    """Everything the site shows about this model, measured on the files that stand in public/models."""
    fp32 = onnx.load(FP32)
    logits, *exits = OUTPUTS
    pack = samples.read_pack(PACK)
    made = {
        FP32: (
            "fp32",
            "fp32",
            "zoo/digits/export.py",
            "Trained in PyTorch and exported; batch norms folded into the convolutions.",
        ),
        INT8: (
            "int8",
            "int8",
            "zoo/digits/quantize.py",
            "Made by this site's own static int8: uint8 activations, int8 weights per channel, "
            f"{calibration} calibration on {CALIBRATION_IMAGES} training images.",
        ),
        INT8W: (
            "int8w",
            "int8 weights",
            "zoo/common/int8_weights.py",
            "Weights rounded to int8 per channel, with DequantizeLinear in front; all arithmetic is float32.",
        ),
    }
    return {
        "id": "digits",
        "title": "Digits",
        "sentence": "28 × 28 pixels to 10 classes.",
        "task": {
            "kind": "digit",
            "input": "image",
            "output": logits,
            "exits": exits,
            "labels": [str(c) for c in range(CLASSES)],
        },
        "parameters": cost.parameters(fp32),
        "macs": cost.macs(fp32),
        "exitMacs": {name: cost.macs(fp32, name) for name in exits},
        "licence": {"spdx": LICENCE, "notice": NOTICE},
        "source": "zoo/digits",
        "training": training,
        "samples": samples.pack_facts(PACK, f"MNIST test set, {samples.PACK_PER_CLASS} per class"),
        "preview": samples.pack_facts(PREVIEW, f"MNIST test set, {samples.PREVIEW_PER_CLASS} per class"),
        "variants": [_variant(path, *what, test, pack) for path, what in made.items()],
    }


def training(seconds: float) -> dict[str, Any]:
    """What the training took on this machine."""
    joules = seconds * WATTS_PER_THREAD * THREADS
    return {
        "seconds": round(seconds),
        "machine": f"{os.cpu_count()} {platform.machine().replace('_', '-')} CPU cores ({_cpu_name()})",
        "epochs": EPOCHS,
        "data": "55,000 of MNIST's 60,000 training images, with small random affine changes",
        "joules": {
            "low": round(joules / WITHIN),
            "high": round(joules * WITHIN),
            "method": f"seconds x {WATTS_PER_THREAD:g} W per busy thread (CodeCarbon's fallback) x {THREADS} threads, "
            f"within a factor of {WITHIN:g}",
        },
    }


def _variant(path: Path, name: str, title: str, source: str, made: str, test: Images, pack: Images) -> dict[str, Any]:
    model = onnx.load(path)
    opset = next(item.version for item in model.opset_import if item.domain == "")
    assert (opset, model.ir_version) == (OPSET, IR_VERSION), (path.name, opset, model.ir_version)
    hits = correct(path, test)
    logits, *exits = OUTPUTS
    of = len(test.labels)
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
        "accuracy": {
            "metric": "top-1",
            "value": hits[logits] / of,
            "correct": hits[logits],
            "of": of,
            "data": "MNIST test set",
            "exits": {exit: hits[exit] / of for exit in exits},
            "perClass": correct_per_class(path, test),
            "onSamples": correct(path, pack)[logits] / len(pack.labels),
        },
    }


def _cpu_name() -> str:
    """The model name as Linux gives it; elsewhere what Python knows."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())
