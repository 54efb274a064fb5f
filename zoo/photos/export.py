"""The network as one fp32 ONNX file."""

import re
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper

from .network import CLASSES, SIDE, Plain

OPSET = 21
"""The first with int4, int16 and blocked QuantizeLinear, so that every later variant fits in the same opset."""
IR_VERSION = 10
"""The one that came with opset 21; older readers refuse more."""
INPUT, OUTPUT = "image", "logits"


def export_fp32(network: Plain, path: Path) -> None:
    """Write `network`: image [batch, 3, 224, 224] to logits [batch, 1000]."""
    program = torch.onnx.export(
        network.eval(),
        (torch.zeros(2, 3, SIDE, SIDE),),
        dynamo=True,
        verbose=False,
        opset_version=OPSET,
        input_names=[INPUT],
        output_names=[OUTPUT],
        dynamic_shapes={"image": {0: torch.export.Dim("batch")}},
    )
    assert program is not None
    exported = program.model_proto
    exported.ir_version = IR_VERSION
    save(tidy(mean_as_pool(pads_into_convs(exported))), path)


def pads_into_convs(model: onnx.ModelProto) -> onnx.ModelProto:
    """In place: TensorFlow's lopsided "same" padding becomes the Conv's own. PyTorch has to write it as a node."""
    graph = model.graph
    constants = {tensor.name: tensor for tensor in graph.initializer}
    pads = {node.output[0]: node for node in graph.node if node.op_type == "Pad"}
    for node in graph.node:
        pad = pads.get(node.input[0]) if node.op_type == "Conv" else None
        if pad is None:
            continue
        amounts = numpy_helper.to_array(constants[pad.input[1]]).tolist()
        values = [numpy_helper.to_array(constants[name]).item() for name in pad.input[2:3] if name]
        own = next(attribute for attribute in node.attribute if attribute.name == "pads")
        assert values in ([], [0]) and not any(own.ints) and amounts[:2] == amounts[4:6] == [0, 0], pad.name
        own.ints[:] = amounts[2:4] + amounts[6:8]
        node.input[0] = pad.input[0]
        graph.node.remove(pad)
    return drop_unused(model)


def mean_as_pool(model: onnx.ModelProto) -> onnx.ModelProto:
    """In place: the mean over height and width under the name that runtimes have an int8 kernel for."""
    for node in model.graph.node:
        if node.op_type == "ReduceMean":
            node.op_type = "GlobalAveragePool"
            del node.input[1:]
            del node.attribute[:]
    return drop_unused(model)


def drop_unused(model: onnx.ModelProto) -> onnx.ModelProto:
    """In place: without the initializers that no node reads."""
    used = {name for node in model.graph.node for name in node.input}
    kept = [tensor for tensor in model.graph.initializer if tensor.name in used]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    return model


def tidy(model: onnx.ModelProto) -> onnx.ModelProto:
    """In place: drop the exporter's notes (they quote this machine's source paths) and name things plainly."""
    graph = model.graph
    graph.name = "photos"
    model.doc_string = ""
    for item in (model, graph, *graph.node, *graph.input, *graph.output, *graph.value_info, *graph.initializer):
        del item.metadata_props[:]
        item.doc_string = ""
    rename: dict[str, str] = {}
    layer = ""
    for node in graph.node:
        if node.op_type in ("Conv", "Gemm"):
            layer = _layer(node.input[1])
            rename |= {node.input[1]: f"{layer}_weight", node.input[2]: f"{layer}_bias"}
        elif node.op_type == "Add":
            layer = f"{layer.rsplit('_', 1)[0]}_skip"
        elif node.op_type == "GlobalAveragePool":
            layer = "pool"
        node.name = f"{layer}_{node.op_type.lower()}"
        rename |= {name: node.name for name in node.output if name != OUTPUT}
        if node.op_type in ("Clip", "Reshape"):
            rename |= dict(zip(node.input[1:], CONSTANTS[node.op_type], strict=True))
    for tensor in graph.initializer:
        tensor.name = rename.get(tensor.name, tensor.name)
    for node in graph.node:
        node.input[:] = [rename.get(name, name) for name in node.input]
        node.output[:] = [rename.get(name, name) for name in node.output]
    del graph.value_info[:]
    return onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)


CONSTANTS = {"Clip": ("relu6_min", "relu6_max"), "Reshape": ("pool_shape",)}


def _layer(weight: str) -> str:
    """The module of a weight: network._blocks.3._depthwise_conv.weight is block3_depthwise."""
    block = re.search(r"_blocks\.(\d+)\._(\w+)_conv\.", weight)
    if block:
        return f"block{block[1]}_{block[2]}"
    named = re.search(r"_(?:conv_)?(stem|head|fc)\.", weight)
    assert named, weight
    return named[1]


def save(model: onnx.ModelProto, path: Path) -> None:
    """Check, then write one file: no external data."""
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString(deterministic=True))


def signature(path: Path) -> dict[str, list[str | int]]:
    """Names and shapes of the inputs and outputs of a file."""
    graph = onnx.load(path).graph
    return {
        value.name: [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim]
        for value in (*graph.input, *graph.output)
    }


SIGNATURE: dict[str, list[str | int]] = {INPUT: ["batch", 3, SIDE, SIDE], OUTPUT: ["batch", CLASSES]}
