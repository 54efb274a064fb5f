"""Verifies the files in public/models against their entries in the manifest and the bars: python -m reasoner.check, in the folder zoo.

Exits with 1 and a line per fault if something is wrong.
"""

import json
from typing import Any

import numpy as np
import onnx

from common import cost
from common.check import model_entry, report
from common.files import file_facts
from common.paths import MODELS

from .__main__ import SEED
from .cost import answer_macs, macs
from .data import held_out, held_out_problems
from .engine import session
from .entry import TIMED_PAST, task
from .evaluate import STEPS, agreement, greedy, sampled
from .graph import past_names, present_names
from .language import LIMIT, PROMPT_LENGTH, VOCABULARY, answer, direct, thinking
from .model import HEAD_WIDTH, HEADS
from .variants import STATES

WELL_TRAINED = 0.95
"""The least share of right answers of the final fp32 file."""
EARLY = (0.30, 0.70)
"""Where that of the early one lies: right often, but not always."""
MOST_PARAMETERS = 1_000_000
MOST_BYTES = 2_000_000
"""Of every model."""
ROUNDING = 5
"""Answers of 1,000 that another processor's rounding may change; the files themselves are pinned by their digests."""

DRAWING = 20
"""Answers of 1,000 that may change by votes: one draw that rounds otherwise changes all that follow it."""


def faults(model: str, entry: dict[str, Any]) -> list[str]:
    """What is wrong with an entry or the files it names; empty if all is well."""
    found = []
    test, _ = held_out_problems(SEED)

    def expect(holds: bool, fault: str) -> None:
        if not holds:
            found.append(f"{model}: {fault}")

    for item in (entry["samples"], entry["preview"], *entry["variants"]):
        path = MODELS / item["file"]
        if not path.exists():
            return [f"{path.name} is missing"]
        facts = file_facts(path)
        expect(facts == {key: item[key] for key in facts}, f"{path.name}: size or digest differs from the entry")
        expect(facts["bytes"] <= MOST_BYTES, f"{path.name}: {facts['bytes']} bytes, allowed {MOST_BYTES}")
    for key in ("samples", "preview"):
        problems = np.array(json.loads((MODELS / entry[key]["file"]).read_text("utf-8")))
        same = np.array_equal(problems, np.stack(test, 1)[: entry[key]["count"]])
        expect(same, f"{key}: not the held-out problems of the recipe")

    expect(entry["task"] == task(), "the task differs from the recipe's")
    expect(entry["parameters"] <= MOST_PARAMETERS, f"{entry['parameters']} parameters")
    share = entry["variants"][0]["accuracy"]["value"]
    low, high = EARLY if STATES[model] == "early" else (WELL_TRAINED, 1)
    expect(low <= share <= high, f"fp32 is right in {share:.1%}, allowed {low:.0%} to {high:.0%}")
    for variant in entry["variants"]:
        path, stated = MODELS / variant["file"], variant["accuracy"]
        proto = onnx.load(path)
        onnx.checker.check_model(proto)
        expect(variant["operators"] == cost.operators(proto), f"{path.name}: other operators than the entry says")
        result = greedy(path, test)
        print(path.name, result)
        for key, count in result._asdict().items():
            expect(abs(count - stated[key]) <= ROUNDING, f"{path.name}: {key} {count}, the entry says {stated[key]}")
        expect(stated["value"] == stated["correct"] / stated["of"], f"{path.name}: value is not correct / of")
        expect(_right_shapes(path.name), f"{path.name}: logits or cache have other shapes than the task says")
    fp32_path = MODELS / entry["variants"][0]["file"]
    drawn, swapped = sampled(fp32_path, test, SEED), agreement(fp32_path, test)
    print(model, drawn, swapped)
    for stated in entry["sampling"]["votes"]:
        for key, votes in (("correct", drawn.votes), ("bothWays", drawn.both_ways)):
            count = votes[stated["samples"]]
            expect(abs(count - stated[key]) <= DRAWING, f"{stated['samples']} votes, {key}: {count}, not {stated[key]}")
    for key, count in swapped._asdict().items():
        expect(abs(count - entry["swapped"][key]) <= ROUNDING, f"swapped, {key}: {count}, not {entry['swapped'][key]}")
    fp32 = onnx.load(fp32_path)
    prompt = {"length": PROMPT_LENGTH, "past": 0, "total": PROMPT_LENGTH}
    in_graph = cost.macs(fp32, sizes=prompt)
    expect(in_graph == macs(PROMPT_LENGTH, 0) == entry["promptMacs"], f"{in_graph} MACs in the graph for a prompt")
    expect(entry["macs"] == macs(1, TIMED_PAST), f"{entry['macs']} MACs for one character")
    expect(entry["answerMacs"] == answer_macs(STEPS), f"{entry['answerMacs']} MACs for an answer")
    return found


def _right_shapes(name: str) -> bool:
    """Whether two sequences of three tokens give logits and a cache of the shapes that the task names."""
    cache = {past: np.zeros((2, HEADS, 0, HEAD_WIDTH), np.float32) for past in past_names()}
    feeds = {"tokens": np.zeros((2, 3), np.int32), **cache}
    logits, *present = session(MODELS / name).run(["logits", *present_names()], feeds)
    shapes = {part.shape for part in present}
    return logits.shape == (2, len(VOCABULARY)) and shapes == {(2, HEADS, 3, HEAD_WIDTH)}


def language_faults() -> list[str]:
    """Whether written work ends in Python's own product, and the test problems are held out both ways round."""
    a, b = np.random.default_rng(SEED).integers(0, LIMIT, (2, 10_000))
    right = all(
        answer(tokens) == product
        for form in (thinking, direct)
        for tokens, product in zip(form(a, b), a * b, strict=True)
    )
    (first, second), _ = held_out_problems(SEED)
    apart = held_out(first, second).all() and held_out(second, first).all()
    return ([] if right else ["written work has wrong answers"]) + ([] if apart else ["test problems are not held out"])


def main() -> None:
    found = language_faults()
    for model in STATES:
        found += faults(model, model_entry(model))
    report("reasoner", found)


if __name__ == "__main__":
    main()
