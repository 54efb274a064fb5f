"""What the original makes of pictures and maps, for the tests of src/tasks/spotting/core: one gzipped JSON."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np

from common.paths import ZOO

from . import original
from .pictures import rendered
from .samples import samples
from .sources import photo

FILE = ZOO.parent / "src" / "tasks" / "spotting" / "core" / "fixtures" / "original.json.gz"
SEED = 11


def write(published: Path) -> None:
    """Write FILE. Maps are rounded to 255ths, so that the file stays small; the original decodes the rounded ones."""
    model = original.session(published)
    chelsea = "chelsea.png"
    content = {
        "resized": [
            _resized(photo(chelsea, None, size), limit)
            for size, limit in (((101, 67), 64), ((50, 75), 960), ((32, 32), 960), ((128, 64), 64))
        ],
        "tensor": _tensor(photo(chelsea, None, (40, 30)), 64),
        "decoded": [_decoded(name, share) for name, share in _maps(model).items()],
        "whole": [_whole(model, name, pixels) for name, pixels in _pictures().items()],
    }
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_bytes(gzip.compress(json.dumps(content, separators=(",", ":")).encode(), 9, mtime=0))


def _pictures() -> dict[str, np.ndarray]:
    """Small to store: a window of few colours, and a grey photograph whose sides are no multiples of 32."""
    window = next(sample for sample in samples() if sample.id == "screen")
    return {"window": window.pixels // 8 * 8, "book": photo("page.png", (0, 0, 254, 191), (250, 190)) // 4 * 4}


def _maps(model: Any) -> dict[str, np.ndarray]:
    """Maps of upright and turned lines, and one of blobs with holes and specks, which no picture gives."""
    scenes = dict(zip(("page", "sign", "screen", "receipt", "poster"), rendered(5, SEED), strict=True))
    maps = {name: original.run(model, original.prepared(scene.pixels)) for name, scene in scenes.items()}
    rng = np.random.default_rng(SEED)
    y, x = np.mgrid[0:160, 0:224]
    waves = sum(np.sin(rng.uniform(0.02, 0.15) * x + rng.uniform(0.02, 0.15) * y + i) for i in range(6))
    return {**maps, "waves": (1 / (1 + np.exp(-4 * waves))).astype(np.float32)[None, None]}


def _resized(pixels: np.ndarray, limit: int) -> dict[str, Any]:
    out = original.DetPreProcess(limit, "max").resize(pixels)
    assert out is not None
    return {"longest": limit, "picture": _bytes(pixels), "resized": _bytes(out)}


def _tensor(pixels: np.ndarray, limit: int) -> dict[str, Any]:
    tensor = original.prepared(pixels, limit)
    values = np.round(tensor.ravel().astype(float), 4).tolist()
    return {"longest": limit, "picture": _bytes(pixels), "dims": list(tensor.shape), "values": values}


def _decoded(name: str, share: np.ndarray) -> dict[str, Any]:
    codes = _codes(share)
    height, width = codes.shape
    # A picture of another shape than the map: the boxes must follow both sides.
    size = round(width * 1.5), round(height * 1.25)
    found = original.decoded((codes / np.float32(255))[None, None].astype(np.float32), *size)
    return {
        "name": name,
        "map": _bytes(codes),
        "picture": size,
        "boxes": found.boxes.tolist(),
        "scores": np.round(found.scores, 6).tolist(),
    }


def _whole(model: Any, name: str, pixels: np.ndarray) -> dict[str, Any]:
    height, width, _ = pixels.shape
    share = original.run(model, original.prepared(pixels))
    boxes = original.decoded(share, width, height).boxes.tolist()
    return {"name": name, "picture": _bytes(pixels), "map": _bytes(_codes(share)), "boxes": boxes}


def _codes(share: np.ndarray) -> np.ndarray:
    return np.rint(share[0, 0] * 255).astype(np.uint8)


def _bytes(array: np.ndarray) -> dict[str, Any]:
    """uint8 [height, width] or [height, width, 3]; grey pictures keep one channel."""
    if array.ndim == 3 and (array == array[..., :1]).all():
        array = array[..., 0]
    height, width = array.shape[:2]
    channels = 1 if array.ndim == 2 else array.shape[2]
    return {"width": width, "height": height, "channels": channels, "data": array.ravel().tolist()}
