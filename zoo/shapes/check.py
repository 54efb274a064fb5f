"""Verifies the fixtures in src/core/inspect/shapes/fixtures: python -m shapes.check, in the folder zoo.

Needs no registry: onnx infers again, on the models as they stand there. Exits with 1 and a line per fault.
"""

import base64
from math import prod
from typing import Any

from onnx import ModelProto, TensorProto

from common.check import report

from . import strip
from .fixtures import FIXTURES, OPERATORS, SHAPES, describe, model_path, read_json, read_model
from .graphs import all_graphs, all_tensors
from .infer import infer
from .listing import listed, type_count
from .sources import SOURCES

MOST_BYTES = 2_000_000
"""Of all fixtures together."""
LEAST_MODELS = 40
LEAST_OPERATORS = 130
LEAST_CASES = 400


def faults() -> list[str]:
    """What is wrong with the fixtures; empty if all is well."""
    missing = [path.name for path in (SHAPES, OPERATORS) if not path.exists()]
    if missing:
        return [f"{name} is missing" for name in missing]
    entries = read_json(SHAPES)
    return [*_file_faults(list(entries)), *_model_faults(entries), *_operator_faults(read_json(OPERATORS))]


def _file_faults(names: list[str]) -> list[str]:
    expected = {SHAPES, OPERATORS, *map(model_path, names)}
    present = set(FIXTURES.iterdir())
    found = [f"{path.name} is missing" for path in sorted(expected - present)]
    found += [f"{path.name} belongs to no model" for path in sorted(present - expected)]
    total = sum(path.stat().st_size for path in present)
    print(f"{len(names)} models, {total} bytes in all")
    if total > MOST_BYTES:
        found.append(f"{total} bytes, allowed {MOST_BYTES}")
    if len(names) < LEAST_MODELS:
        found.append(f"{len(names)} models, at least {LEAST_MODELS} wanted")
    found += [f"{source.name} of sources.py is missing" for source in SOURCES if source.name not in names]
    return found


def _model_faults(entries: dict[str, Any]) -> list[str]:
    counts = {name: type_count(entry) for name, entry in entries.items()}
    found = [] if listed() == counts else ["the table in README.md is not of these models"]
    for name, entry in entries.items():
        if not model_path(name).exists():
            continue  # said already
        model = read_model(name)
        found += [f"{name}: {fault}" for fault in _weight_faults(model)]
        if any(graph.value_info for graph in all_graphs(model)):
            found.append(f"{name}: has value_info")
        facts = {key: entry[key] for key in ("source", "licence", "family")}
        if describe(strip.fill(model), **facts) != entry:
            found.append(f"{name}: onnx now infers something else")
    return found


def _weight_faults(model: ModelProto) -> list[str]:
    found = []
    for tensor in all_tensors(model):
        count = prod(tensor.dims)
        if tensor.data_location != TensorProto.EXTERNAL:
            if count > strip.MOST_INTEGERS and tensor.data_type != TensorProto.STRING:
                found.append(f"{tensor.name} still has its {count} elements")
            continue
        facts = {item.key: item.value for item in tensor.external_data}
        if facts.get("location") != strip.LOCATION or facts.get("length") != str(strip.byte_length(tensor)):
            found.append(f"{tensor.name}: external data {facts}")
    return found


def _operator_faults(cases: list[dict[str, Any]]) -> list[str]:
    operators = {case["op"] for case in cases}
    print(f"{len(cases)} cases of {len(operators)} operators")
    found = []
    if len(operators) < LEAST_OPERATORS or len(cases) < LEAST_CASES:
        found.append(f"{len(cases)} cases of {len(operators)} operators, wanted {LEAST_CASES} of {LEAST_OPERATORS}")
    for index, case in enumerate(cases):
        model = ModelProto.FromString(base64.b64decode(case["model"]))
        (node,) = model.graph.node
        if (node.op_type, model.opset_import[0].version) != (case["op"], case["opset"]):
            found.append(f"operator case {index}: {case['op']}-{case['opset']} is not what its model holds")
        if infer(model, strict=True)[0] != case["tensors"]:
            found.append(f"operator case {index}, {case['op']}-{case['opset']}: onnx now infers something else")
    return found


def main() -> None:
    report("shapes", faults())


if __name__ == "__main__":
    main()
