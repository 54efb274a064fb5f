"""Writes small ONNX models node by node, with seeded weights."""

from zlib import crc32

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

IR_VERSION = 8
OPSET = 17

WORDS = 30
"""Whole numbers of an input are below this."""


class Graph:
    """One model; methods return the names of the tensors they make."""

    def __init__(self, name: str, opset: int = OPSET) -> None:
        self.name = name
        self.opset = opset
        self.random = np.random.default_rng(crc32(name.encode()))
        self.nodes: list[NodeProto] = []
        self.inputs: list[ValueInfoProto] = []
        self.outputs: list[ValueInfoProto] = []
        self.initializers: list[TensorProto] = []

    def input(self, name: str, *dims: int | str, integers: bool = False) -> str:
        kind = TensorProto.INT64 if integers else TensorProto.FLOAT
        self.inputs.append(helper.make_tensor_value_info(name, kind, dims))
        return name

    def output(self, name: str, *dims: int | str, kind: int = TensorProto.FLOAT) -> str:
        self.outputs.append(helper.make_tensor_value_info(name, kind, dims))
        return name

    def normal(self, *dims: int, size: float = 1.0) -> np.ndarray:
        return (self.random.standard_normal(dims) * size).astype(np.float32)

    def store(self, data: np.ndarray, name: str | None = None) -> str:
        name = name or f"w{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(data, name))
        return name

    def weight(self, *dims: int, size: float | None = None) -> str:
        """Normal numbers; by default of a size that keeps what comes out as large as what goes in."""
        inner = int(np.prod(dims[1:])) if len(dims) != 2 else dims[0]
        return self.store(self.normal(*dims, size=size or (2 / max(inner, 1)) ** 0.5))

    def bias(self, size: int) -> str:
        return self.store(self.normal(size, size=0.1))

    def integers(self, *values: int) -> str:
        return self.store(np.array(values, np.int64))

    def scalar(self, value: float) -> str:
        return self.store(np.array(value, np.float32))

    def constant(self, data: np.ndarray) -> str:
        """The same as `store`, as a Constant node."""
        return self.add("Constant", value=numpy_helper.from_array(data))

    def add(self, operator: str, *inputs: str, out: str | None = None, **attributes: object) -> str:
        return self.split(operator, *inputs, names=[out] if out else None, **attributes)[0]

    def split(
        self, operator: str, *inputs: str, count: int = 1, names: list[str] | None = None, **attributes: object
    ) -> list[str]:
        """A node with several outputs."""
        name = f"{operator.lower()}_{len(self.nodes)}"
        names = names or ([f"{name}_out"] if count == 1 else [f"{name}_out{i}" for i in range(count)])
        self.nodes.append(helper.make_node(operator, inputs, names, name=name, **attributes))
        return names

    def conv(self, x: str, into: int, out: int, kernel: int = 3, group: int = 1, **attributes: object) -> str:
        """Keeps height and width unless a stride is given."""
        weight = self.weight(out, into // group, kernel, kernel)
        pads = [kernel // 2] * 4
        return self.add("Conv", x, weight, self.bias(out), group=group, pads=pads, **attributes)

    def model(self) -> ModelProto:
        graph = helper.make_graph(self.nodes, self.name, self.inputs, self.outputs, self.initializers)
        opsets = [helper.make_opsetid("", self.opset)]
        return helper.make_model(graph, ir_version=IR_VERSION, opset_imports=opsets, producer_name="zoo/parity")
