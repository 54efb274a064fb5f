"""The trained weights between training and export, in the cache: an unfinished export need not train again."""

import torch

from common.paths import CACHE

from .data import Problems
from .train import Trained, train

PATH = CACHE / "reasoner.pt"


def train_and_save(validation: Problems, seed: int) -> Trained:
    trained = train(validation, seed)
    CACHE.mkdir(exist_ok=True)
    torch.save(trained._asdict(), PATH)
    return trained


def load() -> Trained:
    """The last saved training; FileNotFoundError if there is none."""
    return Trained(**torch.load(PATH, weights_only=True))
