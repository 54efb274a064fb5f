"""The model's entry, in the form of public/models/manifest.json."""

from typing import Any

import onnx
from onnx import numpy_helper

from common import cost
from common.files import file_facts
from common.paths import MODELS

from . import labels, original, samples
from .corpus import File
from .measure import Reference, in_half, measured
from .variants import FP32, VARIANTS, Variant

TYPES, PACK = MODELS / "files-labels.json", MODELS / "files-samples.bin"
LICENCE = original.LICENCE
NOTICE = f"{original.NOTICE} The sample files were made for this site, and are under the same licence."


def task() -> dict[str, Any]:
    """What `FilesTask` of src/tasks/files/core reads."""
    return {
        "kind": "files",
        "input": "bytes",
        "output": "target_label",
        "types": file_facts(TYPES),
        "window": labels.window(),
    }


def entry(against: Reference, held_out: list[File]) -> dict[str, Any]:
    """Everything the site shows about this model, measured on the files that stand in public/models."""
    fp32 = onnx.load(FP32)
    return {
        "id": "files",
        "title": "Files",
        "sentence": f"2,048 bytes of any file to one of {len(original.SETTINGS['target_labels_space'])} types.",
        "task": task(),
        "parameters": parameters(fp32),
        "macs": cost.macs(fp32),
        "licence": {"spdx": LICENCE, "notice": NOTICE},
        "source": "zoo/files",
        "samples": {
            **file_facts(PACK),
            "count": len(samples.read_pack(PACK)),
            "layout": "gzip of a line of JSON (name, bytes, about of each file), then the files",
            "source": "made by zoo/files/samples.py",
            "licence": samples.LICENCE,
        },
        "variants": [_variant(variant, against, held_out) for variant in VARIANTS],
    }


def parameters(model: onnx.ModelProto) -> int:
    """Weights and biases; single numbers (an epsilon, the halves of a GELU) are none."""
    floats = [tensor for tensor in model.graph.initializer if tensor.data_type == onnx.TensorProto.FLOAT]
    return sum(size for tensor in floats if (size := numpy_helper.to_array(tensor).size) > 1)


def _variant(variant: Variant, against: Reference, held_out: list[File]) -> dict[str, Any]:
    model = onnx.load(variant.path)
    return {
        "id": variant.id,
        "precision": variant.precision,
        "title": variant.title,
        **file_facts(variant.path),
        "licence": LICENCE,
        "source": "zoo/files/variants.py",
        "made": variant.made,
        "opset": next(item.version for item in model.opset_import if item.domain == ""),
        "ir": model.ir_version,
        "operators": cost.operators(model),
        **measured(variant.path, against),
        **({"halfArithmetic": in_half(variant.path, held_out)} if variant.precision == "fp16" else {}),
    }
