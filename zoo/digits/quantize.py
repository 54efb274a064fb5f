"""Full int8, by the site's own compressor, calibrated on training images."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import onnx

from common.compress import compress

from .data import Images, as_input
from .evaluate import run

CALIBRATION_IMAGES = 512
METHODS: dict[str, dict[str, Any]] = {
    "MinMax": {"method": "minmax"},
    "percentile 99.999": {"method": "percentile", "percentile": 99.999},
    "percentile 99.99": {"method": "percentile", "percentile": 99.99},
    "least-squared-error": {"method": "mse"},
    "entropy": {"method": "entropy"},
}


class Choice(NamedTuple):
    method: str
    """A key of METHODS."""
    error: dict[str, float]
    """Per method: root mean square difference of `logits` from fp32, on the held-out images."""


def quantize_int8(fp32: Path, path: Path, train: Images, held_out: Images, seed: int) -> Choice:
    """Write the int8 variant of `fp32` to `path`, with the calibration that changes held-out logits least."""
    picks = np.random.default_rng(seed).choice(len(train.labels), CALIBRATION_IMAGES, replace=False)
    inputs = {"image": as_input(train.pixels[picks])}
    reference = run(fp32, held_out.pixels)["logits"]
    error = {}
    with TemporaryDirectory() as folder:
        files = {name: Path(folder) / f"{i}.onnx" for i, name in enumerate(METHODS)}
        for name, file in files.items():
            compress(fp32, _recipe(METHODS[name]), file, inputs)
            difference = run(file, held_out.pixels)["logits"] - reference
            error[name] = float(np.sqrt(np.mean(np.square(difference))))
        best = min(error, key=error.__getitem__)
        onnx.checker.check_model(onnx.load(files[best]), full_check=True)
        path.write_bytes(files[best].read_bytes())
    return Choice(best, error)


def _recipe(calibration: dict[str, Any]) -> dict[str, Any]:
    return {"version": 1, "title": "int8", "steps": [{"technique": "static-int8", "options": calibration}]}
