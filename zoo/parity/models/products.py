"""Matrix products in every form, and what stands between them."""

from collections.abc import Callable

import numpy as np
from onnx import ModelProto

from ..graph import Graph


def _mlp() -> ModelProto:
    """Gemm with and without transB, alpha and beta, without a bias; MatMul with one."""
    g = Graph("mlp")
    g.input("x", 2, 24)
    x = g.add("Relu", g.add("Gemm", "x", g.weight(32, 24, size=0.3), g.bias(32), transB=1))
    x = g.add("Sigmoid", g.add("Gemm", x, g.weight(32, 20), g.bias(20)))
    x = g.add("LeakyRelu", g.add("Gemm", x, g.weight(20, 20), g.bias(20), alpha=1.0, beta=2.0))
    x = g.add("Tanh", g.add("Gemm", x, g.weight(20, 18), g.bias(18), alpha=0.5, beta=0.25))
    x = g.add("Gemm", x, g.weight(18, 16))
    g.add("Add", g.add("MatMul", x, g.weight(16, 10)), g.bias(10), out="y")
    g.output("y", 2, 10)
    return g.model()


def _products() -> ModelProto:
    """MatMul of three dimensions, of two activations; Softmax; an odd inner size."""
    g = Graph("products")
    g.input("x", 1, 6, 18)
    query = g.add("MatMul", "x", g.weight(18, 21))
    key = g.add("Add", g.add("MatMul", "x", g.weight(18, 21)), g.bias(21))
    scores = g.add("MatMul", query, g.add("Transpose", key, perm=[0, 2, 1]))
    share = g.add("Softmax", g.add("Mul", scores, g.scalar(0.2)), axis=-1)
    mixed = g.add("MatMul", share, g.add("MatMul", "x", g.weight(18, 16)))
    g.add("MatMul", mixed, g.weight(16, 5), out="y")
    g.output("y", 1, 6, 5)
    return g.model()


def _stack() -> ModelProto:
    """Two matrices at once: [1, 6, 16] by [2, 16, 5]. onnxruntime does not run its own per-channel file of this."""
    g = Graph("stack")
    g.input("x", 1, 6, 12)
    x = g.add("MatMul", "x", g.weight(12, 16))
    g.add("MatMul", x, g.store(g.normal(2, 16, 5, size=0.4)), out="y")
    g.output("y", 2, 6, 5)
    return g.model()


def _norms() -> ModelProto:
    """Normalizations, and operators that have no integer form."""
    g = Graph("norms")
    g.input("x", 1, 4, 6, 6)
    x = g.conv("x", 4, 6)
    one = (1 + g.normal(6, size=0.1)).astype(np.float32)
    x = g.add("InstanceNormalization", x, g.store(one), g.bias(6))
    x = g.add("Div", x, g.add("Exp", g.add("Mul", g.conv(x, 6, 6, kernel=1), g.scalar(0.1))))
    rows = g.add("Reshape", x, g.integers(1, 6, 36))
    scale = (1 + g.normal(36, size=0.1)).astype(np.float32)
    rows = g.add("LayerNormalization", rows, g.store(scale), g.bias(36), axis=-1)
    g.add("MatMul", rows, g.weight(36, 8), out="y")
    g.output("y", 1, 6, 8)
    return g.model()


PRODUCTS: dict[str, Callable[[], ModelProto]] = {"mlp": _mlp, "products": _products, "stack": _stack, "norms": _norms}
