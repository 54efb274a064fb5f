"""The files for the site's tests: what they are called, how they are written and read."""

import base64
import gzip
import json
from pathlib import Path
from typing import Any

from onnx import ModelProto

from common.paths import ZOO

from .infer import infer
from .operators import ALL
from .strip import strip

FIXTURES = ZOO.parent / "src" / "core" / "inspect" / "shapes" / "fixtures"
SHAPES = FIXTURES / "shapes.json.gz"
OPERATORS = FIXTURES / "operators.json.gz"


def model_path(name: str) -> Path:
    return FIXTURES / f"{name}.onnx.gz"


def describe(model: ModelProto, *, source: str, licence: str, family: str) -> dict[str, Any]:
    """A model's entry in SHAPES, inferred with the weights still in."""
    tensors, subgraphs = infer(model)
    return {
        "source": source,
        "licence": licence,
        "opset": next(item.version for item in model.opset_import if item.domain in ("", "ai.onnx")),
        "family": family,
        "tensors": tensors,
        "subgraphs": subgraphs,
    }


def write_model(name: str, model: ModelProto) -> None:
    """Without its weights; the same bytes every time."""
    model_path(name).write_bytes(_pack(strip(model).SerializeToString(deterministic=True)))


def read_model(name: str) -> ModelProto:
    return ModelProto.FromString(gzip.decompress(model_path(name).read_bytes()))


def operator_cases() -> tuple[list[dict[str, Any]], list[str]]:
    """The content of OPERATORS, and a line for each case that onnx says nothing of."""
    found, silent = [], []
    for op, opset, model in ALL:
        tensors, _ = infer(model, strict=True)
        if any(value.name in tensors for value in model.graph.output):
            content = base64.b64encode(model.SerializeToString(deterministic=True)).decode()
            found.append({"op": op, "opset": opset, "model": content, "tensors": tensors})
        else:
            silent.append(f"{op}-{opset}: onnx infers nothing")
    return found, silent


def write_json(path: Path, content: Any) -> None:
    path.write_bytes(_pack(json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()))


def read_json(path: Path) -> Any:
    return json.loads(gzip.decompress(path.read_bytes()))


def _pack(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
