"""Answers of a float16 file where float16 is really computed.

onnxruntime's CPU provider, native and in the browser, has no float16 kernels and computes such a file in float32.
onnx's reference evaluator computes every node in the type that it declares. A GPU with float16 does so too, but may
add up products in more digits.
"""

import warnings
from pathlib import Path

import numpy as np
import onnx
from onnx import helper
from onnx.reference import ReferenceEvaluator

FILES = 40
"""It takes seconds for each."""
DATA = f"{FILES} held-out files, onnx {onnx.__version__}'s reference evaluator, every node in the type that it declares"


def run(path: Path, tokens: np.ndarray) -> np.ndarray:
    """int32 [n, 2048] to probabilities, float32 [n, 214]; not a number where float16 overflowed on the way."""
    evaluator = ReferenceEvaluator(_without_global_max_pool(onnx.load(path)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # overflow is what is looked for
        rows = [np.asarray(evaluator.run(["target_label"], {"bytes": row[None]})[0]) for row in tokens]
    return np.concatenate(rows).astype(np.float32)


def _without_global_max_pool(model: onnx.ModelProto) -> onnx.ModelProto:
    """In place: the evaluator's GlobalMaxPool loses a dimension of [batch, channels, positions]; ReduceMax does not."""
    for node in model.graph.node:
        if node.op_type == "GlobalMaxPool":
            node.op_type = "ReduceMax"
            node.attribute.extend([helper.make_attribute("axes", [2]), helper.make_attribute("keepdims", 1)])
    return model
