"""Networks as PyTorch's TorchScript exporter writes them."""

import warnings
from collections.abc import Callable
from io import BytesIO
from zlib import crc32

import torch
from onnx import ModelProto
from torch import Tensor, nn

from ..graph import IR_VERSION, OPSET, WORDS


class _Cnn(nn.Module):
    """Convolutions with batch normalization, which the exporter folds."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(3, 8, 3, padding=1, bias=False),
            nn.BatchNorm2d(8),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(8, 16, 3, padding=1, stride=2),
            nn.ReLU(),
            nn.Conv2d(16, 12, 1),
            nn.ReLU(),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(12, 10),
        )
        with torch.no_grad():
            self.body[1].running_mean.normal_(0, 0.2)
            self.body[1].running_var.uniform_(0.3, 3)

    def forward(self, x: Tensor) -> Tensor:
        return self.body(x)


class _Inverted(nn.Module):
    """MobileNetV2's block: wide depthwise convolution between narrow ends."""

    def __init__(self, into: int, out: int, stride: int, kernel: int) -> None:
        super().__init__()
        wide = into * 3
        self.added = into == out and stride == 1
        self.body = nn.Sequential(
            nn.Conv2d(into, wide, 1),
            nn.ReLU6(),
            nn.Conv2d(wide, wide, kernel, stride, kernel // 2, groups=wide),
            nn.ReLU6(),
            nn.Conv2d(wide, out, 1),
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x) if self.added else self.body(x)


class _Mobile(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(3, 8, 3, 2, 1),
            nn.ReLU6(),
            _Inverted(8, 8, 1, 3),
            _Inverted(8, 12, 2, 5),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(12, 10),
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.body(x * 4)


class _Transformer(nn.Module):
    """One layer of an encoder, with the table of its words."""

    def __init__(self, width: int = 32, heads: int = 2) -> None:
        super().__init__()
        self.heads = heads
        self.words = nn.Embedding(WORDS, width)
        self.places = nn.Parameter(torch.randn(1, 8, width) * 0.1)
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.mix = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)
        self.wide = nn.Linear(width, 40)
        self.narrow = nn.Linear(40, width)
        self.last = nn.LayerNorm(width)
        self.head = nn.Linear(width, 4)

    def _split(self, x: Tensor) -> Tensor:
        return x.reshape(1, 8, self.heads, -1).permute(0, 2, 1, 3)

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.words(tokens) + self.places
        query, key, value = (self._split(part(x)) for part in (self.query, self.key, self.value))
        scores = query @ key.transpose(2, 3) / 4.0
        mixed = (scores.softmax(-1) @ value).permute(0, 2, 1, 3).reshape(1, 8, -1)
        x = self.norm(x + self.mix(mixed))
        x = self.last(x + self.narrow(nn.functional.gelu(self.wide(x))))
        return self.head(x[:, 0])


class _Lstm(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(6, 8, bidirectional=True)
        self.head = nn.Linear(16, 5)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.lstm(x)[0])


def _export(name: str, module: Callable[[], nn.Module], inputs: Callable[[], Tensor], input_name: str) -> ModelProto:
    torch.manual_seed(crc32(name.encode()))
    file = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it advises the newer exporter
        torch.onnx.export(
            module().eval(),
            (inputs(),),
            file,
            dynamo=False,
            opset_version=OPSET,
            input_names=[input_name],
            output_names=["output"],
        )
    model = ModelProto.FromString(file.getvalue())
    model.ir_version = IR_VERSION
    return model


EXPORTS: dict[str, Callable[[], ModelProto]] = {
    "cnn": lambda: _export("cnn", _Cnn, lambda: torch.zeros(1, 3, 12, 12), "image"),
    "mobile": lambda: _export("mobile", _Mobile, lambda: torch.zeros(1, 3, 12, 12), "image"),
    "transformer": lambda: _export(
        "transformer", _Transformer, lambda: torch.zeros(1, 8, dtype=torch.long), "tokens"
    ),
    "lstm": lambda: _export("lstm", _Lstm, lambda: torch.zeros(5, 1, 6), "x"),
}
