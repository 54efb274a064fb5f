"""Runs the recipe: python -m digits [--reuse-weights], in the folder zoo."""

import argparse

import onnx

from common.files import put_model
from common.int8_weights import int8_weights
from common.paths import MODELS

from . import checkpoint, data, entry, export, quantize, samples
from .evaluate import running_operators

SEED = 20240


def main() -> None:
    parser = argparse.ArgumentParser(prog="digits", description="Rebuild the digits model in public/models.")
    parser.add_argument("--reuse-weights", action="store_true", help="take the last training from .cache")
    reuse = parser.parse_args().reuse_weights

    mnist = data.load(SEED)
    trained = checkpoint.load() if reuse else checkpoint.train_and_save(mnist.train, mnist.held_out, SEED)

    MODELS.mkdir(parents=True, exist_ok=True)
    export.export_fp32(trained.model, entry.FP32)
    choice = quantize.quantize_int8(entry.FP32, entry.INT8, mnist.train, mnist.held_out, SEED)
    for method, error in choice.error.items():
        print(f"calibration {method}: held-out logits differ by {error:.4f} (root mean square)")
    export.save(int8_weights(onnx.load(entry.FP32)), entry.INT8W)
    for path in (entry.FP32, entry.INT8, entry.INT8W):
        print(f"{path.name} runs as {running_operators(path)}")

    pack = samples.choose(mnist.test, SEED)
    samples.write_pack(pack, entry.PACK)
    samples.write_pack(samples.preview_of(pack), entry.PREVIEW)
    put_model(MODELS / "manifest.json", entry.entry(trained.seconds, choice.method, mnist.test))


if __name__ == "__main__":
    main()
