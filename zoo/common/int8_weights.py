"""Int8 weights with float32 arithmetic: smaller to download, no QuantizeLinear, so every node has a WebGPU kernel."""

import numpy as np
import onnx
from onnx import helper, numpy_helper

QMAX = 127
"""Symmetric int8 uses [-127, 127], so that the zero point is 0 and no code is special."""


def int8_weights(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy of `model` whose constant Conv, Gemm and MatMul weights are int8, one scale per output channel.

    Each weight W becomes DequantizeLinear(W_int8, W_scale, axis) with W_scale = max|W| of the channel / 127.
    Activations and biases stay float32. Other users of the same weight share the DequantizeLinear.
    """
    result = onnx.ModelProto()
    result.CopyFrom(model)
    graph = result.graph
    weights = {tensor.name: tensor for tensor in graph.initializer}
    axes = _channel_axes(graph, weights)
    decoders = []
    for name, axis in axes.items():
        tensor = weights[name]
        codes, scale = quantize(numpy_helper.to_array(tensor), axis)
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(codes, f"{name}_int8"))
        graph.initializer.append(numpy_helper.from_array(scale, f"{name}_scale"))
        # The decoder's output takes the weight's old name, so that no other node changes.
        decoders.append(
            helper.make_node(
                "DequantizeLinear", [f"{name}_int8", f"{name}_scale"], [name], name=f"{name}_dequantize", axis=axis
            )
        )
    nodes = [*decoders, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    return result


def quantize(weight: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Int8 codes of `weight` (same shape) and float32 scales [weight.shape[axis]]; rounds half to even."""
    others = tuple(i for i in range(weight.ndim) if i != axis)
    peak = np.abs(weight).max(axis=others, keepdims=True)
    scale = np.where(peak > 0, peak / QMAX, 1).astype(np.float32)  # an all-zero channel: any scale gives zeros
    codes = np.clip(np.rint(weight / scale), -QMAX, QMAX).astype(np.int8)
    return codes, scale.reshape(-1)


def _channel_axes(graph: onnx.GraphProto, weights: dict[str, onnx.TensorProto]) -> dict[str, int]:
    """Output-channel axis of every float32 weight to quantize, in graph order."""
    axes: dict[str, int] = {}
    for node in graph.node:
        if node.op_type not in ("Conv", "Gemm", "MatMul"):
            continue
        tensor = weights.get(node.input[1])
        if tensor is None or tensor.data_type != onnx.TensorProto.FLOAT:
            continue
        if node.op_type == "Conv":
            axis = 0
        elif node.op_type == "Gemm":
            axis = 0 if any(a.name == "transB" and a.i for a in node.attribute) else 1
        else:
            axis = len(tensor.dims) - 1
        if axes.setdefault(tensor.name, axis) != axis:
            raise ValueError(f"{tensor.name} is shared by nodes that need different axes")
    return axes
