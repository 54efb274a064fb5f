"""Held-out problems for the site, and what Python writes for a few of them, for the site's tests."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from common.files import file_facts
from common.paths import ZOO

from .data import Problems
from .engine import prompts, session, write
from .evaluate import STEPS
from .graph import past_names
from .language import ANSWER_LENGTH, DIRECT, decode
from .model import HEAD_WIDTH, HEADS
from .variants import FORMS, STATES, path_of

FIXTURE = ZOO.parent / "src" / "tasks" / "arithmetic" / "core" / "fixtures" / "greedy.json"
FIXTURE_PROBLEMS = 4


def write_problems(problems: Problems, path: Path) -> None:
    """A JSON array of [first factor, second factor]."""
    pairs = [[int(a), int(b)] for a, b in zip(*problems, strict=True)]
    path.write_text(json.dumps(pairs, separators=(",", ":")) + "\n", "utf-8")


def facts(path: Path) -> dict[str, Any]:
    """What the manifest says of a file of problems."""
    return {
        **file_facts(path),
        "count": len(json.loads(path.read_text("utf-8"))),
        "layout": "JSON array of [first factor, second factor]",
        "source": "zoo/reasoner: held out, never trained on",
        "licence": "Apache-2.0",
    }


def write_fixture(problems: Problems) -> None:
    """Per file: greedy answers with and without steps, and the logits after the first prompt."""
    few = (problems[0][:FIXTURE_PROBLEMS], problems[1][:FIXTURE_PROBLEMS])
    files = {
        path.name: _answers(path, few) for model in STATES for form in FORMS for path in [path_of(model, form)]
    }
    FIXTURE.parent.mkdir(parents=True, exist_ok=True)
    FIXTURE.write_text(json.dumps(files, indent=2) + "\n", "utf-8")


def _answers(path: Path, problems: Problems) -> dict[str, Any]:
    model = session(path)
    asked, blurted = prompts(problems), prompts(problems, DIRECT)
    cache = {name: np.zeros((1, HEADS, 0, HEAD_WIDTH), np.float32) for name in past_names()}
    (logits,) = model.run(["logits"], {"tokens": asked[:1], **cache})
    return {
        "thinking": [decode(row) + decode(write(model, row[None], STEPS)[0]) for row in asked],
        "direct": [decode(row) + decode(write(model, row[None], ANSWER_LENGTH + 1)[0]) for row in blurted],
        "firstLogits": [round(float(logit), 5) for logit in logits[0]],
    }
