"""Runs the recipe: python -m shapes, in the folder zoo."""

import argparse
from collections.abc import Iterator

from onnx import ModelProto

from .exports import EXPORTS
from .exports.export import Export
from .fixtures import FIXTURES, OPERATORS, SHAPES, describe, model_path, operator_cases, write_json, write_model
from .listing import put_table, type_count
from .sources import SOURCES, Source


def main() -> None:
    parser = argparse.ArgumentParser(prog="shapes", description="Rebuild the fixtures in src/core/inspect/shapes/fixtures.")
    parser.add_argument("--reuse-weights", action="store_true", help="for rebuild.sh; nothing is trained here")
    parser.parse_args()

    FIXTURES.mkdir(parents=True, exist_ok=True)
    for path in FIXTURES.glob("*.gz"):
        path.unlink()
    entries = {}
    for item, text, model in _models():
        entries[item.name] = describe(model, source=text, licence=item.licence, family=item.family)
        write_model(item.name, model)
        size = model_path(item.name).stat().st_size
        print(f"{item.name}: {type_count(entries[item.name])} types, {size} bytes", flush=True)
    write_json(SHAPES, entries)
    put_table(entries, {item.name: item.sha256 for item in (*SOURCES, *EXPORTS)})

    cases, silent = operator_cases()
    write_json(OPERATORS, cases)
    print("\n".join([f"{len(cases)} operator cases", *silent]))
    print(f"{sum(path.stat().st_size for path in FIXTURES.glob('*.gz'))} bytes in all")


def _models() -> Iterator[tuple[Source | Export, str, ModelProto]]:
    """Every model and a line on where it comes from."""
    for source in SOURCES:
        yield source, source.text, ModelProto.FromString(source.read())
    for export in EXPORTS:
        yield export, export.source, export.make()


if __name__ == "__main__":
    main()
