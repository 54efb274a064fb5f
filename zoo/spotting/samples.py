"""Pictures for the site: rendered ones with true boxes, a screenshot, and photographs."""

import io
import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from common.files import file_facts
from common.paths import MODELS

from .pictures import HEIGHT, SCENES, WIDTH, Picture
from .sources import photo, screen

INDEX = MODELS / "spotting-samples.json"
MOST_BYTES = 60_000
SEED = 7
"""Of the samples: neither the calibration's pictures nor those of the test."""
OWN = "CC0-1.0"
PUBLIC_DOMAIN = "CC-PDM-1.0"
US = "Inferometer"
FLAT = ("screen", "website")
"""Pictures of flat colours, which PNG keeps small."""


class Sample(NamedTuple):
    id: str
    title: str
    author: str
    licence: str
    source: str
    pixels: np.ndarray
    """uint8 [height, width, 3], RGB"""
    boxes: np.ndarray | None
    """float32 [n, 4, 2] where they are known"""

    @property
    def path(self) -> Path:
        return MODELS / f"spotting-sample-{self.id}.{'png' if self.id in FLAT else 'jpg'}"


TITLES = {
    "page": "Printed page",
    "sign": "Signs",
    "screen": "Program window",
    "receipt": "Receipt",
    "poster": "Words at all angles",
}

PHOTOS: dict[str, tuple[str, str, tuple[int, int, int, int], str, str, str]] = {
    "astronaut": (
        "Name on a suit",
        "astronaut.png",
        (100, 170, 420, 410),
        "NASA",
        PUBLIC_DOMAIN,
        "scikit-image, skimage.data.astronaut",
    ),
    "book": (
        "Book, photographed",
        "page.png",
        (0, 0, 254, 191),
        "scikit-image",
        "BSD-3-Clause",
        "scikit-image, skimage.data.page",
    ),
    "handwriting": (
        "Handwriting",
        "text.png",
        (110, 0, 339, 172),
        "Wikipedia",
        PUBLIC_DOMAIN,
        "Wikipedia, Corner.png; from scikit-image, skimage.data.text",
    ),
}


def samples() -> list[Sample]:
    """All samples, each WIDTH x HEIGHT."""
    drawn = [
        Sample(name, TITLES[name], US, OWN, "zoo/spotting/pictures.py", *_drawn(name, i))
        for i, name in enumerate(SCENES)
    ]
    seen = [
        Sample(name, title, author, licence, source, photo(file, box, (WIDTH, HEIGHT)), None)
        for name, (title, file, box, author, licence, source) in PHOTOS.items()
    ]
    page = Sample(
        "website", "Page of this site", US, "Apache-2.0", "zoo/spotting/screens/compress.png", screen("compress"), None
    )
    return [*drawn, page, *seen]


def write(all_samples: list[Sample]) -> None:
    """The pictures, and INDEX, which says of each what it is and where its lines are."""
    for sample in all_samples:
        sample.path.write_bytes(_encoded(sample))
    INDEX.write_text(json.dumps({"version": 1, "samples": [_facts(sample) for sample in all_samples]}) + "\n", "utf-8")


def read(path: Path) -> np.ndarray:
    """A picture of the site as RGB uint8 [height, width, 3]."""
    return np.asarray(Image.open(path).convert("RGB"))


def read_index() -> list[dict[str, Any]]:
    return json.loads(INDEX.read_text("utf-8"))["samples"]


def _drawn(name: str, index: int) -> tuple[np.ndarray, np.ndarray]:
    picture: Picture = SCENES[name](np.random.default_rng([SEED, index]))
    return picture.pixels, picture.boxes


def _encoded(sample: Sample) -> bytes:
    """PNG for flat colours; else JPEG of the best quality that fits."""
    image = Image.fromarray(sample.pixels)
    if sample.path.suffix == ".png":
        return _saved(image.quantize(128), format="PNG", optimize=True)
    for quality in range(90, 30, -5):
        content = _saved(image, format="JPEG", quality=quality, optimize=True)
        if len(content) <= MOST_BYTES:
            return content
    raise ValueError(f"{sample.id} does not fit {MOST_BYTES} bytes")


def _saved(image: Image.Image, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, **options)
    return buffer.getvalue()


def _facts(sample: Sample) -> dict[str, Any]:
    height, width, _ = sample.pixels.shape
    facts = {
        "id": sample.id,
        "title": sample.title,
        **file_facts(sample.path),
        "width": width,
        "height": height,
        "author": sample.author,
        "licence": sample.licence,
        "source": sample.source,
    }
    if sample.boxes is None:
        return facts
    return {**facts, "boxes": np.round(sample.boxes.astype(np.float64), 1).tolist()}
