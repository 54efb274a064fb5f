"""Runs the recipe: python -m spotting, in the folder zoo."""

import argparse

import onnx

from common.files import put_model
from common.paths import MODELS

from . import entry, fixtures, network, quantize, samples, sources


def main() -> None:
    parser = argparse.ArgumentParser(prog="spotting", description="Rebuild the text spotter in public/models.")
    parser.add_argument("--reuse-weights", action="store_true", help="nothing is trained here: no difference")
    parser.parse_args()

    published = sources.fetch_network()
    MODELS.mkdir(parents=True, exist_ok=True)
    network.write_fp32(published, entry.FP32)
    samples.write(samples.samples())
    fixtures.write(published)
    choice = quantize.quantize_int8(entry.FP32, entry.INT8)
    for method, error in choice.error.items():
        print(f"calibration {method}: maps differ by {error:.4f} (root mean square)")
    quantize.quantize_dynamic(entry.FP32, entry.INT8D)
    quantize.shrink_weights(entry.FP32, entry.INT8W)
    quantize.halve(entry.FP32, entry.FP16)
    for path in (entry.INT8D, entry.INT8W, entry.FP16):
        onnx.checker.check_model(onnx.load(path), full_check=True)
    put_model(MODELS / "manifest.json", entry.entry(choice.method))


if __name__ == "__main__":
    main()
