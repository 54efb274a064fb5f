"""Logits, fidelity and fused operators of an ONNX file, as onnxruntime on the CPU runs it."""

import math
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import onnx
import onnxruntime as ort

from .export import INPUT, OUTPUT

BATCH = 16
TOP = 5


class Fidelity(NamedTuple):
    """How near a variant's logits are to those of fp32, on the same inputs."""

    top1: int
    """Inputs whose first class is the same."""
    in_top5: int
    """Inputs whose first class of fp32 is among the variant's five."""
    of: int
    sqnr: float
    """10 lg (sum of squares of fp32's logits / sum of squares of the differences), in dB; infinite if there are none."""


def fidelity(reference: np.ndarray, logits: np.ndarray) -> Fidelity:
    first = reference.argmax(1)
    five = np.argsort(-logits, 1)[:, :TOP]
    noise = float(np.square(logits - reference).sum())
    sqnr = 10 * math.log10(float(np.square(reference).sum()) / noise) if noise else math.inf
    return Fidelity(int((logits.argmax(1) == first).sum()), int((five == first[:, None]).any(1).sum()), len(first), sqnr)


def session(path: Path, optimized: Path | None = None) -> ort.InferenceSession:
    """A CPU session with all graph optimisations; `optimized`: where to write the graph that really runs."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 2
    options.log_severity_level = 3  # errors only
    if optimized is not None:
        options.optimized_model_filepath = str(optimized)
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(path: Path, images: np.ndarray) -> np.ndarray:
    """float32 [n, 3, 224, 224] to float32 [n, 1000]."""
    model = session(path)
    starts = range(0, len(images), BATCH)
    return np.concatenate([model.run([OUTPUT], {INPUT: images[at : at + BATCH]})[0] for at in starts])


def running_operators(path: Path) -> dict[str, int]:
    """Operators left after onnxruntime's fusions: the ones that really run on the CPU."""
    with TemporaryDirectory() as folder:
        optimized = Path(folder) / "optimized.onnx"
        session(path, optimized)
        graph = onnx.load(optimized).graph
    return dict(Counter(node.op_type for node in graph.node))
