"""The files of both states of the training, made by the site's own compressor."""

from pathlib import Path
from typing import Any, NamedTuple

import onnx

from common.compress import compress
from common.paths import MODELS

STATES = {"reasoner": "final", "reasoner-early": "early"}
"""Model id to the field of Trained that holds its weights."""
BLOCK = 32
"""Weights that share a scale at int4."""


class Form(NamedTuple):
    """One variant of each model; its key in FORMS is its precision."""

    title: str
    source: str
    made: str
    recipe: dict[str, Any] | None
    """None: the exported file itself."""


def _recipe(title: str, technique: str, options: dict[str, Any]) -> dict[str, Any]:
    return {"version": 1, "title": title, "steps": [{"technique": technique, "options": options}]}


FORMS = {
    "fp32": Form("fp32", "zoo/reasoner/graph.py", "Trained in PyTorch and written out node by node.", None),
    "int8": Form(
        "int8 dynamic",
        "zoo/reasoner/variants.py",
        "Made by this site's own dynamic int8: int8 weights with one scale a matrix, activations quantized as they "
        "come, with one scale for the whole batch.",
        _recipe("int8 dynamic", "dynamic-int8", {}),
    ),
    "int4": Form(
        "int4 weights",
        "zoo/reasoner/variants.py",
        f"Made by this site's own small weights: int4 products, {BLOCK} numbers to a scale; all arithmetic is float32.",
        _recipe("int4 weights", "weights", {"bits": 4, "block": BLOCK, "tables": False}),
    ),
}


def path_of(model: str, form: str) -> Path:
    return MODELS / f"{model}-{form}.onnx"


def make_variants(model: str) -> None:
    """Write every compressed form of the fp32 file that stands in public/models."""
    for name, form in FORMS.items():
        if form.recipe is not None:
            compress(path_of(model, "fp32"), form.recipe, path_of(model, name))
            onnx.checker.check_model(onnx.load(path_of(model, name)))
