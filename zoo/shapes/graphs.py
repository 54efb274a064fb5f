"""Walks over the graphs and tensors of a model, subgraphs included."""

from collections.abc import Iterable, Iterator

from onnx import AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto


def subgraphs(nodes: Iterable[NodeProto], path: str = "") -> Iterator[tuple[str, GraphProto]]:
    """Every graph below `nodes`, outer ones first. A path is NODE/ATTRIBUTE steps; NODE is an index in its graph."""
    for index, node in enumerate(nodes):
        for attribute in node.attribute:
            for inner in (*([attribute.g] if attribute.type == AttributeProto.GRAPH else []), *attribute.graphs):
                step = f"{path}{index}/{attribute.name}"
                yield step, inner
                yield from subgraphs(inner.node, f"{step}/")


def all_graphs(model: ModelProto) -> list[GraphProto]:
    """The main graph and all subgraphs, of functions too."""
    bodies = (model.graph.node, *(function.node for function in model.functions))
    return [model.graph, *(graph for body in bodies for _, graph in subgraphs(body))]


def all_nodes(model: ModelProto) -> list[NodeProto]:
    """Nodes of every graph and function, at any depth."""
    bodies = (*(graph.node for graph in all_graphs(model)), *(function.node for function in model.functions))
    return [node for body in bodies for node in body]


def all_tensors(model: ModelProto) -> list[TensorProto]:
    """Initializers and tensor attributes of every graph and function, in a fixed order. To read or to change."""
    attributes = [attribute for node in all_nodes(model) for attribute in node.attribute]
    return [
        *(tensor for graph in all_graphs(model) for tensor in graph.initializer),
        *(attribute.t for attribute in attributes if attribute.type == AttributeProto.TENSOR),
        *(tensor for attribute in attributes for tensor in attribute.tensors),
    ]
