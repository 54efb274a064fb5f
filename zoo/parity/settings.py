"""With which settings onnxruntime quantizes which models."""

from typing import NamedTuple


class Static(NamedTuple):
    """For quantize_static, format QDQ."""

    activations: str = "QUInt8"
    weights: str = "QInt8"
    per_channel: bool = True
    symmetric: bool = False
    """Of activations; weights always are."""
    method: str = "minmax"
    """A key of calibrate.METHODS."""


class Dynamic(NamedTuple):
    """For quantize_dynamic."""

    weights: str = "QInt8"
    per_channel: bool = False


class Blocks(NamedTuple):
    """For MatMulNBitsQuantizer."""

    bits: int = 4
    block: int = 32
    symmetric: bool = True


STATIC: dict[str, Static] = {
    "static": Static(),
    "static-tensor": Static(per_channel=False),
    "static-percentile": Static(method="percentile"),
    "static-s8": Static(activations="QInt8", per_channel=False),
    "static-s8-symmetric": Static(activations="QInt8", symmetric=True),
    "static-u16": Static(activations="QUInt16"),
}
DYNAMIC: dict[str, Dynamic] = {
    "dynamic": Dynamic(),
    "dynamic-channel": Dynamic(per_channel=True),
    "dynamic-u8": Dynamic(weights="QUInt8"),
}
BLOCKS: dict[str, Blocks] = {
    "blocks-4": Blocks(),
    "blocks-4-zero-16": Blocks(block=16, symmetric=False),
    "blocks-8": Blocks(bits=8),
    "blocks-8-zero-16": Blocks(bits=8, block=16, symmetric=False),
}

_EVERY_STATIC = tuple(STATIC)
_PRODUCTS = ("dynamic", "dynamic-channel", *BLOCKS)

VARIANTS: dict[str, tuple[str, ...]] = {
    "cnn": (*_EVERY_STATIC, "dynamic-u8"),
    "mobile": ("static", "static-tensor", "static-percentile", "static-s8", "dynamic-u8"),
    "transformer": ("static", "dynamic", "dynamic-channel", "blocks-4", "blocks-8-zero-16"),
    "lstm": ("static", "dynamic", "dynamic-channel"),
    "residual": ("static", "static-tensor", "static-s8-symmetric", "dynamic-u8"),
    "grouped": ("static", "static-s8-symmetric", "dynamic-u8"),
    "unet": ("static", "static-tensor", "static-u16", "dynamic-u8"),
    "sharing": (*_EVERY_STATIC, "dynamic-u8"),
    "mlp": ("static", "static-tensor", "static-s8-symmetric", *_PRODUCTS),
    "products": ("static", "static-tensor", "static-u16", *_PRODUCTS),
    "stack": ("static-tensor", "dynamic", "blocks-4"),
    "norms": ("static", "static-s8", "dynamic"),
    "shared": ("static", "static-tensor", "dynamic-u8"),
    "overflow": ("static", "static-tensor", "dynamic-u8"),
    "outputs": ("static", "static-s8-symmetric", "dynamic-u8"),
    "constants": ("static", "static-tensor"),
    "ranges": ("static", "static-s8", "dynamic-u8"),
}
"""The variants of every model: keys of STATIC, DYNAMIC or BLOCKS."""
