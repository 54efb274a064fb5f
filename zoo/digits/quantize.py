"""Full int8: onnxruntime's static quantizer, calibrated on training images."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import onnx
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)

from .data import Images, as_input
from .evaluate import run
from .export import save

CALIBRATION_IMAGES = 512
METHODS = {
    "MinMax": (CalibrationMethod.MinMax, {}),
    "percentile 99.999": (CalibrationMethod.Percentile, {"CalibPercentile": 99.999}),
    "percentile 99.99": (CalibrationMethod.Percentile, {"CalibPercentile": 99.99}),
}
"""No entropy: quantize_static gives it 128 bins, with which it clips nothing and equals MinMax."""


class Choice(NamedTuple):
    method: str
    """A key of METHODS."""
    error: dict[str, float]
    """Per method: root mean square difference of `logits` from fp32, on the held-out images."""


class _Reader(CalibrationDataReader):
    def __init__(self, pixels: np.ndarray) -> None:
        self._inputs: Iterator[dict[str, np.ndarray]] = iter(
            [{"image": as_input(part)} for part in np.array_split(pixels, 8)]
        )

    def get_next(self) -> dict[str, np.ndarray] | None:
        return next(self._inputs, None)


def quantize_int8(fp32: Path, path: Path, train: Images, held_out: Images, seed: int) -> Choice:
    """Write the int8 variant of `fp32` to `path`, with the calibration that changes held-out logits least."""
    picks = np.random.default_rng(seed).choice(len(train.labels), CALIBRATION_IMAGES, replace=False)
    pixels = train.pixels[picks]
    reference = run(fp32, held_out.pixels)["logits"]
    error = {}
    with TemporaryDirectory() as folder:
        files = {name: Path(folder) / f"{i}.onnx" for i, name in enumerate(METHODS)}
        for name, file in files.items():
            _quantize(fp32, file, pixels, name)
            difference = run(file, held_out.pixels)["logits"] - reference
            error[name] = float(np.sqrt(np.mean(np.square(difference))))
        best = min(error, key=error.__getitem__)
        save(onnx.load(files[best]), path)
    return Choice(best, error)


def _quantize(fp32: Path, path: Path, pixels: np.ndarray, method: str) -> None:
    # It logs advice to pre-process first: shapes are inferred and batch norms folded already, by export.py.
    calibration, options = METHODS[method]
    quantize_static(
        fp32,
        path,
        _Reader(pixels),
        quant_format=QuantFormat.QDQ,
        per_channel=True,
        # UINT8 x INT8 is the pair that onnxruntime fuses everywhere without further rewriting.
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        calibrate_method=calibration,
        extra_options={
            "ActivationSymmetric": False,
            "WeightSymmetric": True,
            # QGemm gives float32 by itself: rounding the logits to 256 levels would only make ties.
            "OpTypesToExcludeOutputQuantization": ["Gemm"],
            **options,
        },
    )
