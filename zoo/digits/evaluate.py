"""Accuracy, logits and fused operators of an ONNX file, as onnxruntime on the CPU runs it."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime as ort

from .data import CLASSES, Images, as_input
from .model import OUTPUTS

BATCH = 500


def session(path: Path, threads: int = 2, optimized: Path | None = None) -> ort.InferenceSession:
    """A CPU session with all graph optimisations; `optimized`: where to write the graph that really runs."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3  # errors only
    if optimized is not None:
        options.optimized_model_filepath = str(optimized)
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(path: Path, pixels: np.ndarray) -> dict[str, np.ndarray]:
    """uint8 [n, 28, 28] to float32 [n, 10] per output name."""
    model = session(path)
    names = list(OUTPUTS)
    parts = [model.run(names, {"image": as_input(part)}) for part in _batches(pixels)]
    return {name: np.concatenate([part[i] for part in parts]) for i, name in enumerate(names)}


def correct(path: Path, images: Images) -> dict[str, int]:
    """Number of images whose largest logit is the label, per output name. Of equal logits the first one counts."""
    return {name: int((logits.argmax(1) == images.labels).sum()) for name, logits in run(path, images.pixels).items()}


def correct_per_class(path: Path, images: Images) -> dict[str, list[int]]:
    """Of each class, how many images get it as the final answer, and how many there are."""
    right = images.labels[run(path, images.pixels)[OUTPUTS[0]].argmax(1) == images.labels]
    return {
        "correct": np.bincount(right, minlength=CLASSES).tolist(),
        "of": np.bincount(images.labels, minlength=CLASSES).tolist(),
    }


def running_operators(path: Path) -> dict[str, int]:
    """Operators left after onnxruntime's fusions: the ones that really run on the CPU."""
    with TemporaryDirectory() as folder:
        optimized = Path(folder) / "optimized.onnx"
        session(path, optimized=optimized)
        graph = onnx.load(optimized).graph
    return dict(Counter(node.op_type for node in graph.node))


def _batches(pixels: np.ndarray) -> list[np.ndarray]:
    return [pixels[start : start + BATCH] for start in range(0, len(pixels), BATCH)]
