"""Costs read from an ONNX graph: multiply-accumulates (MACs), parameters, operator counts."""

from collections import Counter
from collections.abc import Mapping
from math import prod
from types import MappingProxyType

import onnx
from onnx import numpy_helper


def operators(model: onnx.ModelProto) -> dict[str, int]:
    """Count of nodes per operator type, the most frequent first, then by name."""
    counts = Counter(node.op_type for node in model.graph.node)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def parameters(model: onnx.ModelProto) -> int:
    """Number of stored floating-point weights and biases. Meant for an fp32 file without constants of another use."""
    return sum(
        numpy_helper.to_array(tensor).size
        for tensor in model.graph.initializer
        if tensor.data_type == onnx.TensorProto.FLOAT
    )


def macs(model: onnx.ModelProto, output: str | None = None, sizes: Mapping[str, int] = MappingProxyType({})) -> int:
    """MACs of one sample, batch 1: all nodes, or only those that `output` depends on.

    `sizes` fixes other named dimensions of inputs and outputs.
    Conv: |Y| * (Cin / group) * prod(kernel). ConvTranspose: |X| * (Cout / group) * prod(kernel). Gemm, MatMul: |Y| * K.
    LSTM: steps * batch * (|W| + |R|).
    Bias additions and other operators count nothing.
    """
    fixed = onnx.ModelProto()
    fixed.CopyFrom(model)
    for value in (*fixed.graph.input, *fixed.graph.output):
        first = value.type.tensor_type.shape.dim[0]
        if first.dim_value <= 0:  # else it is no batch: a recurrent state has layers first
            first.dim_value = 1
        for dim in value.type.tensor_type.shape.dim:
            if dim.dim_param in sizes:
                dim.dim_value = sizes[dim.dim_param]
    del fixed.graph.value_info[:]
    graph = onnx.shape_inference.infer_shapes(fixed, strict_mode=True, data_prop=True).graph
    values = (*graph.input, *graph.value_info, *graph.output)
    shapes = {v.name: [d.dim_value for d in v.type.tensor_type.shape.dim] for v in values}
    shapes |= {t.name: list(t.dims) for t in graph.initializer}
    nodes = list(graph.node) if output is None else _ancestors(graph, output)
    return sum(_node_macs(node, shapes) for node in nodes)


def _node_macs(node: onnx.NodeProto, shapes: dict[str, list[int]]) -> int:
    if node.op_type == "Conv":
        # The weight is [Cout, Cin / group, *kernel].
        return prod(shapes[node.output[0]]) * prod(shapes[node.input[1]][1:])
    if node.op_type == "MatMul":
        return prod(shapes[node.output[0]]) * shapes[node.input[0]][-1]
    if node.op_type == "ConvTranspose":
        # The weight is [Cin, Cout / group, *kernel].
        return prod(shapes[node.input[0]]) * prod(shapes[node.input[1]][1:])
    if node.op_type == "Gemm":
        trans_a = any(a.name == "transA" and a.i for a in node.attribute)
        return prod(shapes[node.output[0]]) * shapes[node.input[0]][0 if trans_a else 1]
    if node.op_type == "LSTM":
        # X is [steps, batch, inputs]; the weights are [directions, 4 * hidden, inputs or hidden].
        return prod(shapes[node.input[0]][:2]) * sum(prod(shapes[name]) for name in node.input[1:3])
    return 0


def _ancestors(graph: onnx.GraphProto, output: str) -> list[onnx.NodeProto]:
    wanted = {output}
    found = []
    for node in reversed(graph.node):  # the graph is in topological order
        if wanted.intersection(node.output):
            wanted.update(node.input)
            found.append(node)
    return found
