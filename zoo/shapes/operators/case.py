"""A small notation for single-node models.

An input is one of
    "f32[N,3,224]"  a graph input: type, then dims; a name is a symbolic dim, ? an unknown one; without [] the rank is
                    unknown; "seq(f32[2])" and "opt(f32[2])" are a sequence and an optional
    a NumPy array   an initializer
    None            an optional input left out
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from onnx import GraphProto, ModelProto, TensorProto, TypeProto, ValueInfoProto, helper, numpy_helper

IR_VERSION = 10

ELEMENT = {
    "f32": TensorProto.FLOAT,
    "f16": TensorProto.FLOAT16,
    "f64": TensorProto.DOUBLE,
    "bf16": TensorProto.BFLOAT16,
    "i8": TensorProto.INT8,
    "i16": TensorProto.INT16,
    "i32": TensorProto.INT32,
    "i64": TensorProto.INT64,
    "u8": TensorProto.UINT8,
    "u16": TensorProto.UINT16,
    "u32": TensorProto.UINT32,
    "u64": TensorProto.UINT64,
    "bool": TensorProto.BOOL,
    "str": TensorProto.STRING,
    "c64": TensorProto.COMPLEX64,
}

Input = str | np.ndarray | None


class Case(NamedTuple):
    op: str
    opset: int
    model: ModelProto


def cases(
    op: str,
    opsets: int | Iterable[int],
    inputs: Iterable[Input] | str,
    *,
    outputs: int | Iterable[str] = 1,
    **attributes: Any,
) -> list[Case]:
    """The same node at each of `opsets`. Several inputs in one string are separated by blanks.

    `outputs` is a count or, to leave one out, a list of names with "".
    """
    listed: list[Input] = list(inputs.split()) if isinstance(inputs, str) else list(inputs)
    names = [f"y{i}" for i in range(outputs)] if isinstance(outputs, int) else list(outputs)
    versions = [opsets] if isinstance(opsets, int) else opsets
    return [Case(op, opset, _model(op, opset, listed, names, attributes)) for opset in versions]


def each(ops: str, opsets: int | Iterable[int], inputs: Iterable[Input] | str, **options: Any) -> list[Case]:
    """`cases` for each of the operators in `ops`, separated by blanks."""
    versions = [opsets] if isinstance(opsets, int) else list(opsets)
    return [case for op in ops.split() for case in cases(op, versions, inputs, **options)]


def ints(*values: int) -> np.ndarray:
    """An int64 initializer of rank 1."""
    return np.array(values, np.int64)


def floats(*values: float) -> np.ndarray:
    """A float32 initializer of rank 1."""
    return np.array(values, np.float32)


def scalar(value: float, kind: Any = np.float32) -> np.ndarray:
    """An initializer of rank 0."""
    return np.array(value, kind)


def value_info(name: str, text: str) -> ValueInfoProto:
    """A graph's input in the notation above."""
    return helper.make_value_info(name, type_of(text))


def type_of(text: str) -> TypeProto:
    """The type in the notation above; KeyError for an unknown element type."""
    if text.startswith("seq("):
        return helper.make_sequence_type_proto(type_of(text[4:-1]))
    if text.startswith("opt("):
        return helper.make_optional_type_proto(type_of(text[4:-1]))
    kind, bracket, dims = text.partition("[")
    if not bracket:
        return helper.make_tensor_type_proto(ELEMENT[kind], None)
    words = dims.removesuffix("]").split(",") if dims != "]" else []
    shape = [None if word == "?" else int(word) if word.isdigit() else word for word in words]
    return helper.make_tensor_type_proto(ELEMENT[kind], shape)


def graph(name: str, nodes: list[Any], inputs: dict[str, str], outputs: Iterable[str], **constants: Any) -> GraphProto:
    """A body for If, Loop or Scan. An input's text "" leaves its type to the outer node; outputs carry only names."""
    return helper.make_graph(
        nodes,
        name,
        [value_info(key, text) if text else helper.make_empty_tensor_value_info(key) for key, text in inputs.items()],
        [helper.make_empty_tensor_value_info(key) for key in outputs],
        [numpy_helper.from_array(value, key) for key, value in constants.items()],
    )


def _model(op: str, opset: int, inputs: list[Input], outputs: list[str], attributes: dict[str, Any]) -> ModelProto:
    names = ["" if value is None else f"x{i}" for i, value in enumerate(inputs)]
    pairs = list(zip(names, inputs, strict=True))
    made = helper.make_graph(
        [helper.make_node(op, names, outputs, **attributes)],
        op,
        [value_info(name, value) for name, value in pairs if isinstance(value, str)],
        [helper.make_empty_tensor_value_info(name) for name in outputs if name],
        [numpy_helper.from_array(value, name) for name, value in pairs if isinstance(value, np.ndarray)],
    )
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", opset)], ir_version=IR_VERSION)
