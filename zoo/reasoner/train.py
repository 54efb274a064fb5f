"""Training, of which one early and the last state are kept. The same seed and machine type give the same weights."""

import time
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from .data import Problems, training_problems
from .language import PROMPT_LENGTH, direct, thinking
from .model import Reasoner

STEPS = 2_000
BATCH = 64
DIRECT_BATCH = 32
"""Problems per step that are answered without steps, in the second prompt's mode."""
PEAK_RATE = 3e-3
WARM_UP = 0.1
WEIGHT_DECAY = 1e-2
CLIP = 1.0
CHECK_EVERY = 25
EARLY_SHARE = 0.5
"""The early state is the one that works out about this share of the validation problems."""
THREADS = 1
"""Matrices this small gain nothing from a second thread, and wait for it where the machine is shared."""

Weights = dict[str, Tensor]


class Trained(NamedTuple):
    early: Weights
    early_steps: int
    early_seconds: float
    """Wall time until the early state."""
    final: Weights
    seconds: float
    """Wall time of the whole training, checks included."""


def train(validation: Problems, seed: int) -> Trained:
    """AdamW with a one-cycle rate; the loss is over what follows the prompt."""
    torch.set_num_threads(THREADS)
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    model = Reasoner()
    optimizer = torch.optim.AdamW(model.parameters(), weight_decay=WEIGHT_DECAY, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_RATE, total_steps=STEPS, pct_start=WARM_UP)
    checked = thinking(*validation)
    nearest, early = 1.0, (_copy(model), 0, 0.0)

    started = time.perf_counter()
    for step in range(1, STEPS + 1):
        model.train()
        thought = _loss(model, thinking(*training_problems(BATCH, random)))
        blurted = _loss(model, direct(*training_problems(DIRECT_BATCH, random)))
        optimizer.zero_grad()
        (thought + blurted).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
        schedule.step()
        if step % CHECK_EVERY == 0:
            share, seconds = worked_out(model, checked), time.perf_counter() - started
            print(
                f"step {step}/{STEPS}: loss {thought.item():.4f} with steps, {blurted.item():.4f} without; "
                f"validation {share:.3f}, {seconds:.0f} s",
                flush=True,
            )
            if abs(share - EARLY_SHARE) < nearest:
                nearest, early = abs(share - EARLY_SHARE), (_copy(model), step, seconds)
    return Trained(*early, _copy(model), time.perf_counter() - started)


def worked_out(model: Reasoner, sequences: np.ndarray) -> float:
    """Share of sequences of which greedy decoding writes every character: the largest logit is right at each place."""
    model.eval()
    tokens = torch.from_numpy(sequences)
    with torch.inference_mode():
        written = torch.cat([model(part[:, :-1]).argmax(2) for part in tokens.split(100)])
    return (written == tokens[:, 1:])[:, PROMPT_LENGTH - 1 :].all(1).float().mean().item()


def _loss(model: Reasoner, sequences: np.ndarray) -> Tensor:
    tokens = torch.from_numpy(sequences)
    logits = model(tokens[:, :-1])[:, PROMPT_LENGTH - 1 :]
    return cross_entropy(logits.flatten(0, 1), tokens[:, PROMPT_LENGTH:].flatten())


def _copy(model: Reasoner) -> Weights:
    return {name: tensor.detach().clone() for name, tensor in model.state_dict().items()}
