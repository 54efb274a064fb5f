"""torchvision's detectors, boxes suppressed inside of the graph. Their trained weights are on no registry."""

from collections.abc import Callable

import torch
from onnx import ModelProto
from torch import nn

from . import torchvision_ops  # noqa: F401  # before torchvision
from torchvision.models import detection  # isort: skip

from .export import Export, by_tracing

OPSET = 16
SIDE = 320


def _detector(make: Callable[..., nn.Module], outputs: str) -> ModelProto:
    axes = {"image": {1: "height", 2: "width"}, **{name: {0: "detections"} for name in outputs.split()}}
    model = make(weights=None, weights_backbone=None).eval()
    return by_tracing(model, ([torch.rand(3, SIDE, SIDE)],), "image", outputs, axes, OPSET)


def _export(name: str, make: Callable[..., nn.Module], outputs: str) -> Export:
    source = f"PyPI torchvision==0.28.0, {make.__name__}, random weights, TorchScript exporter"
    return Export(name, "detector with nms", source, "BSD-3-Clause", lambda: _detector(make, outputs))


EXPORTS = [
    _export("ssdlite", detection.ssdlite320_mobilenet_v3_large, "boxes scores labels"),
    _export("faster_rcnn", detection.fasterrcnn_mobilenet_v3_large_320_fpn, "boxes labels scores"),
    _export("mask_rcnn", detection.maskrcnn_resnet50_fpn, "boxes labels scores masks"),
]
