"""The network: a pre-norm decoder with learned positions, no biases but the norms'."""

import torch
from torch import Tensor, nn
from torch.nn.functional import relu, scaled_dot_product_attention

from .language import VOCABULARY

LAYERS = 3
WIDTH = 96
HEADS = 4
HEAD_WIDTH = WIDTH // HEADS
HIDDEN = 4 * WIDTH
CONTEXT = 72
"""The most tokens that it can look at; a worked multiplication has 70."""


class Layer(nn.Module):
    """Attention, then a ReLU network; each is added to what came in."""

    def __init__(self) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(WIDTH)
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH, bias=False)
        self.mix = nn.Linear(WIDTH, WIDTH, bias=False)
        self.hidden_norm = nn.LayerNorm(WIDTH)
        self.up = nn.Linear(WIDTH, HIDDEN, bias=False)
        self.down = nn.Linear(HIDDEN, WIDTH, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        batch, length, _ = x.shape
        parts = self.qkv(self.attention_norm(x)).split(WIDTH, 2)
        query, key, value = (part.view(batch, length, HEADS, HEAD_WIDTH).transpose(1, 2) for part in parts)
        seen = scaled_dot_product_attention(query, key, value, is_causal=True)
        x = x + self.mix(seen.transpose(1, 2).reshape(batch, length, WIDTH))
        return x + self.down(relu(self.up(self.hidden_norm(x))))


class Reasoner(nn.Module):
    """Tokens int64 [batch, length] to logits [batch, length, vocabulary]; the cache exists in the ONNX file only."""

    def __init__(self) -> None:
        super().__init__()
        self.token = nn.Embedding(len(VOCABULARY), WIDTH)
        self.position = nn.Embedding(CONTEXT, WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.norm = nn.LayerNorm(WIDTH)
        self.head = nn.Linear(WIDTH, len(VOCABULARY), bias=False)
        for parameter in (self.token.weight, self.position.weight):
            nn.init.normal_(parameter, std=0.5)

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.token(tokens) + self.position.weight[: tokens.shape[1]]
        for layer in self.layers:
            x = layer(x)
        return self.head(self.norm(x))
