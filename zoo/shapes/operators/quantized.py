"""Quantization."""

import numpy as np
from onnx import TensorProto

from .case import Case, cases, each, floats, scalar

_SCALE = scalar(0.1)
_ZERO = scalar(128, np.uint8)

CASES: list[Case] = [
    *cases("QuantizeLinear", (10, 13, 19), ["f32[N,3,8]", _SCALE, _ZERO]),
    *cases("QuantizeLinear", 13, ["f32[N,3,8]", _SCALE, scalar(0, np.int8)]),
    *cases("QuantizeLinear", 13, ["f32[2,3,8]", floats(0.1, 0.2, 0.3), np.zeros(3, np.int8)], axis=1),
    *cases("QuantizeLinear", (10, 13), ["f32[N,3]", _SCALE]),
    *cases("QuantizeLinear", 21, ["f32[N,3]", _SCALE], output_dtype=TensorProto.INT16),
    *cases("QuantizeLinear", 21, "f32[6,64] f32[6,2]", axis=1, block_size=32, output_dtype=TensorProto.INT4),
    *cases("DequantizeLinear", (10, 13, 19), ["u8[N,3,8]", _SCALE, _ZERO]),
    *cases("DequantizeLinear", 13, ["i8[2,3,8]", floats(0.1, 0.2, 0.3)], axis=1),
    *cases("DequantizeLinear", 13, ["i32[8]", _SCALE]),
    *cases("DequantizeLinear", 19, "u8[N,3] f16[]"),
    *cases("DequantizeLinear", 21, "i8[6,64] f32[6,2]", axis=1, block_size=32),
    *cases("DequantizeLinear", 23, "i8[N,3] f32[]", output_dtype=TensorProto.FLOAT16),
    *cases("DynamicQuantizeLinear", 11, "f32[N,3]", outputs=3),
    *cases(
        "QLinearConv",
        10,
        "u8[N,3,8,8] f32[] u8[] i8[4,3,3,3] f32[4] i8[4] f32[] u8[] i32[4]",
        pads=[1, 1, 1, 1],
        strides=[2, 2],
    ),
    *cases("QLinearConv", 10, "u8[1,4,H,W] f32[] u8[] u8[4,1,3,3] f32[] u8[] f32[] u8[]", group=4),
    *cases("QLinearMatMul", (10, 21), "u8[N,3,4] f32[] u8[] i8[4,5] f32[] i8[] f32[] u8[]"),
    *cases("QLinearMatMul", 10, "i8[2,3] f32[] i8[] i8[3,5] f32[] i8[] f32[] i8[]"),
    *cases("ConvInteger", 10, "u8[N,3,8,8] i8[4,3,3,3] u8[] i8[]", pads=[1, 1, 1, 1]),
    *cases("ConvInteger", 10, "u8[1,3,8,8] u8[4,3,3,3]"),
    *cases("MatMulInteger", 10, "u8[N,3,4] i8[4,5] u8[] i8[]"),
    *each("MatMulInteger", 10, "u8[4] u8[4,5]"),
]
