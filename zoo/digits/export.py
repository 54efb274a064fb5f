"""The trained network as one fp32 ONNX file."""

from pathlib import Path

import onnx
import torch

from .data import SIDE
from .model import OUTPUTS, DigitsNet, fold_batch_norm

OPSET = 21
"""The first with int4, int16 and blocked QuantizeLinear, so that every later variant fits in the same opset."""
IR_VERSION = 10
"""The one that came with opset 21; older readers refuse more."""


def export_fp32(model: DigitsNet, path: Path) -> None:
    """Write `model` (eval mode; its batch norms get folded): image [batch, 1, 28, 28] to OUTPUTS, each [batch, 10]."""
    image = torch.zeros(2, 1, SIDE, SIDE)
    program = torch.onnx.export(
        fold_batch_norm(model).to(memory_format=torch.contiguous_format),
        (image,),
        dynamo=True,
        verbose=False,
        opset_version=OPSET,
        input_names=["image"],
        output_names=list(OUTPUTS),
        dynamic_shapes={"image": {0: torch.export.Dim("batch")}},
    )
    assert program is not None
    exported = program.model_proto
    exported.ir_version = IR_VERSION
    save(tidy(exported), path)


def tidy(model: onnx.ModelProto) -> onnx.ModelProto:
    """In place: drop the exporter's notes (they quote this machine's source paths) and name nodes plainly."""
    graph = model.graph
    graph.name = "digits"
    model.doc_string = ""
    for item in (model, graph, *graph.node, *graph.input, *graph.output, *graph.value_info, *graph.initializer):
        del item.metadata_props[:]
        item.doc_string = ""
    rename: dict[str, str] = {}
    for tensor in graph.initializer:
        if tensor.name.endswith((".weight", ".bias")):  # conv1.0.weight: the module, its place in the block, the kind
            module, _, kind = tensor.name.split(".")
            rename[tensor.name] = f"{module}_{kind}"
    layer = ""
    for node in graph.node:
        layer = _layer_of(graph, node) or layer  # Relu belongs to the Conv before it
        node.name = f"{layer}_{node.op_type.lower()}"
        rename |= {name: node.name for name in node.output if name not in OUTPUTS}
        if node.op_type == "Reshape":
            rename[node.input[1]] = f"{layer}_shape"
    for tensor in graph.initializer:
        tensor.name = rename.get(tensor.name, tensor.name)
    for node in graph.node:
        node.input[:] = [rename.get(name, name) for name in node.input]
        node.output[:] = [rename.get(name, name) for name in node.output]
    del graph.value_info[:]
    return onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)


def save(model: onnx.ModelProto, path: Path) -> None:
    """Check, then write one file: no external data."""
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString(deterministic=True))


def _layer_of(graph: onnx.GraphProto, node: onnx.NodeProto) -> str | None:
    """The module a node belongs to: read from its own weight, or for a head's pool from the Gemm it leads to."""
    if node.op_type in ("Conv", "Gemm"):
        return node.input[1].split(".")[0]
    if node.op_type not in ("MaxPool", "Reshape"):
        return None
    user = next(later for later in graph.node if node.output[0] in later.input)
    return _layer_of(graph, user)
