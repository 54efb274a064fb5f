"""Joint training of all three exits. The same seed, machine and thread count give the same weights, bit for bit."""

import time
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from .augment import augment
from .data import Images, as_input
from .model import OUTPUTS, DigitsNet

EPOCHS = 18
BATCH = 128
PEAK_RATE = 6e-3
WEIGHT_DECAY = 1e-2
LOSS_WEIGHTS = (1.0, 0.3, 0.4)
"""Of logits, exit1, exit2. The side exits weigh less, so that they do not spoil the features of the final one."""
THREADS = 2


class Trained(NamedTuple):
    model: DigitsNet
    """In eval mode, batch norms not folded."""
    seconds: float
    """Wall time of training, held-out checks included."""


def train(images: Images, held_out: Images, seed: int, epochs: int = EPOCHS) -> Trained:
    """AdamW with a one-cycle rate; the last epoch's weights are the result, nothing is selected."""
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(seed)  # the initial weights
    generator = torch.Generator().manual_seed(seed)  # order and augmentation
    model = DigitsNet().to(memory_format=torch.channels_last)
    pixels, labels = torch.from_numpy(as_input(images.pixels)), torch.from_numpy(images.labels.astype(np.int64))
    steps = len(labels) // BATCH
    optimizer = torch.optim.AdamW(model.parameters(), weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_RATE, total_steps=epochs * steps)

    started = time.perf_counter()
    for epoch in range(epochs):
        model.train()
        order = torch.randperm(len(labels), generator=generator)
        total = 0.0
        for index in order[: steps * BATCH].split(BATCH):
            loss = _loss(model(augment(pixels[index], generator)), labels[index])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        shares = ", ".join(
            f"{name} {share:.4f}" for name, share in zip(OUTPUTS, accuracy(model, held_out), strict=True)
        )
        seconds = time.perf_counter() - started
        print(f"epoch {epoch + 1}/{epochs}: loss {total / steps:.4f}, held out: {shares}, {seconds:.0f} s", flush=True)
    return Trained(model.eval(), time.perf_counter() - started)


def accuracy(model: DigitsNet, images: Images) -> list[float]:
    """Share of right answers of each output, in the order of OUTPUTS."""
    model.eval()
    with torch.inference_mode():
        parts = [model(part) for part in torch.from_numpy(as_input(images.pixels)).split(1000)]
    labels = torch.from_numpy(images.labels)
    return [(torch.cat(logits).argmax(1) == labels).float().mean().item() for logits in zip(*parts, strict=True)]


def _loss(outputs: tuple[Tensor, ...], labels: Tensor) -> Tensor:
    losses = [weight * cross_entropy(logits, labels) for weight, logits in zip(LOSS_WEIGHTS, outputs, strict=True)]
    return torch.stack(losses).sum()
