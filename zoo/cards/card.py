"""cards.json: one card for each model of the manifest."""

import importlib
from pathlib import Path
from typing import Any

from PIL import Image

from common.card import picture_path
from common.files import file_facts, read_manifest
from common.paths import MODELS

CARDS = MODELS / "cards.json"
VERSION = 1
PHOTOGRAPHS = ("photos", "spotting")
"""Cards whose picture is a photograph or as noisy as one: JPEG, not PNG."""


def recipe(model: dict[str, Any]) -> Any:
    """The module `card` of the recipe that made a model: `zoo/reasoner` makes two."""
    return importlib.import_module(f"{model['id'].split('-')[0]}.card")


def models() -> list[dict[str, Any]]:
    return read_manifest(MODELS / "manifest.json")["models"]


def picture_of(model: dict[str, Any]) -> Path:
    name = model["id"].split("-")[0]
    return picture_path(name, "jpg" if name in PHOTOGRAPHS else "png")


def write_picture(model: dict[str, Any]) -> None:
    image, path = recipe(model).draw(), picture_of(model)
    if path.suffix == ".jpg":
        image.save(path, quality=60, optimize=True)
    else:
        image.quantize(16).save(path, optimize=True)


def card_of(model: dict[str, Any]) -> dict[str, Any]:
    """What the site reads: `CardEntry` of src/core/models/card.ts."""
    card, path = recipe(model).card(model), picture_of(model)
    with Image.open(path) as picture:
        width, height = picture.size
    training = model.get("training")
    return {
        "id": model["id"],
        "use": card.use,
        "notFor": card.not_for,
        "limits": card.limits,
        "source": model["source"],
        **({"training": training} if training else {}),
        **({"published": card.published} if card.published else {}),
        "measured": card.measured,
        "picture": {**file_facts(path), "width": width, "height": height, "alt": card.alt, "credit": card.credit},
    }


def cards() -> dict[str, Any]:
    return {"version": VERSION, "cards": [card_of(model) for model in models()]}
