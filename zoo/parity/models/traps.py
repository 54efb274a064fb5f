"""Where quantizers go wrong."""

from collections.abc import Callable

import numpy as np
from onnx import ModelProto

from ..graph import Graph


def _shared() -> ModelProto:
    """A weight and a bias that are read by convolutions with inputs of other scales."""
    g = Graph("shared")
    g.input("x", 1, 4, 6, 6)
    weight, bias = g.weight(4, 4, 3, 3), g.bias(4)
    first = g.add("Conv", "x", weight, bias, pads=[1, 1, 1, 1])
    loud = g.add("Mul", g.add("Relu", first), g.scalar(5))
    second = g.add("Conv", loud, weight, bias, pads=[1, 1, 1, 1])
    # The same bias with another weight.
    third = g.add("Conv", loud, g.weight(4, 4, 1, 1), bias)
    g.add("Add", second, third, out="y")
    g.output("y", 1, 4, 6, 6)
    return g.model()


def _overflow() -> ModelProto:
    """Biases that do not fit into int32 at the scale of tiny weights; channels of zeros."""
    g = Graph("overflow")
    g.input("x", 1, 3, 6, 6)
    weight = g.normal(6, 3, 3, 3, size=0.3)
    weight[1] *= 1e-9
    weight[2] = 0
    bias = np.array([0.1, 40, -2, 0.5, -0.3, 0], np.float32)
    x = g.add("Conv", "x", g.store(weight), g.store(bias), pads=[1, 1, 1, 1])
    x = g.add("Relu", x)
    tiny = g.normal(5, 6, 1, 1, size=1e-10)
    x = g.add("Conv", x, g.store(tiny), g.store(np.array([9, -8, 7, 0, 1], np.float32)))
    flat = g.add("Flatten", g.add("GlobalAveragePool", x))
    matrix = g.normal(5, 4, size=1e-9)
    matrix[:, 2] = 1
    g.add("Gemm", flat, g.store(matrix), g.store(np.array([3, -4, 5, 0], np.float32)), out="y")
    g.output("y", 1, 4)
    return g.model()


def _outputs() -> ModelProto:
    """Outputs in the middle, before a Relu and after it; a Clip whose input is read twice; one without a maximum."""
    g = Graph("outputs")
    g.input("x", 1, 4, 6, 6)
    before = g.conv("x", 4, 6)
    g.nodes[-1].output[0] = "before"
    before = "before"
    after = g.add("Relu", before, out="after")
    wide = g.conv(after, 6, 6)
    clipped = g.add("Clip", wide, g.scalar(0), g.scalar(1))
    twice = g.add("Add", clipped, wide)
    last = g.add("Clip", g.conv(twice, 6, 5, kernel=1), g.scalar(-0.5))
    g.add("GlobalAveragePool", g.add("Relu", last), out="y")
    g.output("y", 1, 5, 1, 1)
    g.output("before", 1, 6, 6, 6)
    g.output("after", 1, 6, 6, 6)
    return g.model()


def _constants() -> ModelProto:
    """Weights in Constant nodes, one of them read by two products; constants that are added and multiplied."""
    g = Graph("constants")
    g.input("x", 1, 4, 6, 6)
    weight = g.constant(g.normal(6, 4, 3, 3, size=0.25))
    x = g.add("Conv", "x", weight, g.constant(g.normal(6, size=0.1)), pads=[1, 1, 1, 1])
    x = g.add("Relu", g.add("Add", x, g.constant(g.normal(6, 1, 1, size=0.5))))
    x = g.add("Mul", x, g.store(g.normal(1, 6, 1, 1)))
    rows = g.add("Reshape", x, g.integers(1, 36, 6))
    square = g.constant(g.normal(6, 6, size=0.4))
    g.add("MatMul", g.add("MatMul", rows, square), square, out="y")
    g.output("y", 1, 36, 6)
    return g.model()


def _ranges() -> ModelProto:
    """Activations that never come near zero, that are all zero, and that are never negative."""
    g = Graph("ranges")
    g.input("x", 1, 3, 6, 6)
    far = g.add("Add", "x", g.scalar(100))
    x = g.add("Conv", far, g.weight(4, 3, 3, 3), g.bias(4))
    nothing = g.add("Mul", x, g.scalar(0))
    y = g.add("Conv", nothing, g.weight(4, 4, 3, 3), g.bias(4))
    below = g.add("Sub", y, g.scalar(50))
    g.add("Conv", below, g.weight(2, 4, 1, 1), g.bias(2), out="y")
    g.output("y", 1, 2, 2, 2)
    return g.model()


TRAPS: dict[str, Callable[[], ModelProto]] = {
    "shared": _shared,
    "overflow": _overflow,
    "outputs": _outputs,
    "constants": _constants,
    "ranges": _ranges,
}
