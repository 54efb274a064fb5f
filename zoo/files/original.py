"""The original: the package magika, with its model, its settings and its own answers."""

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import magika
import numpy as np
from magika import Magika, PredictionMode
from magika.types.seekable import Seekable

VERSION = "1.0.3"
NETWORK = "standard_v3_3"
LICENCE = "Apache-2.0"
NOTICE = "Magika, copyright Google LLC, under the Apache License 2.0; the model file is unchanged."

_FOLDER = Path(magika.__file__).parent
MODEL = _FOLDER / "models" / NETWORK / "model.onnx"
SETTINGS: dict[str, Any] = json.loads((_FOLDER / "models" / NETWORK / "config.min.json").read_text("utf-8"))
TYPES: dict[str, dict[str, Any]] = json.loads((_FOLDER / "config" / "content_types_kb.min.json").read_text("utf-8"))

if magika.__version__ != VERSION:
    raise ImportError(f"magika {magika.__version__}, expected {VERSION}")


class Answer(NamedTuple):
    """What a model and the rules around it say of a file."""

    model: str
    """The network's own choice; "undefined" where a rule answered without it."""
    output: str
    score: float
    reason: str
    """Why `output` is not `model`: none, low_confidence or overwrite_map."""


@cache
def package(mode: PredictionMode = PredictionMode.HIGH_CONFIDENCE) -> Magika:
    return Magika(prediction_mode=mode)


def answer(content: bytes, mode: PredictionMode = PredictionMode.HIGH_CONFIDENCE) -> Answer:
    """The package's own answer, its own model included."""
    prediction = package(mode).identify_bytes(content).prediction
    return Answer(
        str(prediction.dl.label), str(prediction.output.label), prediction.score, str(prediction.overwrite_reason)
    )


def tokens(content: bytes) -> np.ndarray | None:
    """The network's input, int32 [2048], made by the package; None for files that it answers by a rule."""
    result, features = package()._get_result_or_features_from_seekable(Seekable(BytesIO(content)))
    if result is not None or features is None:
        return None
    return np.array([*features.beg, *features.end], np.int32)


def decide(scores: np.ndarray) -> Answer:
    """The package's rules on another model's probabilities, float32 [214]."""
    at = int(scores.argmax())
    label, score = package()._target_labels_space[at], float(scores[at])
    output, reason = package()._get_output_label_from_dl_label_and_score(label, score)
    return Answer(str(label), str(output), score, str(reason))
