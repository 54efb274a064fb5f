"""Probabilities of an ONNX file as onnxruntime on the CPU runs it, against known speech and against the reference."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnxruntime as ort

from .clips import Clip, Segment
from .network import CONTEXT, FRAME, SAMPLE_RATE, STATE

THRESHOLD = 0.5
GUARD = 0.1
"""Seconds around a segment's ends whose frames are not judged: 10 ms windows found the ends, and frames last 32 ms."""


class Heard(NamedTuple):
    probabilities: np.ndarray
    """float32 [frames]"""
    states: np.ndarray
    """float32 [frames, 2, 1, 128]: what each frame was given."""


def frames(samples: np.ndarray) -> np.ndarray:
    """float32 [n, 1, 576]: frames of 512 samples behind the 64 before them; zeros before the first, after the last."""
    count = -(-len(samples) // FRAME)
    padded = np.zeros(CONTEXT + count * FRAME, np.float32)
    padded[CONTEXT : CONTEXT + len(samples)] = samples
    return np.stack([padded[i * FRAME : (i + 1) * FRAME + CONTEXT][None] for i in range(count)])


def session(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3  # errors only
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def listen(path: Path, samples: np.ndarray, states: np.ndarray | None = None) -> Heard:
    """Every frame's probability. Each is given the state that the one before left, or the one in `states`."""
    model = session(path)
    state = np.zeros(STATE, np.float32)
    probabilities, given = [], []
    for i, frame in enumerate(frames(samples)):
        state = state if states is None else states[i]
        given.append(state)
        probability, state = model.run(["output", "stateN"], {"input": frame, "state": state})
        probabilities.append(probability[0, 0])
    return Heard(np.array(probabilities, np.float32), np.stack(given))


def truth(clip: Clip) -> np.ndarray:
    """int8 [frames] at 16 kHz: 1 speech, 0 none, -1 too near to a segment's end to be judged."""
    count = -(-round(len(clip.samples) * SAMPLE_RATE / clip.rate) // FRAME)
    found = np.full(count, -1, np.int8)
    for i in range(count):
        start, end = i * FRAME / SAMPLE_RATE, (i + 1) * FRAME / SAMPLE_RATE
        if any(_inside(segment, start, end) for segment in clip.speech):
            found[i] = 1
        elif all(end <= segment.start - GUARD or start >= segment.end + GUARD for segment in clip.speech):
            found[i] = 0
    return found


def _inside(segment: Segment, start: float, end: float) -> bool:
    return start >= segment.start + GUARD and end <= segment.end - GUARD


def right(probabilities: np.ndarray, known: np.ndarray) -> tuple[int, int]:
    """Frames on the right side of the threshold, and frames that were judged."""
    judged = known >= 0
    return int(((probabilities >= THRESHOLD) == (known == 1))[judged].sum()), int(judged.sum())


def fidelity(path: Path, reference: dict[str, Heard], clips: dict[str, Clip]) -> dict[str, Any]:
    """How far a variant's probabilities lie from the reference's on the same sounds.

    `frame`: every frame is given the reference's state. `stream`: its own state goes round, as it does live.
    """
    result = {}
    for name, own in (("frame", False), ("stream", True)):
        heard = [
            listen(path, clip.samples, None if own else reference[key].states).probabilities
            for key, clip in clips.items()
        ]
        result[name] = compare(np.concatenate(heard), np.concatenate([reference[key].probabilities for key in clips]))
    return result


def compare(found: np.ndarray, reference: np.ndarray) -> dict[str, Any]:
    difference = np.abs(found - reference)
    same = (found >= THRESHOLD) == (reference >= THRESHOLD)
    return {
        "largest": float(difference.max()),
        "mean": float(difference.mean()),
        "sameSide": int(same.sum()),
        "of": len(found),
    }
