"""Answers of a model file, as onnxruntime on the CPU runs it."""

from pathlib import Path

import numpy as np
import onnxruntime as ort


def run(path: Path, tokens: np.ndarray) -> np.ndarray:
    """int32 [n, 2048] to probabilities, float32 [n, 214].

    One file at a time, as the page does: dynamic int8 finds one range for all files of a batch, and even the fp32
    file's layer norm (the mean of squares less the square of the mean) rounds otherwise in a batch, which moves
    probabilities by up to 0.002.
    """
    options = ort.SessionOptions()
    options.intra_op_num_threads = 2
    options.log_severity_level = 3  # errors only
    session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return np.concatenate([session.run(["target_label"], {"bytes": row[None]})[0] for row in tokens])
