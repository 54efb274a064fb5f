"""The card of the text spotter."""

from typing import Any

from PIL import Image, ImageDraw

from common.card import MARK, Card, right, table
from common.paths import MODELS

from . import samples

SHOWN = "poster"


def card(model: dict[str, Any]) -> Card:
    def kept(kind: str) -> Any:
        def cell(variant: dict[str, Any]) -> tuple[int, int]:
            found = variant["fidelity"]["kinds"][kind]
            return found["boxesMatched"], found["referenceBoxes"]

        return cell

    def precise(variant: dict[str, Any]) -> tuple[int, int]:
        return variant["accuracy"]["correct"], variant["accuracy"]["found"]

    return Card(
        use="Seeing where text stands in a picture or screenshot, and what 8 bits do to a map instead of a class.",
        not_for=[
            "Reading: it finds lines of text and knows no letter of them.",
            "Blacking out names or numbers in pictures that you pass on: what it misses stays readable.",
            "Anything where a missed sign harms somebody.",
        ],
        limits=[
            "Made for Chinese and English print. Other scripts are found, but nobody measured how well; handwriting mostly "
            "is not.",
            "Small letters vanish, curved lines get straight boxes, and fences, keyboards or grids are taken for text.",
            "Nothing here was marked by people: the lines whose places are known are rendered, which is easier than a street.",
            "int8 is weak on photographs: there its map overlaps with that of fp32 by "
            f"{_iou(model, 'int8'):.0%} only, though it finds most boxes. The seven photographs hold 15 boxes in all.",
        ],
        measured=[
            table(
                model,
                "Lines found, and boxes that are lines",
                "40 rendered pictures with 535 lines: a box counts if it overlaps with a line by half (IoU 0.5).",
                {"lines that it finds": right, "boxes that are lines": precise},
            ),
            table(
                model,
                "fp32's boxes that it finds too",
                "The 40 rendered pictures, 4 screenshots of this site and 7 crops of photographs.",
                {
                    "rendered pictures": kept("rendered"),
                    "screenshots": kept("screenshot"),
                    "photographs": kept("photograph"),
                },
            ),
        ],
        alt="A poster with words at all angles; a box stands around every line.",
        credit="Rendered by the recipe, CC0",
    )


def _iou(model: dict[str, Any], variant: str) -> float:
    found = next(each for each in model["variants"] if each["id"] == variant)
    return float(found["fidelity"]["kinds"]["photograph"]["mapIou"])


def draw() -> Image.Image:
    """A sample with the boxes that are known, at half its size."""
    item = next(each for each in samples.read_index() if each["id"] == SHOWN)
    image = Image.open(MODELS / item["file"]).convert("RGB")
    pen = ImageDraw.Draw(image)
    for box in item["boxes"]:
        pen.polygon([tuple(corner) for corner in box], outline=MARK, width=4)
    return image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)
