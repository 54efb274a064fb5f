"""Recurrent networks and scripted control flow, written here; random weights."""

import torch
from onnx import ModelProto
from torch import Tensor, nn

from .export import Export, by_tracing

_SOURCE = "zoo/shapes/exports/recurrence.py, random weights, TorchScript exporter"


class _Tagger(nn.Module):
    """A bidirectional LSTM over sequences of different length."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(1_000, 64)
        self.lstm = nn.LSTM(64, 96, 2, batch_first=True, bidirectional=True)
        self.head = nn.Linear(192, 10)

    def forward(self, tokens: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        packed = nn.utils.rnn.pack_padded_sequence(self.embedding(tokens), lengths, batch_first=True)
        packed, (hidden, _) = self.lstm(packed)
        padded, _ = nn.utils.rnn.pad_packed_sequence(packed, batch_first=True)
        return self.head(padded), hidden


class _Listener(nn.Module):
    """Convolution, GRU, RNN, and a state that comes from outside."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv1d(40, 64, 5, stride=2, padding=2)
        self.gru = nn.GRU(64, 48, 2, bidirectional=True)
        self.rnn = nn.RNN(96, 32)

    def forward(self, features: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        steps, state = self.gru(torch.relu(self.conv(features)).permute(2, 0, 1), state)
        return self.rnn(steps)[0].mean(0), state


class _Greedy(nn.Module):
    """Decodes token by token: a while loop around a tensor that grows."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(50, 32)
        self.cell = nn.Linear(64, 32)
        self.head = nn.Linear(32, 50)

    def forward(self, state: Tensor, token: Tensor, most: int) -> tuple[Tensor, Tensor]:
        tokens = token.unsqueeze(1)
        step = 0
        going = True
        while going and step < most:
            state = torch.tanh(self.cell(torch.cat([self.embedding(tokens[:, -1]), state], 1)))
            tokens = torch.cat([tokens, self.head(state).argmax(1, keepdim=True)], 1)
            going = bool((tokens[:, -1] != 2).any())
            step += 1
        return tokens, state


class _Refiner(nn.Module):
    """A for loop with a branch inside that collects a sequence of tensors."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.rand(32, 32))

    def forward(self, x: Tensor, steps: int) -> tuple[Tensor, Tensor]:
        found = []
        for _ in range(steps):
            x = torch.tanh(x @ self.weight)
            if bool(x.mean() > 0.5):
                x = x * 0.5
            else:
                x = x + 1.0
            found.append(x)
        return torch.stack(found), x


def _tagger() -> ModelProto:
    axes = {"tokens": {0: "batch", 1: "time"}, "lengths": {0: "batch"}, "logits": {0: "batch", 1: "time"}}
    inputs = (torch.ones(3, 7, dtype=torch.long), torch.tensor([7, 5, 2]))
    return by_tracing(_Tagger().eval(), inputs, "tokens lengths", "logits hidden", axes, 13)


def _listener() -> ModelProto:
    axes = {"features": {0: "batch", 2: "time"}, "state": {1: "batch"}}
    inputs = (torch.rand(2, 40, 50), torch.zeros(4, 2, 48))
    return by_tracing(_Listener().eval(), inputs, "features state", "y next_state", axes, 17)


def _greedy() -> ModelProto:
    axes = {"state": {0: "batch"}, "token": {0: "batch"}}
    module = torch.jit.script(_Greedy().eval())
    inputs = (torch.rand(2, 32), torch.tensor([1, 1]), 5)
    return by_tracing(module, inputs, "state token most", "tokens last_state", axes, 16)


def _refiner() -> ModelProto:
    module = torch.jit.script(_Refiner().eval())
    return by_tracing(module, (torch.rand(4, 32), 6), "x steps", "all last", {"x": {0: "batch"}}, 13)


EXPORTS = [
    Export("lstm_packed", "lstm", _SOURCE, "Apache-2.0", _tagger),
    Export("gru_rnn", "gru", _SOURCE, "Apache-2.0", _listener),
    Export("greedy_loop", "control flow", _SOURCE, "Apache-2.0", _greedy),
    Export("sequence_loop", "control flow, sequence", _SOURCE, "Apache-2.0", _refiner),
]
