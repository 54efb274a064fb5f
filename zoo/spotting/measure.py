"""What a variant finds, and how far it agrees with fp32, on pictures that nothing was calibrated on."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from . import original
from .boxes import matched
from .pictures import HEIGHT, WIDTH, rendered
from .samples import PHOTOS
from .sources import SCREENS, photo, screen

TEST_SEED, TEST_PICTURES = 1, 40
MORE_PHOTOS: dict[str, tuple[int, int, int, int]] = {
    "page.png": (130, 0, 384, 191),
    "text.png": (0, 0, 229, 172),
    "motorcycle_left.png": (101, 0, 741, 480),
    "astronaut.png": (0, 0, 512, 384),
}
"""Further crops of photographs of scikit-image, for agreement alone: nobody has marked their lines."""


class Subject(NamedTuple):
    kind: str
    """rendered, photograph or screenshot"""
    pixels: np.ndarray
    """uint8 [HEIGHT, WIDTH, 3], RGB"""
    boxes: np.ndarray | None
    """float32 [n, 4, 2] where they are known"""


def subjects() -> list[Subject]:
    """40 rendered pictures with true boxes, 7 crops of photographs, and 4 screenshots of this site."""
    drawn = [Subject("rendered", picture.pixels, picture.boxes) for picture in rendered(TEST_PICTURES, TEST_SEED)]
    crops = [(file, box) for _, file, box, *_ in PHOTOS.values()] + list(MORE_PHOTOS.items())
    photographs = [Subject("photograph", photo(file, box, (WIDTH, HEIGHT)), None) for file, box in crops]
    screenshots = [Subject("screenshot", screen(path.stem), None) for path in sorted(SCREENS.glob("*.png"))]
    return drawn + photographs + screenshots


def maps(path: Path, pictures: list[np.ndarray]) -> list[np.ndarray]:
    """The map, float32 [1, 1, height, width], of each picture."""
    model = original.session(path)
    return [original.run(model, original.prepared(pixels)) for pixels in pictures]


def accuracy(variant: list[np.ndarray], pictures: list[Subject]) -> dict[str, Any]:
    """Precision and recall over all lines of the pictures whose boxes are known."""
    right, found, expected, count = 0, 0, 0, 0
    for share, picture in zip(variant, pictures, strict=True):
        if picture.boxes is None:
            continue
        boxes = original.decoded(share, WIDTH, HEIGHT).boxes
        right += matched(boxes, picture.boxes)
        found += len(boxes)
        expected += len(picture.boxes)
        count += 1
    return {
        "metric": "recall at IoU 0.5",
        "value": right / expected,
        "correct": right,
        "of": expected,
        "found": found,
        "precision": right / found if found else 0.0,
        "data": f"lines of {count} rendered pictures",
    }


def fidelity(variant: list[np.ndarray], reference: list[np.ndarray], pictures: list[Subject]) -> dict[str, Any]:
    """Agreement of maps and boxes with those of fp32: over all pictures, and over those of each kind."""
    kinds = [picture.kind for picture in pictures]
    chosen = {kind: [i for i, other in enumerate(kinds) if other == kind] for kind in dict.fromkeys(kinds)}
    return {
        "against": "fp32",
        **_agreement(variant, reference),
        "kinds": {
            kind: _agreement([variant[i] for i in index], [reference[i] for i in index])
            for kind, index in chosen.items()
        },
    }


def _agreement(variant: list[np.ndarray], reference: list[np.ndarray]) -> dict[str, Any]:
    """`mapIou`: pixels that both say are text over those that either does. SQNR in dB, of all maps together."""
    ours, theirs = np.stack(variant).astype(np.float64), np.stack(reference).astype(np.float64)
    text, true_text = ours > original.THRESHOLD, theirs > original.THRESHOLD
    boxes = [original.decoded(share, WIDTH, HEIGHT).boxes for share in variant]
    true_boxes = [original.decoded(share, WIDTH, HEIGHT).boxes for share in reference]
    error = np.square(ours - theirs).sum()
    return {
        "pictures": len(variant),
        "mapIou": float((text & true_text).sum() / (text | true_text).sum()),
        "sqnrDb": float(10 * np.log10(np.square(theirs).sum() / error)) if error > 0 else None,
        "boxesMatched": sum(matched(a, b) for a, b in zip(boxes, true_boxes, strict=True)),
        "boxes": sum(map(len, boxes)),
        "referenceBoxes": sum(map(len, true_boxes)),
    }
