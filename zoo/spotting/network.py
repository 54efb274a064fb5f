"""The published network as the site's fp32 file: the same function in a third of the nodes, with names for people."""

from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
from onnx import helper, version_converter

from common.compress import compress

INPUT, OUTPUT = "image", "map"
NAMES = {"x": INPUT, "sigmoid_0.tmp_0": OUTPUT}
OPSET, IR_VERSION = 17, 8
"""The published opset 11 has no axis for DequantizeLinear; 13 and later have what int8 needs."""


def write_fp32(published: Path, path: Path) -> None:
    """Write the fp32 variant: constants held as weights, then tidied by the site's own compressor."""
    model = version_converter.convert_version(held(renamed(onnx.load(published))), OPSET)
    model.ir_version = IR_VERSION
    with TemporaryDirectory() as folder:
        whole = Path(folder) / "published.onnx"
        onnx.save(model, whole)
        compress(whole, {"version": 1, "title": "tidy", "steps": [{"technique": "prepare", "options": {}}]}, path)
    onnx.checker.check_model(onnx.load(path), full_check=True)


def renamed(model: onnx.ModelProto) -> onnx.ModelProto:
    """In place: input, output and free dimensions by what they are."""
    graph = model.graph
    graph.name = "spotting"
    for node in graph.node:
        node.input[:] = [NAMES.get(name, name) for name in node.input]
        node.output[:] = [NAMES.get(name, name) for name in node.output]
    for value, channels in ((graph.input[0], 3), (graph.output[0], 1)):
        shape = ["batch", channels, "height", "width"]
        value.CopyFrom(helper.make_tensor_value_info(NAMES[value.name], onnx.TensorProto.FLOAT, shape))
    del graph.value_info[:]
    return model


def held(model: onnx.ModelProto) -> onnx.ModelProto:
    """In place: every Constant node becomes an initializer, as tools expect weights to be."""
    graph = model.graph
    nodes = [node for node in graph.node if node.op_type != "Constant"]
    for node in graph.node:
        if node.op_type == "Constant":
            tensor = graph.initializer.add()
            tensor.CopyFrom(node.attribute[0].t)
            tensor.name = node.output[0]
    del graph.node[:]
    graph.node.extend(nodes)
    return model
