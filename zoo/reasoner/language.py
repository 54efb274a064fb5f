"""What the model reads and writes: characters, and the form of a worked multiplication.

    1234*5678=23728190+82326180:252690+42024170:2566380+02711160:25660070.
    prompt    P0       P1       R1     P2       R2      P3       R3 = answer, lowest digit first

P0 to P3 multiply the first factor by one digit of the second, the lowest digit first. Each of their four steps is two
characters: the digit to write down and the carry. R1 to R3 are the running sums, lowest digit first.
"""

import numpy as np

VOCABULARY = "0123456789*=?+:."
"""A token is the index of a character; `.` ends the answer."""
THINK, DIRECT = "=", "?"
"""The last character of a prompt asks for the worked steps, or for the answer alone."""
END = VOCABULARY.index(".")
DIGITS = 4
LIMIT = 10**DIGITS
PROMPT_LENGTH = 2 * DIGITS + 2
ANSWER_LENGTH = 2 * DIGITS
"""Digits of the answer, without the end."""


def thinking(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Worked multiplications of int64 [n] and [n], each below LIMIT: int64 tokens [n, 70]."""
    columns = _prompt(a, b, THINK)
    total = np.zeros_like(a)
    for place in range(DIGITS):
        if place > 0:
            columns.append(_mark(a, "+"))
        digit = _digit(b, place)
        carry = np.zeros_like(a)
        for step in range(DIGITS):
            product = _digit(a, step) * digit + carry
            carry = product // 10
            columns += [product % 10, carry]
        total = total + a * digit * 10**place
        if place > 0:
            columns.append(_mark(a, ":"))
            columns += _reversed_digits(total, DIGITS + 1 + place)
    return np.stack([*columns, _mark(a, ".")], 1)


def direct(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The same problems with the answer alone, lowest digit first: int64 tokens [n, 19]."""
    columns = [*_prompt(a, b, DIRECT), *_reversed_digits(a * b, ANSWER_LENGTH), _mark(a, ".")]
    return np.stack(columns, 1)


def decode(tokens: np.ndarray) -> str:
    """One sequence of tokens as text."""
    return "".join(VOCABULARY[token] for token in tokens)


def answer(tokens: np.ndarray) -> int | None:
    """The number that a sequence [length] ends with, or None where its form is broken."""
    text = decode(tokens)
    written = text.split(".")[0][-ANSWER_LENGTH:]
    return int(written[::-1]) if "." in text and len(written) == ANSWER_LENGTH and written.isdigit() else None


def _prompt(a: np.ndarray, b: np.ndarray, mode: str) -> list[np.ndarray]:
    def plain(number: np.ndarray) -> list[np.ndarray]:
        return _reversed_digits(number, DIGITS)[::-1]

    return [*plain(a), _mark(a, "*"), *plain(b), _mark(a, mode)]


def _digit(number: np.ndarray, place: int) -> np.ndarray:
    return number // 10**place % 10


def _reversed_digits(number: np.ndarray, count: int) -> list[np.ndarray]:
    return [_digit(number, place) for place in range(count)]


def _mark(like: np.ndarray, character: str) -> np.ndarray:
    return np.full_like(like, VOCABULARY.index(character))
