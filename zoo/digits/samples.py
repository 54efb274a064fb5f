"""Packs of labelled test images for the site: gzip of [n * 784 uint8 pixels][n uint8 labels]."""

import gzip
from pathlib import Path
from typing import Any

import numpy as np

from common.files import file_facts

from .data import CLASSES, SIDE, Images

LAYOUT = "gzip of count*784 uint8 pixels then count uint8 labels"
LICENCE = "CC-BY-SA-3.0"
PACK_PER_CLASS = 200
PREVIEW_PER_CLASS = 2


def choose(test: Images, seed: int) -> Images:
    """A seeded choice of PACK_PER_CLASS images per class, in a seeded order."""
    rng = np.random.default_rng(seed)
    chosen = [rng.choice(np.flatnonzero(test.labels == c), PACK_PER_CLASS, replace=False) for c in range(CLASSES)]
    return test.take(rng.permutation(np.concatenate(chosen)))


def preview_of(pack: Images) -> Images:
    """The first PREVIEW_PER_CLASS of each class, in the pack's order; how a model does on them plays no part."""
    index = np.concatenate([np.flatnonzero(pack.labels == c)[:PREVIEW_PER_CLASS] for c in range(CLASSES)])
    return pack.take(np.sort(index))


def write_pack(images: Images, path: Path) -> None:
    # The name ends in .bin, so that no server adds Content-Encoding: gzip and the browser unpacks it twice.
    path.write_bytes(gzip.compress(images.pixels.tobytes() + images.labels.tobytes(), 9, mtime=0))


def read_pack(path: Path) -> Images:
    """The inverse of write_pack; refuses a pack whose length does not fit the layout."""
    content = np.frombuffer(gzip.decompress(path.read_bytes()), np.uint8)
    count, rest = divmod(len(content), SIDE * SIDE + 1)
    if rest:
        raise ValueError(f"{path.name}: {len(content)} bytes are no whole number of images and labels")
    pixels, labels = np.split(content, [count * SIDE * SIDE])
    return Images(pixels.reshape(count, SIDE, SIDE), labels)


def pack_facts(path: Path, source: str) -> dict[str, Any]:
    """A pack's entry in the manifest."""
    count = len(read_pack(path).labels)
    return {**file_facts(path), "count": count, "layout": LAYOUT, "source": source, "licence": LICENCE}
