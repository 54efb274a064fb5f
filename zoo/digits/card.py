"""The card of the digits model."""

from typing import Any

import numpy as np
from PIL import Image

from common.card import Card, Cell, right, table

from . import samples
from .data import CLASSES, SIDE
from .entry import PREVIEW

SCALE = 2


def card(model: dict[str, Any]) -> Card:
    def at(exit: str) -> Any:
        return lambda v: (round(v["accuracy"]["exits"][exit] * v["accuracy"]["of"]), v["accuracy"]["of"])

    def of_class(c: int) -> Any:
        def cell(variant: dict[str, Any]) -> Cell:
            known = variant["accuracy"]["perClass"]
            return known["correct"][c], known["of"][c]

        return cell

    data = "MNIST's 10,000 test images, none of them trained on, with onnxruntime on a CPU."
    return Card(
        use="Seeing what quantization and early exits do to a network small enough to understand, on digits that you draw.",
        not_for=[
            "Reading numbers that matter: cheques, meters, ballots, medicine.",
            "Letters, words or several digits at once: it has no answer for what is no digit, and names one all the same.",
            "Telling who wrote something.",
        ],
        limits=[
            "It learned from handwriting of employees of the US Census Bureau and of American high-school students, around "
            "1990. How it does on digits as other countries write them was not measured.",
            "It expects MNIST's framing: one digit, centred, soft edges. Digits from a finger on glass do worse than these "
            "figures, photographs far worse.",
            "The confidence of its exits is not calibrated.",
        ],
        measured=[
            table(
                model,
                "Right digit",
                data,
                {"all the way": right, "second exit": at("exit2"), "first exit": at("exit1")},
            ),
            table(
                model,
                "Right digit, by digit",
                f"{data} The forms differ by an image or two in each row: that is chance.",
                {str(c): of_class(c) for c in range(CLASSES)},
            ),
        ],
        alt="Twenty handwritten digits, two of each.",
        credit="From MNIST, by Yann LeCun and Corinna Cortes after NIST's collections, CC BY-SA 3.0",
    )


def draw() -> Image.Image:
    """The samples that come with the page, in the order of their classes, ink on paper."""
    pack = samples.read_pack(PREVIEW)
    tiles = 255 - pack.pixels[np.argsort(pack.labels, kind="stable")]
    rows = [np.hstack(list(tiles[first::2])) for first in (0, 1)]
    image = Image.fromarray(np.vstack(rows))
    return image.resize((SIDE * CLASSES * SCALE, SIDE * 2 * SCALE), Image.Resampling.BICUBIC)
