"""The model's entry for public/models/manifest.json."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx

from common import cost
from common.files import file_facts
from common.paths import MODELS

from . import audio, evaluate
from .clips import Clip
from .network import CONTEXT, FRAME, SAMPLE_RATE, STATE
from .quantize import MAKINGS
from .sources import SILERO

LICENCE_FILE = MODELS / "speech-licence.txt"
FP32, FLOW = MODELS / "speech-fp32.onnx", MODELS / "speech-fp32-if.onnx"
LICENCE = {
    "spdx": "MIT",
    "notice": "Silero VAD, copyright (c) 2020-present Silero Team, MIT licence. The spoken clips are from LibriVox "
    "(public domain), by way of pocketsphinx (BSD-2-Clause); the other sounds were made for this page.",
}
MEASURED_ON = (
    "frames of 3 minutes with known speech: five LibriVox sentences of one reader clean, 20 dB quieter, in noise and "
    "in music, and noise and music alone"
)
CLIPS = {
    "pauses": ("Pauses", "Two sentences with silence around them.", "LibriVox, Sense and Sensibility, chapter 1"),
    "noise": (
        "In noise",
        "A sentence in noise like rain, 5 dB below the voice.",
        "LibriVox, Sense and Sensibility, chapter 1; noise made by the recipe",
    ),
    "music": ("Music", "Plucked strings; nobody speaks.", "made by the recipe"),
    "synthetic": ("Synthetic voice", "A synthesizer's voice: no person speaks, and yet it is speech.", "espeak-ng"),
}
FLOW_MADE = (
    "The published graph with its control flow, twelve If nodes one inside another; only the sample rate, an input "
    "there, is fixed at 16 kHz. The LSTM stands inside, where no technique of compression reaches."
)
FP32_MADE = (
    f"The weights of {SILERO}, written as a graph without control flow; its answers equal the published file's bit "
    "for bit."
)


def clip_path(name: str) -> Path:
    return MODELS / f"speech-{name}.wav"


def path_of(variant: str) -> Path:
    return MODELS / f"speech-{variant}.onnx"


def write_clips(clips: dict[str, Clip]) -> None:
    for name, clip in clips.items():
        audio.write_ulaw(clip_path(name), clip.samples, clip.rate)


def heard(clip: Clip) -> np.ndarray:
    """float32 at 16 kHz: what a reader of the clip's file makes of it."""
    samples = audio.from_ulaw(audio.to_ulaw(clip.samples))
    return samples if clip.rate == SAMPLE_RATE else audio.resample(samples, clip.rate, SAMPLE_RATE)


def entry(clips: dict[str, Clip], measured: dict[str, Clip]) -> dict[str, Any]:
    """Everything the site shows about this model, measured on the files that stand in public/models."""
    fp32 = onnx.load(FP32)
    reference = {name: evaluate.listen(FP32, clip.samples) for name, clip in measured.items()}
    made = {
        "fp32": ("fp32", "fp32", FP32_MADE),
        **{making.id: (making.precision, making.title, making.made) for making in MAKINGS},
        "fp32-if": ("fp32", "fp32 with control flow", FLOW_MADE),
    }
    return {
        "id": "speech",
        "title": "Speech",
        "sentence": "32 ms of sound to the probability that somebody speaks.",
        "task": {
            "kind": "speech",
            "input": "input",
            "stateInput": "state",
            "output": "output",
            "stateOutput": "stateN",
            "stateShape": list(STATE),
            "sampleRate": SAMPLE_RATE,
            "frame": FRAME,
            "context": CONTEXT,
            "threshold": evaluate.THRESHOLD,
            "release": 0.35,
        },
        "parameters": cost.parameters(fp32),
        "macs": cost.macs(fp32, sizes={"batch": 1}),
        "licence": LICENCE,
        "source": f"PyPI, {SILERO}",
        "clips": [_clip(name, clip) for name, clip in clips.items()],
        "variants": [_variant(name, *what, reference, measured) for name, what in made.items()],
    }


def _clip(name: str, clip: Clip) -> dict[str, Any]:
    title, sentence, source = CLIPS[name]
    return {
        "id": name,
        "title": title,
        "sentence": sentence,
        **file_facts(clip_path(name)),
        "sampleRate": clip.rate,
        "seconds": round(len(clip.samples) / clip.rate, 3),
        "speech": [segment._asdict() for segment in clip.speech],
        "licence": "public domain" if "LibriVox" in source else "Apache-2.0",
        "source": source,
    }


def _variant(
    name: str,
    precision: str,
    title: str,
    made: str,
    reference: dict[str, evaluate.Heard],
    measured: dict[str, Clip],
) -> dict[str, Any]:
    path = path_of(name)
    model = onnx.load(path)
    hits = {key: _right(path, clip) for key, clip in measured.items()}
    correct, of = (sum(pair[i] for pair in hits.values()) for i in (0, 1))
    return {
        "id": name,
        "precision": precision,
        "title": title,
        **file_facts(path),
        "licence": LICENCE["spdx"],
        "source": "zoo/speech/network.py" if precision == "fp32" else "zoo/speech/quantize.py",
        "made": made,
        "opset": next(item.version for item in model.opset_import if item.domain == ""),
        "ir": model.ir_version,
        "operators": cost.operators(model),
        "accuracy": {
            "metric": "frames on the right side of 0.5",
            "value": correct / of,
            "correct": correct,
            "of": of,
            "data": MEASURED_ON,
            "byCondition": {key: {"correct": pair[0], "of": pair[1]} for key, pair in hits.items()},
        },
        **({} if path == FP32 else {"fidelity": evaluate.fidelity(path, reference, measured)}),
    }


def _right(path: Path, clip: Clip) -> tuple[int, int]:
    """As live sound is heard: the model's own state goes round."""
    return evaluate.right(evaluate.listen(path, clip.samples).probabilities, evaluate.truth(clip))
