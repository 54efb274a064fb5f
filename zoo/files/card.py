"""The card of the file model."""

from typing import Any

import numpy as np
from PIL import Image

from common.card import INK, Card, canvas, font, right, table

from .entry import PACK
from .samples import read_pack

SHOWN = ("holiday.txt", "shopping-list", "cat.jpg", "thesis.pdf", "song.mp3", "numbers.log", "brain.bin", "noise")
COLUMNS, ROWS = 32, 20
"""Bytes of a file that are drawn."""
TILE, GAP, LABEL = 4, 16, 20


def card(model: dict[str, Any]) -> Card:
    data = (
        "Files inside of Python packages (pygments, puremagic, filetype, mutagen, rarfile, fonttools, python-docx, "
        "python-pptx)"
    )
    return Card(
        use="Finding out what a file is when its name lies, and trying a network that reads raw bytes.",
        not_for=[
            "Deciding whether a file is safe: it is no scanner for malice, and a file made to deceive it does.",
            "Proof of what a file is: it looks at its first and last bytes and never at the middle.",
            "Forensics or filtering without a second opinion.",
        ],
        limits=[
            "Formats outside of its 214 types get the nearest one, sometimes with confidence.",
            "Small files are hard: a complete program of 177 bytes is only “unknown”.",
            "Neighbours are confused: JavaScript whose comments hold types is taken for TypeScript, templates for each other.",
            "What is measured here comes from tests of Python packages: many odd formats, few of the documents that people "
            "keep. Google publishes higher figures on files of its own.",
            "fp16 throughout is wrong where half floats are really computed (GPUs with shader-f16): sums overflow.",
        ],
        measured=[
            table(
                model,
                "Right type",
                f"{data} whose type is certain. “Text” or “unknown” counts as wrong.",
                {"files": right},
            ),
            table(
                model,
                "Same answer as Google's package",
                f"{data}, also those whose type is not certain.",
                {"files": lambda v: (v["fidelity"]["same"], v["fidelity"]["of"])},
            ),
        ],
        alt="The first bytes of eight files as grey squares: a picture, text, a program, a database and noise each look different.",
        credit="Sample files made by the recipe, Apache-2.0",
    )


def draw() -> Image.Image:
    """Bytes as grey, 0 black; where a file ends, paper."""
    files = dict(read_pack(PACK))
    width, height = COLUMNS * TILE, ROWS * TILE
    image, pen = canvas(4 * (width + GAP) + GAP, 2 * (height + LABEL + GAP) + GAP)
    for i, name in enumerate(SHOWN):
        head = np.frombuffer(files[name][: COLUMNS * ROWS], np.uint8)
        tile = np.full(COLUMNS * ROWS, 255, np.uint8)
        tile[: len(head)] = head
        x, y = GAP + i % 4 * (width + GAP), GAP + i // 4 * (height + LABEL + GAP)
        image.paste(Image.fromarray(tile.reshape(ROWS, COLUMNS)).resize((width, height), Image.Resampling.NEAREST), (x, y))
        pen.rectangle((x - 1, y - 1, x + width, y + height), outline=INK)
        pen.text((x, y + height + 3), name, fill=INK, font=font(14))
    return image
