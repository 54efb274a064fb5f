"""Verifies the files in public/models against the entry and the bars: python -m files.check, in the folder zoo.

Exits with 1 and a line per fault if something is wrong.
"""

from typing import Any

import numpy as np
import onnx

from common import cost
from common.check import model_entry, report
from common.files import file_facts, sha256
from common.paths import MODELS

from . import corpus, entry, fixtures, measure, original, samples
from .__main__ import SEED
from .evaluate import run
from .variants import FP32

LEAST_SAME = {"fp32": 1.0, "int8": 0.95, "int8d": 0.97, "int8w": 0.99, "fp16": 0.99, "fp16all": 0.99}
"""Share of answers equal to the package's, by variant."""
MOST_BYTES = 3_200_000
LEAST_SAME_IN_HALF = {"fp16": 0.95, "fp16all": 0.0}
"""The same where float16 is really computed; "fp16all" is there to be wrong."""
ROUNDING = 0.005
"""Share of answers that another processor's rounding may change; the files themselves are pinned by their digests."""
LEAST_KINDS = 40
LEAST_SAMPLES = 12


def faults(model: dict[str, Any]) -> list[str]:
    """What is wrong with the entry or the files it names; empty if all is well."""
    found = []

    def expect(holds: bool, fault: str) -> None:
        if not holds:
            found.append(fault)

    for item in (model["samples"], model["task"]["types"], *model["variants"]):
        path = MODELS / item["file"]
        if not path.exists():
            return [f"{path.name} is missing"]
        facts = file_facts(path)
        expect(facts == {key: item[key] for key in facts}, f"{path.name}: size or digest differs from the entry")
        expect(facts["bytes"] <= MOST_BYTES, f"{path.name}: {facts['bytes']} bytes, allowed {MOST_BYTES}")

    expect(sha256(FP32) == sha256(original.MODEL), f"{FP32.name} is not the package's file")
    expect(model["task"] == entry.task(), "the task differs from the package's settings")
    fp32 = onnx.load(FP32)
    expect(model["macs"] == cost.macs(fp32), f"macs: {cost.macs(fp32)} in the graph, {model['macs']} in the entry")
    expect(model["parameters"] == entry.parameters(fp32), "parameters are not as the entry says")

    pack = samples.read_pack(MODELS / model["samples"]["file"])
    expect(len(pack) == model["samples"]["count"] >= LEAST_SAMPLES, f"samples: {len(pack)} in the pack")
    # Not their bytes: another SQLite or zlib writes others, and the pack is pinned by its digest.
    expect([name for name, _ in pack] == [sample.name for sample in samples.samples()], "samples: not the recipe's")
    made = {sample.name: sample.type for sample in samples.samples()}
    recognised = sum(original.answer(content).output == made[name] for name, content in pack if made[name])
    expect(recognised >= len(pack) * 3 // 4, f"samples: the package recognises {recognised} of {len(pack)}")
    return found + _variant_faults(model) + _fixture_faults()


def _variant_faults(model: dict[str, Any]) -> list[str]:
    """Answers measured anew: not as the entry says, or below the bar."""
    found = []
    files = corpus.load(SEED)
    against = measure.reference(FP32, files.measured)
    for variant in model["variants"]:
        path = MODELS / variant["file"]
        onnx.checker.check_model(onnx.load(path), full_check=True)
        now = measure.measured(path, against)
        same, right = now["fidelity"]["value"], now["accuracy"]["value"]
        print(f"{path.name}: {same:.2%} as the package, {right:.2%} right")
        if same < LEAST_SAME[variant["id"]]:
            found.append(f"{path.name}: {same:.2%} of the answers are the package's, below the bar")
        if variant["precision"] == "fp16":
            half = measure.in_half(path, files.held_out)
            print(f"{path.name}: {half['same']} of {half['of']} where float16 is computed")
            if half != variant["halfArithmetic"] or half["value"] < LEAST_SAME_IN_HALF[variant["id"]]:
                found.append(f"{path.name}: {half}, not as the entry says or below the bar")
        for key, value in (("fidelity", same), ("accuracy", right)):
            if abs(value - variant[key]["value"]) > ROUNDING or now[key]["of"] != variant[key]["of"]:
                found.append(f"{path.name}: {key} {now[key]}, not as the entry says")
    return found


def _fixture_faults() -> list[str]:
    """Cases of the tests that the package, or its file on their tokens, answers otherwise than they say."""
    cases = fixtures.read()
    kinds = {facts["output"]["high_confidence"] for facts, _ in cases if facts["source"] != "zoo/files"}
    found = [] if len(kinds) >= LEAST_KINDS else [f"fixtures: {len(kinds)} kinds of real files, bar {LEAST_KINDS}"]
    with_tokens = [(facts, tokens) for facts, tokens in cases if tokens is not None]
    scores = run(FP32, np.stack([tokens for _, tokens in with_tokens]))
    for (facts, _), row in zip(with_tokens, scores, strict=True):
        answer = original.decide(row)
        if answer.output != facts["output"]["high_confidence"] or abs(answer.score - facts["score"]) > 1e-4:
            found.append(f"fixtures: {facts['name']}: {answer}")
    return found


def main() -> None:
    report("files", faults(model_entry("files")))


if __name__ == "__main__":
    main()
