"""Sounds whose speech is known because they were put together: the page's clips, sets to measure and calibrate on."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np

from . import audio
from .network import SAMPLE_RATE
from .sources import LIBRIVOX, OTHERS, recordings, synthesizer

HUSH = audio.decibels(-66)
"""Level of the faint white noise under everything: no microphone gives zeros."""
SPEAKING = audio.decibels(-23)
"""Level that every sentence is brought to."""
WINDOW = 0.01
LOUD = audio.decibels(-25)
"""A sentence begins and ends with its first and last 10 ms within 25 dB of its loudest: breaths are quieter."""


class Segment(NamedTuple):
    """Seconds from the clip's start."""

    start: float
    end: float


class Clip(NamedTuple):
    samples: np.ndarray
    """float64 [n], -1..1"""
    rate: int
    speech: list[Segment]
    """Where somebody speaks, pauses inside a sentence included."""


def trimmed(samples: np.ndarray, rate: int) -> np.ndarray:
    """A sentence without the silence around it, at the level SPEAKING."""
    window = round(WINDOW * rate)
    whole = samples[: len(samples) // window * window].reshape(-1, window)
    levels = np.sqrt(np.mean(np.square(whole), axis=1))
    loud = np.flatnonzero(levels > LOUD * levels.max())
    sentence = samples[loud[0] * window : (loud[-1] + 1) * window]
    return sentence * (SPEAKING / audio.level(sentence))


def joined(sentences: Sequence[np.ndarray], pauses: Sequence[float], rate: int) -> Clip:
    """Sentences with silence before, between and after them: one pause (seconds) more than sentences."""
    parts, speech, at = [], [], 0
    for pause, sentence in zip(pauses, [*sentences, np.zeros(0)], strict=True):
        silence = np.zeros(round(pause * rate))
        parts += [silence, sentence]
        at += len(silence)
        if len(sentence):
            speech.append(Segment(round(at / rate, 3), round((at + len(sentence)) / rate, 3)))
        at += len(sentence)
    return Clip(np.concatenate(parts), rate, speech)


def with_noise(clip: Clip, noise: np.ndarray, ratio: float) -> Clip:
    """The clip with a noise of level 1 whose level lies `ratio` decibels under that of speech."""
    return clip._replace(samples=clip.samples + noise * SPEAKING / audio.decibels(ratio))


def hushed(clip: Clip, random: np.random.Generator) -> Clip:
    return clip._replace(samples=clip.samples + audio.white(len(clip.samples), random) * HUSH)


def read_sentences(names: Sequence[str]) -> dict[str, np.ndarray]:
    found = {}
    for name, path in recordings(names).items():
        samples, rate = audio.read_wav(path)
        assert rate == SAMPLE_RATE, name
        found[name] = trimmed(samples, rate)
    return found


def for_the_page(seed: int) -> dict[str, Clip]:
    """The clips that the page offers, by id."""
    random = np.random.default_rng(seed)
    read = read_sentences(LIBRIVOX)
    noisy = joined([read["0890"]], (1.2, 1.5), SAMPLE_RATE)
    music = audio.tune(round(6.5 * SAMPLE_RATE), SAMPLE_RATE, random) * SPEAKING
    return {
        "pauses": hushed(joined([read["0880"], read["0930"]], (0.8, 1.2, 0.8), SAMPLE_RATE), random),
        "noise": with_noise(noisy, audio.pink(len(noisy.samples), random), 5),
        "music": hushed(Clip(music, SAMPLE_RATE, []), random),
        "synthetic": hushed(_synthetic(), random),
    }


def to_measure_on(seed: int) -> dict[str, Clip]:
    """The five LibriVox sentences under five conditions, a noise and a tune: 3 minutes, by condition."""
    random = np.random.default_rng([seed, 1])
    clean = joined(list(read_sentences(LIBRIVOX).values()), (1.0, 0.8, 1.2, 0.6, 1.0, 1.5), SAMPLE_RATE)
    length = len(clean.samples)
    quiet = clean._replace(samples=clean.samples * audio.decibels(-20))
    alone = 10 * SAMPLE_RATE
    return {
        "clean": hushed(clean, random),
        "20 dB quieter": hushed(quiet, random),
        "noise 10 dB below": with_noise(clean, audio.pink(length, random), 10),
        "noise as loud": with_noise(clean, audio.pink(length, random), 0),
        "music 5 dB below": with_noise(clean, audio.tune(length, SAMPLE_RATE, random), 5),
        "noise alone": Clip(audio.pink(alone, random) * SPEAKING, SAMPLE_RATE, []),
        "music alone": hushed(Clip(audio.tune(alone, SAMPLE_RATE, random) * SPEAKING, SAMPLE_RATE, []), random),
    }


def to_calibrate_on(seed: int) -> dict[str, Clip]:
    """Other speakers than those measured on: clean, quieter, in noise."""
    random = np.random.default_rng([seed, 2])
    spoken = list(read_sentences(OTHERS).values())
    clean = joined(spoken, [0.4] * (len(spoken) + 1), SAMPLE_RATE)
    return {
        "clean": hushed(clean, random),
        "quieter": hushed(clean._replace(samples=clean.samples * audio.decibels(-15)), random),
        "noise": with_noise(clean, audio.pink(len(clean.samples), random), 5),
        "music": with_noise(clean, audio.tune(len(clean.samples), SAMPLE_RATE, random), 5),
    }


def _synthetic() -> Clip:
    """A synthesizer's voice, at its own 22,050 Hz: the page has to resample it."""
    said = [_spoken("This voice was never anybody's."), _spoken("Do you hear me?")]
    (first, rate), (second, _) = said
    return joined([trimmed(first, rate), trimmed(second, rate)], (0.6, 0.9, 0.7), rate)


def _spoken(text: str) -> tuple[np.ndarray, int]:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "spoken.wav"
        script = Path(__file__).with_name("speak.mjs")
        subprocess.run(["node", str(script), str(synthesizer()), str(out), "en-gb", "150", text], check=True)
        return audio.read_wav(out)
