"""Inputs, and what onnxruntime's calibraters say of the activations that they lead to."""

from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import numpy as np
from onnx import ModelProto, TensorProto
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod
from onnxruntime.quantization.calibrate import TensorsData, create_calibrator

from .graph import WORDS

METHODS = {
    "minmax": (CalibrationMethod.MinMax, {}),
    "percentile": (CalibrationMethod.Percentile, {"percentile": 99.9, "num_bins": 2048}),
}

CALIBRATION_INPUTS = 4
TEST_INPUTS = 2

Feeds = dict[str, np.ndarray]


def feeds(model: ModelProto) -> tuple[list[Feeds], list[Feeds]]:
    """Inputs for calibration, and others for tests. Multiples of 1/64, so that they are short as text."""
    random = np.random.default_rng(crc32(b"feeds of " + model.graph.name.encode()))
    made = [_feed(model, random) for _ in range(CALIBRATION_INPUTS + TEST_INPUTS)]
    return made[:CALIBRATION_INPUTS], made[CALIBRATION_INPUTS:]


def _feed(model: ModelProto, random: np.random.Generator) -> Feeds:
    found = {}
    for value in model.graph.input:
        dims = [dim.dim_value for dim in value.type.tensor_type.shape.dim]
        if value.type.tensor_type.elem_type == TensorProto.INT64:
            found[value.name] = random.integers(0, WORDS, dims)
        else:
            found[value.name] = np.round(random.standard_normal(dims) * 64).astype(np.float32) / 64
    return found


class Reader(CalibrationDataReader):
    def __init__(self, inputs: list[Feeds]) -> None:
        self._inputs: Iterator[Feeds] = iter(inputs)

    def get_next(self) -> Feeds | None:
        return next(self._inputs, None)


def calibrate(model: ModelProto, inputs: list[Feeds], method: str) -> TensorsData:
    """The range of every float activation, as quantize_static finds it."""
    kind, options = METHODS[method]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "float.onnx"
        path.write_bytes(model.SerializeToString())
        calibrator = create_calibrator(
            path,
            augmented_model_path=str(Path(folder) / "augmented.onnx"),
            calibrate_method=kind,
            extra_options=options,
        )
        with redirect_stdout(StringIO()):  # the percentile calibrater prints its settings
            calibrator.collect_data(Reader(inputs))
            return calibrator.compute_data()
