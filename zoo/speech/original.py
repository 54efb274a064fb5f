"""What the original package (PyPI silero-vad) says of the same sounds: the reference of the page's own code."""

from typing import Any

import numpy as np
import torch
from silero_vad import VADIterator, get_speech_timestamps_from_probs, load_silero_vad

from .network import FRAME, SAMPLE_RATE


def probabilities(samples: np.ndarray) -> np.ndarray:
    """float32 [frames]: the package's default (TorchScript) model, called as its `get_speech_timestamps` calls it."""
    model = load_silero_vad()
    model.reset_states()
    found = []
    for start in range(0, len(samples), FRAME):
        chunk = torch.from_numpy(np.asarray(samples[start : start + FRAME], np.float32))
        chunk = torch.nn.functional.pad(chunk, (0, FRAME - len(chunk)))
        with torch.no_grad():
            found.append(model(chunk, SAMPLE_RATE).item())
    return np.array(found, np.float32)


def timestamps(found: np.ndarray, length: int) -> list[list[int]]:
    """[start, end] in samples, with the package's defaults."""
    speech = get_speech_timestamps_from_probs(found.tolist(), audio_length_samples=length)
    return [[item["start"], item["end"]] for item in speech]


def events(found: np.ndarray) -> list[list[Any]]:
    """[frame at which it is told, "start" or "end", sample] of the package's live iterator, without padding."""

    class Told:
        """Stands where the model does, and tells what is known already."""

        def __init__(self) -> None:
            self.rest = iter(found.tolist())

        def reset_states(self) -> None:
            pass

        def __call__(self, _chunk: torch.Tensor, _rate: int) -> torch.Tensor:
            return torch.tensor(next(self.rest), dtype=torch.float64)

    live = VADIterator(Told(), speech_pad_ms=0)
    heard = [live(torch.zeros(FRAME)) for _ in found]
    return [[i, *event] for i, told in enumerate(heard) if told for event in told.items()]
