"""PyTorch's two exporters behind one signature each."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, NamedTuple

import torch
from onnx import ModelProto
from torch import nn

SEED = 20240

Axes = dict[str, dict[int, str]]
"""Per input or output, the names of its symbolic dims."""


class Export(NamedTuple):
    name: str
    family: str
    source: str
    licence: str
    build: Callable[[], ModelProto]
    sha256: str = ""
    """Of the file of the weights, if a package has it."""

    def make(self) -> ModelProto:
        """With the same weights every time."""
        torch.manual_seed(SEED)
        return self.build()


def by_tracing(
    module: nn.Module, inputs: tuple[Any, ...], names: str, outputs: str, axes: Axes, opset: int
) -> ModelProto:
    """The TorchScript exporter, whose graphs most models on the web have."""
    file = BytesIO()
    torch.onnx.export(
        module,
        inputs,
        file,
        dynamo=False,
        opset_version=opset,
        input_names=names.split(),
        output_names=outputs.split(),
        dynamic_axes=axes,
    )
    return ModelProto.FromString(file.getvalue())


def by_dynamo(
    module: nn.Module, inputs: tuple[Any, ...], names: str, outputs: str, axes: Any, opset: int
) -> ModelProto:
    """The torch.export exporter; `axes` is nested as `inputs` are."""
    program = torch.onnx.export(
        module,
        inputs,
        dynamo=True,
        verbose=False,
        opset_version=opset,
        input_names=names.split(),
        output_names=outputs.split(),
        dynamic_shapes=axes,
    )
    assert program is not None
    return program.model_proto
