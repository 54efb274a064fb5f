"""What a variant is worth: right answers where the truth is known, and answers equal to the original's everywhere."""

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from . import half, original
from .corpus import SOURCES, File, stacked
from .evaluate import run
from .original import Answer

GENERIC = ("txt", "unknown")
LOW = "low_confidence"
DATA = "files of " + ", ".join(f"{source.name} {source.version}" for source in SOURCES)


class Reference(NamedTuple):
    """What the package itself answers, with its own model."""

    files: list[File]
    answers: list[Answer]
    scores: np.ndarray
    """float32 [n, 214], of the fp32 file"""


def reference(fp32: Path, files: list[File]) -> Reference:
    return Reference(files, [original.answer(file.content) for file in files], run(fp32, stacked(files)))


def in_half(path: Path, held_out: list[File]) -> dict[str, Any]:
    """`halfArithmetic` of a float16 variant: answers where float16 is really computed."""
    files = held_out[: half.FILES]
    rows = half.run(path, stacked(files))
    finite = np.isfinite(rows).all(axis=1)
    wanted = [original.answer(file.content).output for file in files]
    same = sum(
        bool(sound) and original.decide(row).output == output
        for row, sound, output in zip(rows, finite, wanted, strict=True)
    )
    return {
        "metric": "same answer as the package magika",
        "value": same / len(files),
        "same": same,
        "of": len(files),
        "notFinite": int((~finite).sum()),
        "data": half.DATA,
    }


def measured(path: Path, against: Reference) -> dict[str, Any]:
    """`accuracy` and `fidelity` of a variant, as the manifest has them."""
    scores = run(path, stacked(against.files))
    answers = [original.decide(row) for row in scores]
    known = [(file.type, answer) for file, answer in zip(against.files, answers, strict=True) if file.type]
    right = sum(answer.output == wanted for wanted, answer in known)
    declined = sum(answer.output != wanted and answer.output in GENERIC for wanted, answer in known)
    pairs = list(zip(answers, against.answers, strict=True))
    same = sum(answer.output == wanted.output for answer, wanted in pairs)
    return {
        "accuracy": {
            "metric": "right type",
            "value": right / len(known),
            "correct": right,
            "of": len(known),
            "declined": declined,
            "data": f"{DATA}, of which the type is certain; declined: only called text or unknown",
        },
        "fidelity": {
            "metric": "same answer as the package magika",
            "value": same / len(pairs),
            "same": same,
            "of": len(pairs),
            **_changes(pairs),
            "sameChoice": sum(answer.model == wanted.model for answer, wanted in pairs),
            "largestDifference": round(float(np.abs(scores - against.scores).max()), 6),
            "data": DATA,
        },
    }


def _changes(pairs: list[tuple[Answer, Answer]]) -> dict[str, int]:
    """How answers differ: the original's type became a generic one for want of confidence, the reverse, or else."""
    changes = Counter(
        "lost" if answer.reason == LOW and wanted.reason != LOW
        else "gained" if wanted.reason == LOW and answer.reason != LOW
        else "otherType"
        for answer, wanted in pairs
        if answer.output != wanted.output
    )  # fmt: skip
    return {kind: changes[kind] for kind in ("lost", "gained", "otherType")}


def per_type(against: Reference) -> list[tuple[str, int, int, int, str]]:
    """Of every type that is known of a file: type, files, right, declined, what the others were taken for."""
    table: dict[str, list[str]] = defaultdict(list)
    for file, answer in zip(against.files, against.answers, strict=True):
        if file.type:
            table[file.type].append(answer.output)
    return [
        (
            label,
            len(outputs),
            outputs.count(label),
            0 if label in GENERIC else sum(output in GENERIC for output in outputs),
            ", ".join(sorted({output for output in outputs if output != label and output not in GENERIC})),
        )
        for label, outputs in sorted(table.items())
    ]
