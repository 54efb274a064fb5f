"""What a model's card says beyond the manifest: a picture, uses and misuses, limits, and tables of what was measured."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from .paths import MODELS

INK, PAPER, SOFT, MARK = (28, 34, 43), (255, 255, 255), (150, 158, 170), (40, 110, 220)

Cell = tuple[int, int] | None
"""Right ones (or same ones), of so many."""


class Card(NamedTuple):
    use: str
    not_for: list[str]
    limits: list[str]
    """Known biases and limits."""
    measured: list[dict[str, Any]]
    alt: str
    """What the picture shows, for those who do not see it."""
    credit: str
    """Whose picture it is, with its licence."""
    published: str | None = None
    """What others measured."""


def table(
    model: dict[str, Any], title: str, data: str, rows: dict[str, Callable[[dict[str, Any]], Cell]]
) -> dict[str, Any]:
    """One measurement: a row for each name, a column for each variant of the model that has something in it."""
    columns = [(each["title"], [cell(each) for cell in rows.values()]) for each in model["variants"]]
    kept = [(title, cells) for title, cells in columns if any(cells)]
    lines = zip(rows, zip(*(cells for _, cells in kept)))
    return {
        "title": title,
        "data": data,
        "columns": [title for title, _ in kept],
        "rows": [{"name": name, "cells": [cell and list(cell) for cell in cells]} for name, cells in lines],
    }


def right(variant: dict[str, Any]) -> Cell:
    return variant["accuracy"]["correct"], variant["accuracy"]["of"]


def picture_path(model: str, ending: str) -> Path:
    return MODELS / f"card-{model}.{ending}"


def canvas(width: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (width, height), PAPER)
    return image, ImageDraw.Draw(image)


def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Pillow's own: every machine has the same."""
    return ImageFont.load_default(size)
