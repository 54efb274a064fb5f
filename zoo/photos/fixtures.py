"""The files for the site's tests: what Pillow and the original network make of the same pixels."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
from common.paths import ZOO
from PIL import Image
from torch import nn

from . import preprocess, samples
from .network import SIDE, logits_of

FOLDER = ZOO.parent / "src" / "tasks" / "photos" / "core" / "fixtures"
RESIZE, PHOTOS, PIXELS = FOLDER / "resize.json", FOLDER / "photos.json", FOLDER / "photos.bin.gz"
SEED = 7
SIZES = (((40, 30), (3, 2, 25), 9), ((9, 50), (0, 20, 9), 16), ((33, 21), (1, 1, 1), 4))
"""Pictures, squares (left, top, side) and new sides: smaller, larger, and from a single pixel."""
SHOWN = (("camera.jpg", (320, 320)), ("coffee.jpg", (201, 134)))
"""Sample photos at the size given: one that gets smaller on its way into the network, one that gets larger."""


def files(network: nn.Module) -> dict[Path, bytes]:
    """All fixtures and what they hold, made anew. `network` is the original one."""
    pictures = [_picture(*shown) for shown in SHOWN]
    facts = [_facts(name, picture, network) for (name, _), picture in zip(SHOWN, pictures, strict=True)]
    # Each byte less the one above it: a third less to carry.
    pixels = [np.diff(np.asarray(picture), axis=0, prepend=np.uint8(0)).tobytes() for picture in pictures]
    return {
        RESIZE: _json([_resize(*case) for case in SIZES]),
        PHOTOS: _json(facts),
        PIXELS: gzip.compress(b"".join(pixels), 9, mtime=0),
    }


def _picture(name: str, size: tuple[int, int]) -> Image.Image:
    image = Image.open(samples.FOLDER / name).convert("RGB")
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)


def _facts(name: str, picture: Image.Image, network: nn.Module) -> dict[str, Any]:
    middle = preprocess.middle(picture)
    logits = logits_of(network, preprocess.as_input(middle[None]))[0]
    return {
        "file": name,
        "width": picture.width,
        "height": picture.height,
        "square": _square(*preprocess.centre(*picture.size)),
        "row": _hex(middle[SIDE // 2]),
        "sum": int(middle.sum(dtype=np.int64)),
        "logits": _hex(logits.astype("<f4")),
    }


def _resize(size: tuple[int, int], square: tuple[int, int, int], to: int) -> dict[str, Any]:
    width, height = size
    left, top, side = square
    noise = np.random.default_rng(SEED).integers(0, 256, (height, width, 4), np.uint8)
    part = Image.fromarray(noise[..., :3]).crop((left, top, left + side, top + side))
    small = part.resize((to, to), Image.Resampling.BILINEAR)
    return {
        "width": width,
        "height": height,
        "rgba": _hex(noise),
        "square": _square(*square),
        "to": to,
        "rgb": _hex(np.asarray(small)),
    }


def _square(left: int, top: int, side: int) -> dict[str, int]:
    return {"left": left, "top": top, "side": side}


def _hex(array: np.ndarray) -> str:
    return array.tobytes().hex()


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()
