"""Operators that make tensors from little: Constant, ConstantOfShape, Range, EyeLike, random numbers."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from .case import Case, cases, each, ints, scalar

_ONE = numpy_helper.from_array(np.ones(1, np.int64))

CASES: list[Case] = [
    *cases("Constant", (1, 9, 11, 13), "", value=numpy_helper.from_array(np.zeros((2, 3), np.float32))),
    *cases("Constant", 12, "", value_int=3),
    *cases("Constant", 12, "", value_ints=[1, 2, 3]),
    *cases("Constant", 12, "", value_float=0.5),
    *cases("Constant", 12, "", value_floats=[0.5, 1.0]),
    *cases("Constant", 12, "", value_string="a"),
    *cases("Constant", 12, "", value_strings=["a", "b"]),
    *cases(
        "Constant",
        11,
        "",
        sparse_value=helper.make_sparse_tensor(
            numpy_helper.from_array(np.ones(2, np.float32), "values"), numpy_helper.from_array(ints(1, 3)), [2, 4]
        ),
    ),
    *cases("ConstantOfShape", (9, 20), [ints(2, 3, 4)]),
    *cases("ConstantOfShape", 9, [ints(2)], value=_ONE),
    *cases("ConstantOfShape", 9, [ints()]),
    *cases("ConstantOfShape", 9, "i64[3]"),
    *cases("Range", 11, [scalar(0, "int64"), scalar(10, "int64"), scalar(3, "int64")]),
    *cases("Range", 11, [scalar(10, "int64"), scalar(0, "int64"), scalar(-3, "int64")]),
    *cases("Range", 11, [scalar(0), scalar(1), scalar(0.3)]),
    *cases("Range", 11, "i64[] i64[] i64[]"),
    *each("EyeLike", 9, "f32[3,4]", k=1),
    *cases("EyeLike", 9, "i32[N,M]", dtype=TensorProto.FLOAT),
    *each("RandomNormal RandomUniform", (1, 22), "", shape=[2, 3]),
    *each("RandomNormalLike RandomUniformLike", (1, 22), "f32[N,3]"),
    *each("RandomNormalLike RandomUniformLike", 1, "i32[2,3]", dtype=TensorProto.FLOAT16),
    *cases("Bernoulli", (15, 22), "f32[N,3]"),
    *cases("Bernoulli", 15, "f32[2,3]", dtype=TensorProto.BOOL),
    *cases("Multinomial", 7, "f32[N,10]", sample_size=4),
    *cases("Multinomial", 22, "f32[2,10]", dtype=TensorProto.INT64),
]
