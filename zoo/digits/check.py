"""Verifies the files in public/models against the manifest and the bars: python -m digits.check, in the folder zoo.

Exits with 1 and a line per fault if something is wrong.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx

from common import cost
from common.check import model_entry, report
from common.files import file_facts
from common.paths import MODELS

from . import samples
from .data import CLASSES, load
from .evaluate import correct, correct_per_class, running_operators
from .model import OUTPUTS

LEAST_ACCURACY = 0.990
"""Of the fp32 logits, on the 10,000 test images."""
MOST_LOSS = 0.003
"""What int8 may lose against fp32."""
MOST_BYTES = 400_000
"""Of every model and every pack."""


def faults(model: dict[str, Any]) -> list[str]:
    """What is wrong with the manifest's entry or the files it names; empty if all is well."""
    found = []
    test = load(0).test  # the seed only moves the split of the training set

    def expect(holds: bool, fault: str) -> None:
        if not holds:
            found.append(fault)

    for item in (model["samples"], model["preview"], *model["variants"]):
        path = MODELS / item["file"]
        if not path.exists():
            return [f"{path.name} is missing"]
        facts = file_facts(path)
        expect(facts == {key: item[key] for key in facts}, f"{path.name}: size or digest differs from the manifest")
        expect(facts["bytes"] <= MOST_BYTES, f"{path.name}: {facts['bytes']} bytes, allowed {MOST_BYTES}")

    for key, per_class in (("samples", samples.PACK_PER_CLASS), ("preview", samples.PREVIEW_PER_CLASS)):
        pack = samples.read_pack(MODELS / model[key]["file"])
        histogram = np.bincount(pack.labels, minlength=CLASSES).tolist()
        expect(histogram == [per_class] * CLASSES, f"{key}: {histogram} images per class")
        expect(len(pack.labels) == model[key]["count"], f"{key}: count differs from the manifest")

    logits, *exits = OUTPUTS
    pack = samples.read_pack(MODELS / model["samples"]["file"])
    reference = model["variants"][0]["accuracy"]["value"]
    expect(reference >= LEAST_ACCURACY, f"fp32 accuracy {reference}, bar {LEAST_ACCURACY}")
    for variant in model["variants"]:
        path, stated = MODELS / variant["file"], variant["accuracy"]
        onnx.checker.check_model(onnx.load(path), full_check=True)
        hits = correct(path, test)
        print(path.name, {name: f"{count / len(test.labels):.2%}" for name, count in hits.items()})
        # Another CPU rounds differently: allow a few images, as the files themselves are pinned by their digests.
        expect(
            abs(hits[logits] - stated["correct"]) <= 5, f"{path.name}: {hits[logits]} right, not as the manifest says"
        )
        expect(stated["value"] == stated["correct"] / stated["of"], f"{path.name}: value is not correct / of")
        expect(reference - hits[logits] / len(test.labels) <= MOST_LOSS, f"{path.name}: loses more than {MOST_LOSS}")
        for exit in exits:
            drift = abs(hits[exit] / len(test.labels) - stated["exits"][exit])
            expect(drift <= 0.0005, f"{path.name}: {exit} is not as the manifest says")
        per_class, known = correct_per_class(path, test), stated["perClass"]
        expect(per_class["of"] == known["of"], f"{path.name}: another number of images per class")
        expect(sum(known["correct"]) == stated["correct"], f"{path.name}: classes do not add up to the right ones")
        drifts = [abs(a - b) for a, b in zip(per_class["correct"], known["correct"])]
        expect(max(drifts) <= 5, f"{path.name}: {per_class['correct']} right per class, not as the manifest says")
        on_samples = correct(path, pack)[logits] / len(pack.labels)
        expect(abs(on_samples - stated["onSamples"]) <= 0.001, f"{path.name}: onSamples is not as the manifest says")
    return found + _graph_faults(model)


def _graph_faults(model: dict[str, Any]) -> list[str]:
    """Costs that differ from the manifest, convolutions that do not run as int8, wrong shapes."""
    found = []
    paths = {variant["id"]: MODELS / variant["file"] for variant in model["variants"]}
    fp32 = onnx.load(paths["fp32"])
    costs: dict[str, Any] = {"parameters": cost.parameters(fp32), "macs": cost.macs(fp32)}
    costs["exitMacs"] = {name: cost.macs(fp32, name) for name in OUTPUTS[1:]}
    found += [
        f"{key}: {value} in the graph, {model[key]} in the manifest"
        for key, value in costs.items()
        if value != model[key]
    ]
    for path in paths.values():
        found += _signature_faults(path)
    running = running_operators(paths["int8"])
    print(f"{paths['int8'].name} runs as {running}")
    if running.get("QLinearConv") != cost.operators(fp32)["Conv"] or any(
        name in running for name in ("Conv", "FusedConv")
    ):
        found.append(f"int8: not every Conv runs as QLinearConv: {running}")
    if "QuantizeLinear" in cost.operators(onnx.load(paths["int8w"])):
        found.append("int8w: has a QuantizeLinear")
    return found


def _signature_faults(path: Path) -> list[str]:
    graph = onnx.load(path).graph
    found = {
        value.name: [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim]
        for value in (*graph.input, *graph.output)
    }
    expected = {"image": ["batch", 1, 28, 28], **{name: ["batch", CLASSES] for name in OUTPUTS}}
    same = list(found.items()) == list(expected.items())
    return [] if same else [f"{path.name}: {found}, expected {expected}"]


def main() -> None:
    report("digits", faults(model_entry("digits")))


if __name__ == "__main__":
    main()
