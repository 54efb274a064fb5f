"""The network: five 3x3 convolutions, a cheap classifier after the second and the fourth, the full one at the end."""

import torch
from torch import Tensor, nn

OUTPUTS = ("logits", "exit1", "exit2")
"""Names of the outputs, in the file's order."""


def block(inputs: int, outputs: int, stride: int) -> nn.Sequential:
    """3x3 convolution, batch norm, ReLU. Both of the last disappear into the convolution when it runs as int8."""
    conv = nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(outputs), nn.ReLU())


def head(channels: int, pool: int, stride: int, cells: int) -> nn.Sequential:
    """Max-pool to [cells, cells], then one linear layer. Max-pooling is exact on int8 codes; averaging would round."""
    return nn.Sequential(nn.MaxPool2d(pool, stride), nn.Flatten(), nn.Linear(channels * cells * cells, 10))


class DigitsNet(nn.Module):
    """Image [batch, 1, 28, 28], values 0..1 with ink = 1, to three times [batch, 10] logits.

    There is no normalisation: the first batch norm learns it, and zero padding then means blank paper.
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = block(1, 16, stride=1)  # 28x28
        self.conv2 = block(16, 32, stride=2)  # 14x14
        self.exit1 = head(32, pool=5, stride=3, cells=4)
        self.conv3 = block(32, 48, stride=1)  # 14x14
        self.conv4 = block(48, 64, stride=2)  # 7x7
        self.exit2 = head(64, pool=4, stride=3, cells=2)
        self.conv5 = block(64, 64, stride=1)  # 7x7
        self.final = head(64, pool=3, stride=2, cells=3)

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        early = self.conv2(self.conv1(image))
        middle = self.conv4(self.conv3(early))
        return self.final(self.conv5(middle)), self.exit1(early), self.exit2(middle)


def fold_batch_norm(model: DigitsNet) -> DigitsNet:
    """Put each batch norm into its convolution's weight and bias, in place. The model must be in eval mode."""
    for module in model.children():
        if isinstance(module, nn.Sequential) and isinstance(module[0], nn.Conv2d):
            module[0] = torch.nn.utils.fuse_conv_bn_eval(module[0], module[1])
            module[1] = nn.Identity()
    return model
