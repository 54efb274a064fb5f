"""Transformers for images, from the package transformers, with random weights."""

from collections.abc import Callable

import torch
from onnx import ModelProto
from torch import Tensor, nn

from . import torchvision_ops  # noqa: F401  # before transformers
from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection  # isort: skip
from transformers import SegformerConfig, SegformerForSemanticSegmentation  # isort: skip
from transformers import SwinConfig, SwinForImageClassification  # isort: skip
from transformers import ViTConfig, ViTForImageClassification  # isort: skip

from .export import Export, by_dynamo, by_tracing

_SOURCE = "PyPI transformers==5.23.0, {model}, 2 layers, random weights, {exporter} exporter"


class _Only(nn.Module):
    """A model by one field of its result."""

    def __init__(self, model: nn.Module, field: str) -> None:
        super().__init__()
        self.model = model.eval()
        self.field = field

    def forward(self, image: Tensor) -> Tensor:
        return getattr(self.model(image), self.field)


def _vit() -> ModelProto:
    config = ViTConfig(hidden_size=48, num_hidden_layers=2, num_attention_heads=3, intermediate_size=96)
    module = _Only(ViTForImageClassification(config), "logits")
    dims = {0: torch.export.Dim("batch")}
    return by_dynamo(module, (torch.rand(2, 3, 224, 224),), "image", "logits", (dims,), 18)


def _clip() -> ModelProto:
    config = CLIPVisionConfig(
        hidden_size=48, num_hidden_layers=2, num_attention_heads=3, intermediate_size=96, projection_dim=32
    )
    module = _Only(CLIPVisionModelWithProjection(config), "image_embeds")
    return by_tracing(module, (torch.rand(2, 3, 224, 224),), "image", "embedding", {"image": {0: "batch"}}, 14)


def _swin() -> ModelProto:
    config = SwinConfig(embed_dim=24, depths=[2, 2], num_heads=[2, 4], image_size=224)
    module = _Only(SwinForImageClassification(config), "logits")
    return by_tracing(module, (torch.rand(2, 3, 224, 224),), "image", "logits", {"image": {0: "batch"}}, 17)


def _segformer() -> ModelProto:
    config = SegformerConfig(depths=[1, 1, 1, 1], hidden_sizes=[8, 16, 24, 32], decoder_hidden_size=32)
    module = _Only(SegformerForSemanticSegmentation(config), "logits")
    axes = {"image": {0: "batch", 2: "height", 3: "width"}}
    return by_tracing(module, (torch.rand(2, 3, 128, 96),), "image", "logits", axes, 14)


def _export(name: str, family: str, model: type, exporter: str, build: Callable[[], ModelProto]) -> Export:
    return Export(name, family, _SOURCE.format(model=model.__name__, exporter=exporter), "Apache-2.0", build)


EXPORTS = [
    _export("vit_dynamo", "vision transformer", ViTForImageClassification, "torch.export", _vit),
    _export("clip_vision", "vision transformer", CLIPVisionModelWithProjection, "TorchScript", _clip),
    _export("swin", "vision transformer", SwinForImageClassification, "TorchScript", _swin),
    _export("segformer", "segmentation transformer", SegformerForSemanticSegmentation, "TorchScript", _segformer),
]
