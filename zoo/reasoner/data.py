"""Which problems are trained on, and which never are."""

import numpy as np

from .language import LIMIT

Problems = tuple[np.ndarray, np.ndarray]
"""First and second factors, int64 [n] each."""
HELD_OUT_EVERY = 100
"""One problem in this many is kept out of training, both ways round."""
TEST_PROBLEMS = 1_000
VALIDATION_PROBLEMS = 500


def held_out(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """bool [n]: never trained on. Depends on the problem alone, and is the same for a * b and b * a."""
    number = (np.minimum(a, b) * LIMIT + np.maximum(a, b)).astype(np.uint64)
    # SplitMix64's mixing steps: every bit of the problem moves every bit of the hash.
    number = (number + np.uint64(0x9E3779B97F4A7C15)).astype(np.uint64)
    number = (number ^ (number >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    number = (number ^ (number >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (number ^ (number >> np.uint64(31))) % np.uint64(HELD_OUT_EVERY) == 0


def training_problems(count: int, random: np.random.Generator) -> Problems:
    """int64 [count] and [count], 0 to LIMIT - 1 each, none held out."""
    a, b = random.integers(0, LIMIT, (2, count + count // 10 + 20))
    kept = ~held_out(a, b)
    return a[kept][:count], b[kept][:count]


def held_out_problems(seed: int) -> tuple[Problems, Problems]:
    """Test and validation problems: two factors of full length each, all different, none trained on."""
    random = np.random.default_rng(seed)
    a, b = random.integers(LIMIT // 10, LIMIT, (2, 2 * HELD_OUT_EVERY * (TEST_PROBLEMS + VALIDATION_PROBLEMS)))
    kept = held_out(a, b)
    unique = np.unique(np.sort(np.stack([a[kept], b[kept]]), 0), axis=1, return_index=True)[1]
    order = np.sort(unique)  # as drawn
    a, b = a[kept][order], b[kept][order]
    end = TEST_PROBLEMS + VALIDATION_PROBLEMS
    return (a[:TEST_PROBLEMS], b[:TEST_PROBLEMS]), (a[TEST_PROBLEMS:end], b[TEST_PROBLEMS:end])
