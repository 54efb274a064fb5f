"""Fixtures for the tests of src/tasks/files/core: real files' ends, and what the original makes of them."""

import gzip
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from magika import PredictionMode

from common.paths import ZOO

from . import original
from .corpus import Corpus
from .samples import LICENCE, samples

FOLDER = ZOO.parent / "src" / "tasks" / "files" / "core" / "fixtures"
CASES = FOLDER / "cases.gz"
MOST_BYTES = 400_000
BLOCK = original.SETTINGS["block_size"]
MODES = (PredictionMode.HIGH_CONFIDENCE, PredictionMode.MEDIUM_CONFIDENCE, PredictionMode.BEST_GUESS)
LICENCES = ("MIT", "ISC", "BSD-2-Clause")
"""Of sources whose files may be kept here, the notice given."""


class Case(NamedTuple):
    name: str
    source: str
    licence: str
    content: bytes
    type: str | None


def write(corpus: Corpus) -> int:
    """Write every case; the number of them.

    Gzip of a line of JSON, then per case the first and the last block (the last only if the file is longer than one)
    and the original's tokens, uint16, if it makes any.
    """
    cases = [*_real(corpus), *_samples(), *_edges()]
    parts = [_part(case) for case in cases]
    line = json.dumps([head for head, _ in parts], separators=(",", ":"), ensure_ascii=True) + "\n"
    FOLDER.mkdir(parents=True, exist_ok=True)
    CASES.write_bytes(gzip.compress(line.encode("ascii") + b"".join(body for _, body in parts), 9, mtime=0))
    size = CASES.stat().st_size
    if size > MOST_BYTES:
        raise ValueError(f"{CASES.name}: {size} bytes, allowed {MOST_BYTES}")
    return len(cases)


def _part(case: Case) -> tuple[dict[str, Any], bytes]:
    content = case.content
    head, tail = content[:BLOCK], content[-BLOCK:] if len(content) > BLOCK else b""
    tokens = original.tokens(content)
    by_mode = {str(mode): original.answer(content, mode) for mode in MODES}
    sure = by_mode[str(MODES[0])]
    facts = {
        "name": case.name,
        "source": case.source,
        "licence": case.licence,
        "size": len(content),
        "head": len(head),
        "tail": len(tail),
        "tokens": 0 if tokens is None else len(tokens),
        "type": case.type,
        "choice": sure.model,
        "score": sure.score,
        "output": {mode: answer.output for mode, answer in by_mode.items()},
        "reason": {mode: answer.reason for mode, answer in by_mode.items()},
    }
    return facts, head + tail + (b"" if tokens is None else tokens.astype("<u2").tobytes())


def _real(corpus: Corpus) -> Iterator[Case]:
    """The smallest file of every type that the original answers, and of every type that it is not sure enough of."""
    best: dict[tuple[str, str], Any] = {}
    for file in corpus.measured:
        if file.source.licence not in LICENCES:
            continue
        answer = original.answer(file.content)
        key = (answer.model, answer.reason)
        if key not in best or len(file.content) < len(best[key].content):
            best[key] = file
    for _, file in sorted(best.items()):
        source = f"{file.source.name} {file.source.version}"
        yield Case(file.path, source, file.source.licence, file.content, file.type)


def _samples() -> Iterator[Case]:
    for sample in samples():
        yield Case(sample.name, "zoo/files", LICENCE, sample.content, sample.type)


def _edges() -> Iterator[Case]:
    """Around every rule: sizes, white space that counts and that does not, tiny files that are no UTF-8."""
    line = b"The quick brown fox jumps over the lazy dog. "
    edges = {
        "one byte": b"a",
        "one byte that is no UTF-8": b"\xff",
        "half a letter": "é".encode()[:1],
        "a surrogate": b"\xed\xa0\x80",
        "overlong": b"\xc0\xaf",
        "beyond Unicode": b"\xf4\x90\x80\x80",
        "letters of 2, 3 and 4 bytes": "é€".encode(),
        "a byte order mark": b"\xef\xbb\xbfhi",
        "7 bytes": b"1234567",
        "8 bytes": b"12345678",
        "8 spaces": b" " * 8,
        "8 bytes in white space": b"\n\t " + b"12345678" + b" \r\n",
        "7 bytes in white space": b"\x0b\x0c" * 3 + b"1234567" + b"\n" * 9,
        "separators that bytes do not strip": b"\x1c\x1d\x1e\x1f" * 4,
        "Latin-1's spaces": b"\x85\xa0" * 8,
        "5,000 spaces": b" " * 5000,
        "text behind 5,000 spaces": b" " * 5000 + line,
        "text before 5,000 spaces": line + b" " * 5000,
        "a block of white space between texts": line + b"\n" * 8192 + line,
        "a block that ends within a letter": b" " * 4095 + "é".encode() + line * 100,
        "zeros": bytes(3000),
        **{f"{size} bytes of text": (line * 200)[:size] for size in (1023, 1024, 1025, 2047, 2048, 4095, 4096, 4097)},
        "8,193 bytes of text": (line * 200)[:8192] + b"!",
        "every byte": bytes(range(256)) * 20,
    }
    for name, content in edges.items():
        yield Case(name, "zoo/files", LICENCE, content, None)


def read() -> list[tuple[dict[str, Any], np.ndarray | None]]:
    """Every case's facts and tokens."""
    line, body = gzip.decompress(CASES.read_bytes()).split(b"\n", 1)
    found: list[tuple[dict[str, Any], np.ndarray | None]] = []
    at = 0
    for facts in json.loads(line):
        start = at + facts["head"] + facts["tail"]
        at = start + 2 * facts["tokens"]
        tokens = np.frombuffer(body[start:at], "<u2").astype(np.int32) if facts["tokens"] else None
        found.append((facts, tokens))
    return found
