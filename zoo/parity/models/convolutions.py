"""Convolutional forms: residual, grouped, transposed, and tensors that share their scale."""

from collections.abc import Callable

from onnx import ModelProto

from ..graph import Graph


def _residual() -> ModelProto:
    """Blocks whose input is read three times; an inner tensor is an output too."""
    g = Graph("residual")
    g.input("x", 1, 3, 10, 10)
    stem = g.add("Relu", g.conv("x", 3, 8))
    first = g.conv(g.add("Relu", g.conv(stem, 8, 8)), 8, 8)
    middle = g.add("Relu", g.add("Add", first, stem), out="middle")
    second = g.conv(g.add("Relu", g.conv(middle, 8, 12, strides=[2, 2])), 12, 12)
    shortcut = g.conv(middle, 8, 12, kernel=1, strides=[2, 2])
    total = g.add("Relu", g.add("Add", second, shortcut))
    flat = g.add("Flatten", g.add("GlobalAveragePool", total))
    g.add("Gemm", flat, g.weight(10, 12, size=0.4), g.bias(10), transB=1, out="y")
    g.output("y", 1, 10)
    g.output("middle", 1, 8, 10, 10)
    return g.model()


def _grouped() -> ModelProto:
    """ShuffleNet's unit: grouped convolutions, a shuffle of channels, a concatenation."""
    g = Graph("grouped")
    g.input("x", 1, 6, 8, 8)
    inner = g.add("Relu", g.conv("x", 6, 12, kernel=1, group=3))
    apart = g.add("Reshape", inner, g.integers(1, 3, 4, 8, 8))
    mixed = g.add("Transpose", apart, perm=[0, 2, 1, 3, 4])
    shuffled = g.add("Reshape", mixed, g.integers(1, 12, 8, 8))
    deep = g.conv(shuffled, 12, 12, group=12, strides=[2, 2])
    out = g.conv(deep, 12, 12, kernel=1, group=3)
    pooled = g.add("AveragePool", "x", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
    g.add("Relu", g.add("Concat", out, pooled, axis=1), out="y")
    g.output("y", 1, 18, 4, 4)
    return g.model()


def _unet() -> ModelProto:
    """Down, up by transposed convolutions and by resizing, and joined."""
    g = Graph("unet")
    g.input("x", 1, 2, 8, 8)
    top = g.add("LeakyRelu", g.conv("x", 2, 6), alpha=0.1)
    low = g.add("Relu", g.conv(top, 6, 8, strides=[2, 2]))
    up = g.add("ConvTranspose", low, g.weight(8, 6, 2, 2), g.bias(6), strides=[2, 2])
    # Without a bias: onnxruntime's per-channel quantizer stops at one, whose length is not its number of scales.
    grouped = g.add("ConvTranspose", low, g.weight(8, 3, 2, 2), strides=[2, 2], group=2)
    sizes = g.integers(1, 8, 8, 8)
    resized = g.add("Resize", low, "", "", sizes, mode="nearest")
    joined = g.add("Concat", top, g.add("Relu", up), grouped, resized, axis=1)
    g.add("Sigmoid", g.conv(joined, 26, 2, kernel=1), out="y")
    g.output("y", 1, 2, 8, 8)
    return g.model()


def _sharing() -> ModelProto:
    """Operators that move numbers: what comes out has the scale of what goes in."""
    g = Graph("sharing")
    g.input("x", 1, 4, 8, 8)
    x = g.conv("x", 4, 8)
    pooled = g.add("MaxPool", x, kernel_shape=[2, 2], strides=[2, 2])
    padded = g.add("Pad", pooled, g.integers(0, 0, 1, 1, 0, 0, 1, 1))
    left, right = g.split("Split", padded, g.integers(4, 4), count=2, axis=1)
    left = g.add("Slice", left, g.integers(1, 1), g.integers(5, 5), g.integers(2, 3))
    right = g.add("AveragePool", right, kernel_shape=[3, 3])
    joined = g.add("Concat", left, right, axis=1)
    turned = g.add("Transpose", g.conv(joined, 8, 6), perm=[0, 2, 3, 1])
    rows = g.add("Reshape", turned, g.integers(1, 16, 6))
    picked = g.add("Gather", rows, g.integers(0, 3, 5, 7), axis=1)
    thin = g.add("Unsqueeze", picked, g.integers(1))
    g.add("Squeeze", g.add("Mul", thin, g.scalar(0.7)), g.integers(1), out="y")
    g.output("y", 1, 4, 6)
    return g.model()


CONVOLUTIONS: dict[str, Callable[[], ModelProto]] = {
    "residual": _residual,
    "grouped": _grouped,
    "unet": _unet,
    "sharing": _sharing,
}
