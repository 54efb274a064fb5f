"""Every model, by name."""

from collections.abc import Callable

from onnx import ModelProto

from .convolutions import CONVOLUTIONS
from .exports import EXPORTS
from .products import PRODUCTS
from .traps import TRAPS

MODELS: dict[str, Callable[[], ModelProto]] = EXPORTS | CONVOLUTIONS | PRODUCTS | TRAPS
