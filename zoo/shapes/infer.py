"""What onnx's own shape inference says of a model, in the form the fixtures store."""

from typing import Any

from onnx import GraphProto, ModelProto, TypeProto, ValueInfoProto, shape_inference

from .graphs import subgraphs
from .strip import forget_types

Dim = int | str | None
Type = list[Any]
"""[element type, [Dim, ...] or None]; a sequence is ["seq", element type, dims], an optional ["opt", ...] likewise."""


def infer(model: ModelProto, *, strict: bool = False) -> tuple[dict[str, Type], dict[str, dict[str, Type]]]:
    """Types of the main graph, and of each subgraph by its path; RuntimeError or InferenceError if onnx objects.

    Nothing is taken from value_info that the model may carry.
    """
    bare = ModelProto()
    bare.CopyFrom(model)
    forget_types(bare)
    typed = shape_inference.infer_shapes(bare, check_type=True, strict_mode=strict, data_prop=True)
    inner = {path: graph_types(graph) for path, graph in subgraphs(typed.graph.node)}
    return graph_types(typed.graph), {path: types for path, types in inner.items() if types}


def graph_types(graph: GraphProto) -> dict[str, Type]:
    """Inputs, inner tensors and outputs whose type is known, initializers left out."""
    constant = {tensor.name for tensor in (*graph.initializer, *(s.values for s in graph.sparse_initializer))}
    found = {}
    for value in (*graph.input, *graph.value_info, *graph.output):
        kind = value_type(value)
        if kind is not None and value.name not in constant:
            found[value.name] = kind
    return found


def value_type(value: ValueInfoProto) -> Type | None:
    """The type in the fixtures' form; None if there is none or it is not of tensors."""
    return _type(value.type)


def _type(kind: TypeProto) -> Type | None:
    case = kind.WhichOneof("value")
    if case == "tensor_type":
        return _tensor(kind.tensor_type) if kind.tensor_type.elem_type else None
    if case in ("sequence_type", "optional_type"):
        inner = _type(getattr(kind, case).elem_type)
        return None if inner is None else ["seq" if case == "sequence_type" else "opt", *inner]
    return None


def _tensor(kind: TypeProto.Tensor) -> Type:
    dims = [_dim(dim) for dim in kind.shape.dim] if kind.HasField("shape") else None
    return [kind.elem_type, dims]


def _dim(dim: Any) -> Dim:
    case = dim.WhichOneof("value")
    if case == "dim_value":
        return dim.dim_value
    return dim.dim_param or None if case == "dim_param" else None
