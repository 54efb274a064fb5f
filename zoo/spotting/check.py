"""Verifies the files in public/models against the entry and the bars: python -m spotting.check, in the folder zoo.

Exits with 1 and a line per fault if something is wrong.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx

from common import cost
from common.check import model_entry, report
from common.files import file_facts
from common.paths import MODELS

from . import entry, measure, original, samples
from .boxes import matched
from .pictures import HEIGHT, WIDTH
from .sources import fetch_network

LEAST_RECALL, LEAST_PRECISION = 0.95, 0.93
"""Of fp32, on the lines of the rendered pictures."""
LEAST_MAP_IOU = {"fp32": 1.0, "fp16": 0.995, "int8w": 0.97, "int8": 0.92, "int8d": 0.89}
"""Agreement of each variant with fp32."""
MOST_DRIFT = 0.01
"""Another processor rounds differently: what is measured again may differ from the entry by this."""
LEAST_BOXES = {"fp32": 1.0, "fp16": 0.99, "int8w": 0.99, "int8": 0.97, "int8d": 0.92}
"""Of fp32's boxes, those that each variant finds too."""
MOST_DIFFERENCE = 1e-3
"""Between the fp32 file's maps and those of the network as published."""


class Faults(list[str]):
    def expect(self, holds: bool, fault: str) -> None:
        if not holds:
            self.append(fault)


def faults(model: dict[str, Any]) -> list[str]:
    """What is wrong with the entry or the files it names; empty if all is well."""
    found = Faults()
    index = samples.read_index()
    for item in (model["samples"], *index, *model["variants"]):
        path = MODELS / item["file"]
        if not path.exists():
            return [f"{path.name} is missing"]
        facts = file_facts(path)
        found.expect(facts == {key: item[key] for key in facts}, f"{path.name}: size or digest differs from the entry")
    _check_samples(index, found)
    _check_variants(model, found)
    _check_graphs(model, found)
    return found


def _check_samples(index: list[dict[str, Any]], found: Faults) -> None:
    reader = original.session(entry.FP32)
    for item in index:
        pixels = samples.read(MODELS / item["file"])
        found.expect(pixels.shape == (item["height"], item["width"], 3), f"{item['id']}: size differs from the index")
        found.expect(item["bytes"] <= samples.MOST_BYTES, f"{item['id']}: {item['bytes']} bytes")
        if "boxes" in item:
            boxes = original.decoded(original.run(reader, original.prepared(pixels)), WIDTH, HEIGHT).boxes
            right = matched(boxes, np.float32(item["boxes"]))
            found.expect(right == len(item["boxes"]), f"{item['id']}: fp32 finds {right} of {len(item['boxes'])} lines")


def _check_variants(model: dict[str, Any], found: Faults) -> None:
    pictures = measure.subjects()
    pixels = [picture.pixels for picture in pictures]
    published = measure.maps(fetch_network(), pixels[:5])
    reference = measure.maps(entry.FP32, pixels)
    difference = max(float(np.abs(a - b).max()) for a, b in zip(published, reference, strict=False))
    found.expect(difference <= MOST_DIFFERENCE, f"fp32: maps differ by {difference} from the published network's")
    for variant in model["variants"]:
        maps = measure.maps(MODELS / variant["file"], pixels)
        accuracy, fidelity = measure.accuracy(maps, pictures), measure.fidelity(maps, reference, pictures)
        print(variant["file"], f"recall {accuracy['value']:.4f}, map IoU {fidelity['mapIou']:.4f}")
        stated = variant["accuracy"]
        found.expect(stated["value"] == stated["correct"] / stated["of"], f"{variant['id']}: value is not correct / of")
        for key, now, said in (
            ("recall", accuracy["value"], stated["value"]),
            ("precision", accuracy["precision"], stated["precision"]),
            ("mapIou", fidelity["mapIou"], variant["fidelity"]["mapIou"]),
        ):
            found.expect(abs(now - said) <= MOST_DRIFT, f"{variant['id']}: {key} {now}, the entry says {said}")
        least = LEAST_MAP_IOU[variant["id"]]
        found.expect(fidelity["mapIou"] >= least, f"{variant['id']}: map IoU {fidelity['mapIou']}, bar {least}")
        share, least = fidelity["boxesMatched"] / fidelity["referenceBoxes"], LEAST_BOXES[variant["id"]]
        found.expect(share >= least, f"{variant['id']}: finds {share} of fp32's boxes, bar {least}")
        if variant["id"] == "fp32":
            found.expect(accuracy["value"] >= LEAST_RECALL, f"fp32: recall {accuracy['value']}, bar {LEAST_RECALL}")
            found.expect(accuracy["precision"] >= LEAST_PRECISION, f"fp32: precision {accuracy['precision']}")


def _check_graphs(model: dict[str, Any], found: Faults) -> None:
    fp32 = onnx.load(entry.FP32)
    for key, value in (("parameters", cost.parameters(fp32)), ("macs", cost.macs(fp32, sizes=entry.SIZES))):
        found.expect(value == model[key], f"{key}: {value} in the graph, {model[key]} in the entry")
    found.expect(model["task"] == json.loads(json.dumps(entry.task())), "task: not what the original is set to")
    for variant in model["variants"]:
        graph = onnx.load(MODELS / variant["file"])
        onnx.checker.check_model(graph, full_check=True)
        shapes = {
            value.name: [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim]
            for value in (*graph.graph.input, *graph.graph.output)
        }
        expected = {"image": ["batch", 3, "height", "width"], "map": ["batch", 1, "height", "width"]}
        found.expect(shapes == expected, f"{variant['id']}: {shapes}, expected {expected}")
        found.expect(cost.operators(graph) == variant["operators"], f"{variant['id']}: operators differ from the entry")

    running, convolutions = _running(entry.INT8), cost.operators(fp32)["Conv"]
    all_integer = running.get("QLinearConv") == convolutions and "Conv" not in running
    found.expect(all_integer, f"int8: not all {convolutions} Conv run as QLinearConv: {running}")


def _running(path: Path) -> dict[str, int]:
    """Operators left after onnxruntime's fusions: those that really run on the CPU."""
    with TemporaryDirectory() as folder:
        optimized = Path(folder) / "optimized.onnx"
        original.session(path, optimized=optimized)
        return cost.operators(onnx.load(optimized))


def main() -> None:
    report("spotting", faults(model_entry("spotting")))


if __name__ == "__main__":
    main()
