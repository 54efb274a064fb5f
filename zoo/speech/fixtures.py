"""What the tests of src/tasks/speech/core compare with: the original's own answers."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from common.paths import ZOO

from . import audio, original
from .network import FRAME, SAMPLE_RATE

SOURCE = ZOO.parent / "src"
FOLDER = SOURCE / "tasks" / "speech" / "core" / "fixtures"
SOUND = SOURCE / "core" / "sound" / "fixtures"
RATES = (8_000, 22_050, 44_100, 48_000)
DIGITS = 7


def write(clips: dict[str, np.ndarray], seed: int) -> None:
    """`clips`: the page's, float32 at 16 kHz, by id."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    _write("clips.json", {name: _clip(samples) for name, samples in clips.items()})
    random = np.random.default_rng([seed, 3])
    _write("segments.json", [_segments(random) for _ in range(40)])
    sound = _rounded(random.uniform(-1, 1, 240).astype(np.float32))
    resampled = {
        str(rate): _rounded(audio.resample(np.array(sound, np.float32), rate, SAMPLE_RATE)) for rate in RATES
    }
    _write("resampled.json", {"sound": sound, "resampled": resampled}, SOUND)


def _clip(samples: np.ndarray) -> dict[str, Any]:
    found = original.probabilities(samples)
    return {
        "probabilities": _rounded(found),
        "samples": len(samples),
        "timestamps": original.timestamps(found, len(samples)),
        "events": original.events(found),
    }


def _segments(random: np.random.Generator) -> dict[str, Any]:
    """Probabilities that wander, so that every rule of the hysteresis gets its turn."""
    frames = int(random.integers(1, 160))
    keeps, step = random.uniform(0.3, 1), random.uniform(0.3, 2)
    place, walk = 0.0, []
    for _ in range(frames):
        place = keeps * place + step * random.normal()
        walk.append(1 / (1 + np.exp(-place)))
    found = np.array(_rounded(np.array(walk), 3))
    length = frames * FRAME - int(random.integers(FRAME))
    return {
        "probabilities": found.tolist(),
        "samples": length,
        "timestamps": original.timestamps(found, length),
        "events": original.events(found),
    }


def _rounded(values: np.ndarray, digits: int = DIGITS) -> list[float]:
    return [round(float(value), digits) for value in values]


def _write(name: str, content: Any, folder: Path = FOLDER) -> None:
    path = folder / name
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n", "utf-8")
