"""The trained weights between training and export, in the cache: an unfinished export need not train again."""

import torch

from common.paths import CACHE

from .data import Images
from .model import DigitsNet
from .train import Trained, train

PATH = CACHE / "digits.pt"


def train_and_save(images: Images, held_out: Images, seed: int) -> Trained:
    trained = train(images, held_out, seed)
    torch.save({"weights": trained.model.state_dict(), "seconds": trained.seconds}, PATH)
    return trained


def load() -> Trained:
    """The last saved training; FileNotFoundError if there is none."""
    saved = torch.load(PATH, weights_only=True)
    model = DigitsNet()
    model.load_state_dict(saved["weights"])
    return Trained(model.eval(), saved["seconds"])
