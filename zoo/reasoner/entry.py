"""The models' entries, in the form of public/models/manifest.json."""

import os
import platform
from pathlib import Path
from typing import Any

import onnx

from common import cost
from common.files import file_facts
from common.paths import MODELS

from . import samples
from .cost import answer_macs, macs
from .data import Problems
from .evaluate import STEPS, TEMPERATURE, agreement, greedy, sampled
from .graph import IR_VERSION, OPSET, past_names, present_names
from .language import ANSWER_LENGTH, DIGITS, DIRECT, END, PROMPT_LENGTH, THINK, VOCABULARY
from .model import CONTEXT, HEAD_WIDTH, HEADS
from .train import BATCH, DIRECT_BATCH, THREADS, Trained
from .train import STEPS as TRAINING_STEPS
from .variants import FORMS, STATES, path_of

PACK, PREVIEW = MODELS / "reasoner-problems-1000.json", MODELS / "reasoner-problems-20.json"
PREVIEW_PROBLEMS = 20
LICENCE = "Apache-2.0"
NOTICE = "The model is made by this project's own recipe, from problems that the recipe invents."
TIMED_PAST = CONTEXT // 2
"""Characters behind the one that a race on the site times: one inference."""
WATTS_PER_THREAD = 4.0
WITHIN = 3.0
"""The energy is a rule of thumb: the true value lies between a third and three times of it."""
TITLES = {"reasoner": "Reasoner", "reasoner-early": "Reasoner, stopped early"}
TEST_DATA = "held-out problems of two four-digit factors, one at a time, largest logit at each step"


def entry(model: str, trained: Trained, test: Problems, seed: int) -> dict[str, Any]:
    """Everything the site shows about this model, measured on the files that stand in public/models."""
    early = STATES[model] == "early"
    steps, seconds = (trained.early_steps, trained.early_seconds) if early else (TRAINING_STEPS, trained.seconds)
    fp32 = onnx.load(path_of(model, "fp32"))
    drawn = sampled(path_of(model, "fp32"), test, seed)
    swapped = agreement(path_of(model, "fp32"), test)
    of = len(test[0])
    return {
        "id": model,
        "title": TITLES[model],
        "sentence": f"Multiplies two numbers of up to {DIGITS} digits, and writes out every step.",
        "task": task(),
        "parameters": cost.parameters(fp32) - CONTEXT**2,  # the causal mask is no parameter
        "macs": macs(1, TIMED_PAST),
        "answerMacs": answer_macs(STEPS),
        "promptMacs": macs(PROMPT_LENGTH, 0),
        "directMacs": answer_macs(ANSWER_LENGTH + 1),
        "licence": {"spdx": LICENCE, "notice": NOTICE},
        "source": "zoo/reasoner",
        "training": training(steps, seconds),
        "sampling": {
            "variant": "fp32",
            "temperature": TEMPERATURE,
            "of": of,
            "oneRight": drawn.one,
            "votes": [
                {"samples": count, "correct": right, "bothWays": drawn.both_ways[count]}
                for count, right in drawn.votes.items()
            ],
            "distinct": drawn.distinct,
        },
        "swapped": {"variant": "fp32", "of": of, **swapped._asdict()},
        "samples": samples.facts(PACK),
        "preview": samples.facts(PREVIEW),
        "variants": [_variant(model, name, test) for name in FORMS],
    }


def task() -> dict[str, Any]:
    """What the page must know to feed the model and to read it."""
    return {
        "kind": "arithmetic",
        "tokens": "tokens",
        "logits": "logits",
        "cache": [
            {"past": past, "present": present} for past, present in zip(past_names(), present_names(), strict=True)
        ],
        "heads": HEADS,
        "headWidth": HEAD_WIDTH,
        "context": CONTEXT,
        "vocabulary": VOCABULARY,
        "digits": DIGITS,
        "think": THINK,
        "direct": DIRECT,
        "end": VOCABULARY[END],
    }


def training(steps: int, seconds: float) -> dict[str, Any]:
    """What the training took on this machine, up to the state that was kept."""
    joules = seconds * WATTS_PER_THREAD * THREADS
    return {
        "seconds": round(seconds),
        "machine": f"{THREADS} of {os.cpu_count()} {platform.machine().replace('_', '-')} CPU cores ({_cpu_name()})",
        "steps": steps,
        "data": f"{steps * BATCH:,} worked problems with factors of up to {DIGITS} digits, each drawn anew, and "
        f"{steps * DIRECT_BATCH:,} without steps",
        "joules": {
            "low": round(joules / WITHIN),
            "high": round(joules * WITHIN),
            "method": f"seconds x {WATTS_PER_THREAD:g} W per busy thread (CodeCarbon's fallback) x {THREADS} thread, "
            f"within a factor of {WITHIN:g}",
        },
    }


def _variant(model: str, name: str, test: Problems) -> dict[str, Any]:
    form, path = FORMS[name], path_of(model, name)
    proto = onnx.load(path)
    opset = next(item.version for item in proto.opset_import if item.domain == "")
    assert (opset, proto.ir_version) == (OPSET, IR_VERSION), (path.name, opset, proto.ir_version)
    found, of = greedy(path, test), len(test[0])
    print(path.name, found, flush=True)
    return {
        "id": name,
        "precision": name,
        "title": form.title,
        **file_facts(path),
        "licence": LICENCE,
        "source": form.source,
        "made": form.made,
        "opset": opset,
        "ir": proto.ir_version,
        "operators": cost.operators(proto),
        "accuracy": {
            "metric": "answers right",
            "value": found.correct / of,
            "correct": found.correct,
            "of": of,
            "data": TEST_DATA,
            "flawless": found.flawless,
            "batched": found.batched,
            "direct": found.direct,
        },
    }


def _cpu_name() -> str:
    """The model name as Linux gives it; elsewhere what Python knows."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())
