"""Answers of a model file, as onnxruntime on the CPU runs it."""

from pathlib import Path

import numpy as np
import onnxruntime as ort

BATCH = 16


def run(path: Path, tokens: np.ndarray) -> np.ndarray:
    """int32 [n, 2048] to probabilities, float32 [n, 214]."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 2
    options.log_severity_level = 3  # errors only
    session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    parts = [tokens[start : start + BATCH] for start in range(0, len(tokens), BATCH)]
    return np.concatenate([session.run(["target_label"], {"bytes": part})[0] for part in parts])
