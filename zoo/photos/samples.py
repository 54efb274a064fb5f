"""The sample photos: what they show, whose they are, and crops of them for calibration and measuring."""

import json
from typing import NamedTuple

import numpy as np
from common.files import file_facts
from common.paths import MODELS, ZOO
from PIL import Image

from .preprocess import resized

FOLDER = MODELS / "photos-samples"
TABLE = ZOO / "photos" / "samples.json"


class Sample(NamedTuple):
    file: str
    title: str
    """What a person sees."""
    known: str | None
    """ImageNet's class for it; None where it has none that fits without doubt, or where the middle does not show it."""
    author: str
    licence: str
    """SPDX"""
    source: str

    def load(self) -> Image.Image:
        return Image.open(FOLDER / self.file).convert("RGB")

    @property
    def facts(self) -> dict[str, str | int | None]:
        """The sample's entry in the manifest."""
        fields = self._asdict()
        return {**file_facts(FOLDER / self.file), "class": fields.pop("known"), **fields}


def read() -> list[Sample]:
    """All samples, those of a known class first."""
    table = json.loads(TABLE.read_text("utf-8"))
    return [Sample(known=row.pop("class"), **row) for row in table]


class Split(NamedTuple):
    calibration: list[Sample]
    """Every second one without a class: what is measured is measured on others."""
    known: list[Sample]
    unnamed: list[Sample]
    """The rest of those without a class."""


def split() -> Split:
    """Which photos serve for what."""
    every = read()
    unnamed = [sample for sample in every if not sample.known]
    return Split(unnamed[::2], [sample for sample in every if sample.known], unnamed[1::2])


def crops(samples: list[Sample], each: int, seed: int) -> np.ndarray:
    """uint8 [len(samples) * each, 224, 224, 3]: seeded crops of 30 to 100 % of the area, 3:4 to 4:3, as in training."""
    rng = np.random.default_rng(seed)
    found = []
    for sample in samples:
        image = sample.load()
        for _ in range(each):
            area = rng.uniform(0.3, 1) * image.width * image.height
            ratio = np.exp(rng.uniform(np.log(3 / 4), np.log(4 / 3)))
            wanted = (np.sqrt(area * ratio), np.sqrt(area / ratio))
            width, height = (min(round(float(a)), b) for a, b in zip(wanted, image.size, strict=True))
            left, top = rng.integers(image.width - width + 1), rng.integers(image.height - height + 1)
            found.append(resized(image, (int(left), int(top), int(left) + width, int(top) + height)))
    return np.stack(found)
