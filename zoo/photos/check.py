"""Verifies the files in public/models against the entry and the bars: python -m photos.check, in the folder zoo.

Exits with 1 and a line per fault if something is wrong.
"""

from typing import Any

import onnx
from common import cost
from common.check import model_entry, report
from common.files import file_facts
from common.paths import MODELS

from . import entry, export, labels, samples
from .__main__ import REPORTING
from .evaluate import run, running_operators
from .network import CLASSES

LEAST_AGREEMENT = 0.95
"""Of int8's first class with fp32's, on all crops."""
LEAST_CROPS, LEAST_KNOWN = 200, 12
MOST_SAMPLE_BYTES = 40_000
MOST_BYTES = 31_000_000
"""Of everything together."""
ALLOWED_DRIFT = 3
"""Crops and photos by which another processor's rounding may differ from the entry."""


def faults(model: dict[str, Any]) -> list[str]:
    """What is wrong with the entry or the files it names; empty if all is well."""
    photos = [{**photo, "path": samples.FOLDER / photo["file"]} for photo in model["samples"]["photos"]]
    files = [{**item, "path": MODELS / item["file"]} for item in (model["task"]["labels"], *model["variants"])]
    missing = [f"{item['file']} is missing" for item in (*files, *photos) if not item["path"].exists()]
    return missing or [*_file_faults(files, photos), *_graph_faults(model), *_measured_faults(model)]


def _file_faults(files: list[dict[str, Any]], photos: list[dict[str, Any]]) -> list[str]:
    found = []
    for item in (*files, *photos):
        facts = file_facts(item["path"])
        if facts != {key: item[key] for key in facts}:
            found.append(f"{item['file']}: size or digest differs from the entry")
    found += [f"{photo['file']}: {photo['bytes']} bytes" for photo in photos if photo["bytes"] > MOST_SAMPLE_BYTES]
    total = sum(item["bytes"] for item in (*files, *photos))
    if total > MOST_BYTES:
        found.append(f"{total} bytes in all, allowed {MOST_BYTES}")
    names = labels.read(entry.LABELS)
    if len(names) != CLASSES:
        found.append(f"{len(names)} class names")
    found += [f"{photo['file']}: no class {photo['class']}" for photo in photos if photo["class"] not in (None, *names)]
    found += [f"{photo['file']}: no author or licence" for photo in photos if not (photo["author"] and photo["licence"])]
    listed = {photo["file"] for photo in photos}
    found += [f"{path.name} is not in the entry" for path in samples.FOLDER.iterdir() if path.name not in listed]
    return found


def _graph_faults(model: dict[str, Any]) -> list[str]:
    """Costs that differ from the entry, wrong shapes, convolutions that do not run as int8."""
    fp32 = onnx.load(entry.FP32)
    costs = {"parameters": cost.parameters(fp32), "macs": cost.macs(fp32)}
    found = [f"{key}: {value} in the graph, {model[key]} in the entry" for key, value in costs.items() if value != model[key]]
    for variant in model["variants"]:
        path = MODELS / variant["file"]
        onnx.checker.check_model(onnx.load(path), full_check=True)
        signature = export.signature(path)
        if signature != export.SIGNATURE:
            found.append(f"{path.name}: {signature}")
    running = running_operators(entry.INT8)
    print(f"{entry.INT8.name} runs as {running}")
    if running.get("QLinearConv") != cost.operators(fp32)["Conv"]:
        found.append(f"int8: not every Conv runs as QLinearConv: {running}")
    return found


def _measured_faults(model: dict[str, Any]) -> list[str]:
    reported = entry.Reported.of(samples.split(), labels.read(entry.LABELS), REPORTING)
    reference = run(entry.FP32, reported.crops)
    found = []
    for variant in model["variants"]:
        again = entry.measured(MODELS / variant["file"], reference, reported)
        right, near = again["accuracy"], again["fidelity"]
        print(f"{variant['id']}: {right['correct']} of {right['of']} photos, {near['same']} of {near['of']} crops")
        if abs(right["correct"] - variant["accuracy"]["correct"]) > 1:
            found.append(f"{variant['id']}: {right['correct']} photos right, not as the entry says")
        if abs(near["same"] - variant["fidelity"]["same"]) > ALLOWED_DRIFT:
            found.append(f"{variant['id']}: {near['same']} crops as fp32, not as the entry says")
        if near["value"] < LEAST_AGREEMENT or near["of"] < LEAST_CROPS:
            found.append(f"{variant['id']}: agrees on {near['same']} of {near['of']} crops, bar {LEAST_AGREEMENT:.0%}")
        if right["correct"] < LEAST_KNOWN:
            found.append(f"{variant['id']}: knows {right['correct']} photos, bar {LEAST_KNOWN}")
    return found


def main() -> None:
    report("photos", faults(model_entry("photos")))


if __name__ == "__main__":
    main()
