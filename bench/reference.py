"""Quantizes a model as onnxruntime's own tool does: python reference.py FLOAT INPUTS.npy WEIGHTS STATIC DYNAMIC

INPUTS.npy has an input for every place of its first axis; WEIGHTS is the type of weights in the dynamic file, QInt8 or
QUInt8. Writes static int8 (QDQ, uint8 activations, int8 weights per channel, smallest and largest value) to STATIC and
dynamic int8 to DYNAMIC. Prints the seconds that the static file took.
"""

import logging
import sys
import time

import numpy as np
import onnxruntime as ort
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_dynamic, quantize_static


class Reader(CalibrationDataReader):
    def __init__(self, model: str, inputs: str) -> None:
        (value,) = ort.InferenceSession(model).get_inputs()
        array = np.load(inputs)
        # The first axis may count inputs beside that of the batch, or in its place.
        parts = array if array.ndim > len(value.shape) else array[:, None]
        self._feeds = iter([{value.name: part} for part in parts])

    def get_next(self) -> dict[str, np.ndarray] | None:
        return next(self._feeds, None)


def main(model: str, inputs: str, weights: str, static: str, dynamic: str) -> None:
    logging.getLogger().setLevel(logging.ERROR)  # it advises to pre-process
    started = time.perf_counter()
    quantize_static(
        model,
        static,
        Reader(model, inputs),
        quant_format=QuantFormat.QDQ,
        per_channel=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
    )
    print(time.perf_counter() - started)
    quantize_dynamic(model, dynamic, weight_type=QuantType[weights])


if __name__ == "__main__":
    main(*sys.argv[1:])
