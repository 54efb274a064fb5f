"""Multiply-accumulates of a run. onnx's shape inference cannot follow the cache, so they are counted from the sizes."""

from .language import PROMPT_LENGTH, VOCABULARY
from .model import HIDDEN, LAYERS, WIDTH


def macs(length: int, past: int) -> int:
    """One run, batch 1: `length` tokens with `past` tokens in the cache.

    Per layer and token: width x (3 width + width + 2 hidden) for the weights, 2 x width x total for scores and sums
    over the cache (the masked ones too: they are computed); once per run: the last token's logits.
    """
    weights = WIDTH * (4 * WIDTH + 2 * HIDDEN)
    attention = 2 * WIDTH * (past + length)
    return LAYERS * length * (weights + attention) + WIDTH * len(VOCABULARY)


def answer_macs(characters: int) -> int:
    """A whole answer of so many characters: the prompt's run writes the first, every later one takes a run."""
    return macs(PROMPT_LENGTH, 0) + sum(macs(1, PROMPT_LENGTH + i) for i in range(characters - 1))
