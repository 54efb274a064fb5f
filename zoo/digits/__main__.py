"""Runs the recipe: python -m digits [--reuse-weights | --requantize], in the folder zoo."""

import argparse

import onnx

from common.files import put_model, read_manifest
from common.int8_weights import int8_weights
from common.paths import MODELS

from . import checkpoint, data, entry, export, quantize, samples
from .evaluate import running_operators

SEED = 20240


def main() -> None:
    parser = argparse.ArgumentParser(prog="digits", description="Rebuild the digits model in public/models.")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--reuse-weights", action="store_true", help="take the last training from .cache")
    what.add_argument("--requantize", action="store_true", help="keep the fp32 file and make only its variants anew")
    arguments = parser.parse_args()

    mnist = data.load(SEED)
    MODELS.mkdir(parents=True, exist_ok=True)
    if arguments.requantize:
        known = read_manifest(MODELS / "manifest.json")["models"]
        training = next(model["training"] for model in known if model["id"] == "digits")
    else:
        reuse = arguments.reuse_weights
        trained = checkpoint.load() if reuse else checkpoint.train_and_save(mnist.train, mnist.held_out, SEED)
        export.export_fp32(trained.model, entry.FP32)
        training = entry.training(trained.seconds)

    choice = quantize.quantize_int8(entry.FP32, entry.INT8, mnist.train, mnist.held_out, SEED)
    for method, error in choice.error.items():
        print(f"calibration {method}: held-out logits differ by {error:.4f} (root mean square)")
    export.save(int8_weights(onnx.load(entry.FP32)), entry.INT8W)
    for path in (entry.FP32, entry.INT8, entry.INT8W):
        print(f"{path.name} runs as {running_operators(path)}")

    pack = samples.choose(mnist.test, SEED)
    samples.write_pack(pack, entry.PACK)
    samples.write_pack(samples.preview_of(pack), entry.PREVIEW)
    put_model(MODELS / "manifest.json", entry.entry(training, choice.method, mnist.test))


if __name__ == "__main__":
    main()
