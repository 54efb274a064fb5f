"""What the files answer on held-out problems, as onnxruntime on the CPU runs them."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .data import Problems
from .engine import prompts, session, write
from .language import ANSWER_LENGTH, DIRECT, PROMPT_LENGTH, answer, thinking

STEPS = thinking(np.zeros(1, np.int64), np.zeros(1, np.int64)).shape[1] - PROMPT_LENGTH
"""Characters of a worked answer, the end included."""
TEMPERATURE = 0.7
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
    both_ways: dict[int, int]
    """The same, where every second sample is of the problem with its factors swapped."""
    distinct: float
    """Mean number of different answers among the most samples."""


def sampled(path: Path, problems: Problems, seed: int) -> Sampled:
    """max(VOTES) samples of each problem at TEMPERATURE; fewer votes count the first of them."""
    model, random = session(path), np.random.default_rng(seed)
    a, b = problems
    right = a * b

    def draw(asked: np.ndarray, count: int) -> list[list[int | None]]:
        return [_answers(write(model, asked, STEPS, TEMPERATURE, random)) for _ in range(count)]

    most = max(VOTES)
    straight, swapped = draw(prompts((a, b)), most), draw(prompts((b, a)), most // 2)
    mixed = [(swapped if i % 2 else straight)[i // 2] for i in range(most)]

    def elected(rounds: list[list[int | None]]) -> dict[int, int]:
        return {
            count: _equal([vote(row) for row in zip(*rounds[:count], strict=True)], right) for count in VOTES
        }

    return Sampled(
        one=sum(_equal(row, right) for row in straight) / (most * len(right)),
        votes=elected(straight),
        both_ways=elected(mixed),
        distinct=float(np.mean([len(set(row)) for row in zip(*straight, strict=True)])),
    )


class Agreement(NamedTuple):
    agreed: int
    """Problems of which a * b and b * a get the same answer, by the largest logit."""
    right: int
    """Of those, how many are right."""


def agreement(path: Path, problems: Problems) -> Agreement:
    """How much it says about an answer that the swapped problem gets the same."""
    model = session(path)
    a, b = problems
    one, other = (_answers(write(model, prompts(asked), STEPS)) for asked in ((a, b), (b, a)))
    same = [
        (given, product)
        for given, swapped, product in zip(one, other, a * b, strict=True)
        if given is not None and given == swapped
    ]
    return Agreement(len(same), sum(bool(given == product) for given, product in same))


def vote(answers: tuple[int | None, ...]) -> int | None:
    """The most frequent answer, of equals the one given first; unreadable ones have no vote."""
    counts = Counter(given for given in answers if given is not None)
    return counts.most_common(1)[0][0] if counts else None


def _correct(written: np.ndarray, right: np.ndarray) -> int:
    return _equal(_answers(written), right)


def _answers(written: np.ndarray) -> list[int | None]:
    return [answer(tokens) for tokens in written]


def _equal(answers: list[int | None], right: np.ndarray) -> int:
    return sum(bool(given == product) for given, product in zip(answers, right, strict=True))
