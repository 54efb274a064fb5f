"""Generation with the ONNX files, as the site does it: prompt once, then one character a step, the cache fed back."""

from pathlib import Path

import numpy as np
import onnxruntime as ort

from .data import Problems
from .graph import past_names, present_names
from .language import PROMPT_LENGTH, THINK, direct, thinking
from .model import HEAD_WIDTH, HEADS

THREADS = 1


def session(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.log_severity_level = 3  # errors only
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def prompts(problems: Problems, mode: str = THINK) -> np.ndarray:
    """int32 [n, PROMPT_LENGTH]"""
    whole = thinking(*problems) if mode == THINK else direct(*problems)
    return whole[:, :PROMPT_LENGTH].astype(np.int32)


def write(
    model: ort.InferenceSession,
    prompt: np.ndarray,
    steps: int,
    temperature: float = 1,
    random: np.random.Generator | None = None,
) -> np.ndarray:
    """What follows each prompt, int32 [n, steps], all prompts in one batch.

    Without `random` the largest logit is taken; with it, a character is drawn from softmax(logits / temperature).
    """
    fed, written = prompt, []
    cache = {name: np.zeros((len(prompt), HEADS, 0, HEAD_WIDTH), np.float32) for name in past_names()}
    for _ in range(steps):
        logits, *present = model.run(["logits", *present_names()], {"tokens": fed, **cache})
        cache = dict(zip(past_names(), present, strict=True))
        fed = (logits.argmax(1) if random is None else _draw(logits / temperature, random)).astype(np.int32)[:, None]
        written.append(fed)
    return np.concatenate(written, 1)


def _draw(scores: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """One index per row, by the Gumbel-max trick: argmax(scores + Gumbel noise) is a draw from softmax(scores)."""
    return (scores + random.gumbel(size=scores.shape)).argmax(1)
