"""Runs the recipe: python -m photos, in the folder zoo."""

import argparse

from common.files import put_model
from common.paths import MODELS

from . import entry, export, fixtures, labels, quantize, samples
from .evaluate import running_operators
from .network import Plain, original
from .preprocess import as_input

CALIBRATING, REPORTING = 1, 2
"""Seeds of the crops; the photos differ, too."""
EACH = 4
"""Crops of each photo that is calibrated on."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="photos", description="Rebuild the photos model in public/models.")
    parser.add_argument("--reuse-weights", action="store_true", help="accepted, as everywhere; nothing is trained here")
    parser.parse_args()

    MODELS.mkdir(parents=True, exist_ok=True)
    network = original()
    for path, content in fixtures.files(network).items():
        path.write_bytes(content)
    export.export_fp32(Plain(network), entry.FP32)
    labels.write(entry.LABELS)

    photos = samples.split()
    made = {
        entry.INT8: quantize.int8(entry.FP32, entry.INT8, as_input(samples.crops(photos.calibration, EACH, CALIBRATING))),
        entry.INT8W: quantize.int8_weights(entry.FP32, entry.INT8W),
    }
    for path in (entry.FP32, entry.INT8, entry.INT8W):
        print(f"{path.name} runs as {running_operators(path)}")

    reported = entry.Reported.of(photos, labels.read(entry.LABELS), REPORTING)
    put_model(MODELS / "manifest.json", entry.entry(made, reported))


if __name__ == "__main__":
    main()
