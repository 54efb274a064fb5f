"""Runs the recipe: python -m files, in the folder zoo."""

import argparse

from common.files import put_model
from common.paths import MODELS

from . import corpus, entry, fixtures, labels, measure, samples, table, variants

SEED = 20240


def main() -> None:
    parser = argparse.ArgumentParser(prog="files", description="Rebuild the file model in public/models.")
    parser.add_argument("--reuse-weights", action="store_true", help="for rebuild.sh; nothing is trained here")
    parser.add_argument("--remeasure", action="store_true", help="make only variants that are missing")
    arguments = parser.parse_args()

    files = corpus.load(SEED)
    print("files to calibrate, choose and measure on:", *map(len, files))
    MODELS.mkdir(parents=True, exist_ok=True)
    labels.write_types(entry.TYPES)
    samples.write_pack(samples.samples(), entry.PACK)
    print(f"{fixtures.write(files)} cases for the tests, {fixtures.CASES.stat().st_size} bytes")
    for variant in variants.VARIANTS:
        if not arguments.remeasure or not variant.path.exists():
            variants.write(variant, files)
            print(f"{variant.path.name}: {variant.path.stat().st_size} bytes", flush=True)

    against = measure.reference(variants.FP32, files.measured)
    table.write(against)
    found = entry.entry(against, files.held_out)
    for variant in found["variants"]:
        print(variant["file"], variant["accuracy"]["value"], variant["fidelity"]["value"])
    put_model(MODELS / "manifest.json", found)


if __name__ == "__main__":
    main()
