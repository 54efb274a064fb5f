"""What the files answer on held-out problems, as onnxruntime on the CPU runs them."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .data import Problems
from .engine import prompts, session, write
from .language import ANSWER_LENGTH, DIRECT, PROMPT_LENGTH, THINK, answer, thinking

STEPS = thinking(np.zeros(1, np.int64), np.zeros(1, np.int64)).shape[1] - PROMPT_LENGTH
"""Characters of a worked answer, the end included."""
TEMPERATURE = 1.0
VOTES = (5, 15)
"""How many samples vote."""


class Greedy(NamedTuple):
    correct: int
    """Problems with the right answer."""
    flawless: int
    """Problems with every character right; a wrong step can still end in a right answer."""
    batched: int
    """Right answers where the whole set is one batch: dynamic int8 then shares its scales among all."""
    direct: int
    """Right answers without written steps."""


def greedy(path: Path, problems: Problems) -> Greedy:
    """Largest logit at each step, one problem at a time as in the page."""
    model = session(path)
    right = problems[0] * problems[1]
    asked = prompts(problems)
    alone = np.concatenate([write(model, row[None], STEPS) for row in asked])
    blurted = np.concatenate([write(model, row[None], ANSWER_LENGTH + 1) for row in prompts(problems, DIRECT)])
    return Greedy(
        correct=_correct(alone, right),
        flawless=int((alone == thinking(*problems)[:, PROMPT_LENGTH:]).all(1).sum()),
        batched=_correct(write(model, asked, STEPS), right),
        direct=_correct(blurted, right),
    )


class Sampled(NamedTuple):
    one: float
    """Share of single samples with the right answer."""
    votes: dict[int, int]
    """Problems whose most frequent answer is right, by number of samples."""
    distinct: float
    """Mean number of different answers among the most samples."""


def sampled(path: Path, problems: Problems, seed: int) -> Sampled:
    """max(VOTES) samples of each problem at TEMPERATURE; fewer votes count the first of them."""
    model, random = session(path), np.random.default_rng(seed)
    right = problems[0] * problems[1]
    asked = prompts(problems, THINK)
    rounds = [
        [answer(tokens) for tokens in write(model, asked, STEPS, TEMPERATURE, random)] for _ in range(max(VOTES))
    ]
    answers = list(zip(*rounds, strict=True))
    return Sampled(
        one=float(np.mean([[given == product for given in row] for row, product in zip(answers, right, strict=True)])),
        votes={
            count: int(sum(vote(row[:count]) == product for row, product in zip(answers, right, strict=True)))
            for count in VOTES
        },
        distinct=float(np.mean([len(set(row)) for row in answers])),
    )


def vote(answers: tuple[int | None, ...]) -> int | None:
    """The most frequent answer, of equals the one given first; unreadable ones have no vote."""
    counts = Counter(given for given in answers if given is not None)
    return counts.most_common(1)[0][0] if counts else None


def _correct(written: np.ndarray, right: np.ndarray) -> int:
    return int(sum(answer(tokens) == product for tokens, product in zip(written, right, strict=True)))
