"""Takes the weights out of a model and leaves everything that shape inference reads."""

from math import prod

from onnx import ModelProto, TensorProto, helper

from .graphs import all_graphs, all_nodes, all_tensors

MOST_ELEMENTS = 256
"""A tensor with more loses its data."""
MOST_INTEGERS = 1_024
"""The same for integers, which may be shapes, axes, indices."""
LOCATION = "stripped.bin"
"""A file that exists nowhere: only dims and types are left of what it would hold."""

_DATA = ("raw_data", "float_data", "int32_data", "int64_data", "double_data", "uint64_data")
_INTEGERS = {
    TensorProto.INT8,
    TensorProto.INT16,
    TensorProto.INT32,
    TensorProto.INT64,
    TensorProto.UINT8,
    TensorProto.UINT16,
    TensorProto.UINT32,
    TensorProto.UINT64,
}


def strip(model: ModelProto) -> ModelProto:
    """A copy without the data of big tensors, without value_info, doc strings and metadata.

    A stripped tensor says where its data would lie: in LOCATION, one tensor after the other. Strings stay, as ONNX
    knows no external strings.
    """
    result = ModelProto()
    result.CopyFrom(model)
    offset = 0
    for tensor in all_tensors(result):
        tensor.ClearField("doc_string")
        if not _is_big(tensor):
            continue
        length = byte_length(tensor)
        for field in _DATA:
            tensor.ClearField(field)
        del tensor.external_data[:]
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", LOCATION), ("offset", offset), ("length", length)):
            tensor.external_data.add(key=key, value=str(value))
        offset += length
    forget_types(result)
    _drop_texts(result)
    return result


def fill(model: ModelProto) -> ModelProto:
    """The other way: a copy whose stripped tensors are full of zeros, which onnx can infer on."""
    result = ModelProto()
    result.CopyFrom(model)
    for tensor in all_tensors(result):
        if tensor.data_location == TensorProto.EXTERNAL:
            tensor.ClearField("data_location")
            del tensor.external_data[:]
            tensor.raw_data = bytes(byte_length(tensor))
    return result


def forget_types(model: ModelProto) -> None:
    """Remove value_info everywhere, in place: what inference must find by itself."""
    for graph in all_graphs(model):
        del graph.value_info[:]
    for function in model.functions:
        del function.value_info[:]


def byte_length(tensor: TensorProto) -> int:
    """Bytes of the tensor's data in raw_data; elements of less than 8 bits are packed."""
    count = prod(tensor.dims)
    bits = {
        TensorProto.UINT4: 4,
        TensorProto.INT4: 4,
        TensorProto.FLOAT4E2M1: 4,
    }.get(tensor.data_type)
    if bits is None:
        bits = helper.tensor_dtype_to_np_dtype(tensor.data_type).itemsize * 8
    return (count * bits + 7) // 8


def _is_big(tensor: TensorProto) -> bool:
    if tensor.data_type == TensorProto.STRING:
        return False
    return prod(tensor.dims) > (MOST_INTEGERS if tensor.data_type in _INTEGERS else MOST_ELEMENTS)


def _drop_texts(model: ModelProto) -> None:
    model.ClearField("doc_string")
    del model.metadata_props[:]
    for graph in all_graphs(model):
        graph.ClearField("doc_string")
        del graph.metadata_props[:]
        for value in (*graph.input, *graph.output):
            value.ClearField("doc_string")
            del value.metadata_props[:]
    for function in model.functions:
        function.ClearField("doc_string")
        del function.metadata_props[:]
    for node in all_nodes(model):
        node.ClearField("doc_string")
        del node.metadata_props[:]
        for attribute in node.attribute:
            attribute.ClearField("doc_string")
