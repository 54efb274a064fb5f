"""Sound as float64 samples, -1..1, mono: files, noises, a tune, and resampling as torchaudio does it."""

import ast
import math
import struct
import wave
from pathlib import Path
from typing import Any

import numpy as np
import torch

from .sources import torchaudio_source

ULAW_BIAS = 33
"""Of ITU-T G.711, on the scale of 14-bit samples."""
ULAW_CLIP = 8159
WAVE_FORMAT_MULAW = 7


def read_wav(path: Path) -> tuple[np.ndarray, int]:
    """Samples and sample rate of a mono 16-bit PCM file."""
    with wave.open(str(path)) as file:
        if (file.getnchannels(), file.getsampwidth()) != (1, 2):
            raise ValueError(f"{path.name}: {file.getnchannels()} channels of {file.getsampwidth()} bytes")
        data = file.readframes(file.getnframes())
        return np.frombuffer(data, "<i2") / 32768, file.getframerate()


def to_ulaw(samples: np.ndarray) -> np.ndarray:
    """uint8 codes by G.711's mu-law: eight segments of sixteen steps for each sign, all bits inverted."""
    scaled = np.clip(np.rint(samples * 8192), -ULAW_CLIP, ULAW_CLIP).astype(np.int64)
    magnitude = np.abs(scaled) + ULAW_BIAS
    segment = np.floor(np.log2(magnitude)).astype(np.int64) - 5
    step = (magnitude >> (segment + 1)) & 15
    return (~(np.where(scaled < 0, 128, 0) | (segment << 4) | step) & 255).astype(np.uint8)


def from_ulaw(codes: np.ndarray) -> np.ndarray:
    """float32 samples: what a reader of the file gets."""
    bits = ~codes.astype(np.int64) & 255
    segment, step = (bits >> 4) & 7, bits & 15
    magnitude = ((2 * step + ULAW_BIAS) << segment) - ULAW_BIAS
    return (np.where(bits & 128, -magnitude, magnitude) / 8192).astype(np.float32)


def write_ulaw(path: Path, samples: np.ndarray, rate: int) -> np.ndarray:
    """Write a mono mu-law WAV file; returns the samples that it holds, float32."""
    codes = to_ulaw(samples)
    data = codes.tobytes() + b"\0" * (len(codes) % 2)
    chunks = struct.pack("<4sIHHIIHHH", b"fmt ", 18, WAVE_FORMAT_MULAW, 1, rate, rate, 1, 8, 0)
    chunks += struct.pack("<4sII", b"fact", 4, len(codes)) + struct.pack("<4sI", b"data", len(codes)) + data
    path.write_bytes(struct.pack("<4sI4s", b"RIFF", 4 + len(chunks), b"WAVE") + chunks)
    return from_ulaw(codes)


def level(samples: np.ndarray) -> float:
    """Root mean square."""
    return float(np.sqrt(np.mean(np.square(samples))))


def decibels(value: float) -> float:
    """The factor on amplitudes."""
    return float(10 ** (value / 20))


def white(length: int, random: np.random.Generator) -> np.ndarray:
    """Noise of level 1."""
    return random.normal(size=length)


def pink(length: int, random: np.random.Generator) -> np.ndarray:
    """Noise whose power falls by 3 dB per octave from 20 Hz on, as rain and traffic roughly do; level 1."""
    spectrum = np.fft.rfft(random.normal(size=length))
    hertz = np.fft.rfftfreq(length, 1 / 16_000)
    noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(hertz, 20)), length)
    return noise / level(noise)


def tune(length: int, rate: int, random: np.random.Generator) -> np.ndarray:
    """Plucked strings (Karplus and Strong 1983) over a bass: quavers of a pentatonic scale; level 1."""
    quaver = round(0.22 * rate)
    scale = [220 * 2 ** (step / 12) for step in (0, 3, 5, 7, 10, 12, 15, 17)]
    sound = np.zeros(length)
    for i, start in enumerate(range(0, length, quaver)):
        notes = [scale[int(random.integers(len(scale)))]] + ([scale[i // 4 % 3] / 2] if i % 4 == 0 else [])
        for hertz in notes:
            string = _pluck(hertz, min(4 * quaver, length - start), rate, random)
            sound[start : start + len(string)] += string
    return sound / level(sound)


def _pluck(hertz: float, length: int, rate: int, random: np.random.Generator) -> np.ndarray:
    period = round(rate / hertz)
    sound = np.zeros(length + period)
    sound[:period] = random.uniform(-1, 1, period)
    for start in range(period, length, period):  # one period at a time: each is the mean of the one before, shifted
        before = sound[start - period : start]
        sound[start : start + period] = 0.498 * (before + np.roll(before, 1))
    return sound[:length]


def resample(samples: np.ndarray, rate: int, to: int) -> np.ndarray:
    """By the two functions of torchaudio.functional.resample with its defaults, taken out of its source."""
    names = ("_get_sinc_resample_kernel", "_apply_sinc_resample_kernel")
    parsed = ast.parse(torchaudio_source())
    parsed.body = [item for item in parsed.body if isinstance(item, ast.FunctionDef) and item.name in names]
    known: dict[str, Any] = {"math": math, "torch": torch, "Tensor": torch.Tensor, "_CPU": torch.device("cpu")}
    code = compile(ast.fix_missing_locations(parsed), "torchaudio/functional/functional.py", "exec", 1 << 24)
    exec(code, known)
    gcd = math.gcd(rate, to)
    kernel, width = known[names[0]](rate, to, gcd)
    wave_form = torch.from_numpy(np.asarray(samples, np.float32))[None]
    return known[names[1]](wave_form, rate, to, gcd, kernel, width)[0].numpy()
