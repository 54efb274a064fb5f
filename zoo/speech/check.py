"""Verifies the files in public/models against the entry and the bars: python -m speech.check, in the folder zoo.

Exits with 1 and a line per fault if something is wrong.
"""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort

from common import cost
from common.check import model_entry, report
from common.files import file_facts
from common.paths import MODELS

from . import audio, clips, entry, evaluate, original
from .__main__ import SEED
from .network import CONTEXT, FRAME, HIDDEN, SAMPLE_RATE

MOST_BYTES = 1_300_000
MOST_CLIP_BYTES = 150_000
MOST_FROM_ORIGINAL = 1e-4
"""Probabilities of the fp32 file against the original package's default model."""
LEAST_ACCURACY = 0.95
LEAST_SAME_SIDE = {"int8": 0.97, "int8-kept": 0.97, "fp16": 0.999, "fp32-if": 1.0}
"""Of frames heard as a stream; the plain dynamic int8 is offered because it fails."""
DRIFT = 0.002
"""Another CPU rounds differently: allow a few frames, as the files themselves are pinned by their digests."""


def faults(model: dict[str, Any]) -> list[str]:
    """What is wrong with the entry or the files that it names; empty if all is well."""
    found = [fault for item in model["variants"] for fault in _file_faults(item, MOST_BYTES)]
    found += [fault for item in model["clips"] for fault in _file_faults(item, MOST_CLIP_BYTES)]
    if found:
        return found
    fp32 = onnx.load(entry.FP32)
    costs = {"parameters": cost.parameters(fp32), "macs": cost.macs(fp32, sizes={"batch": 1})}
    found += [
        f"{key}: {value} in the graph, {model[key]} in the entry"
        for key, value in costs.items()
        if value != model[key]
    ]
    for item in model["variants"]:
        found += _signature_faults(MODELS / item["file"])
    return found + _original_faults(model) + _measured_faults(model) + _running_faults()


def _file_faults(item: dict[str, Any], most: int) -> list[str]:
    path = MODELS / item["file"]
    if not path.exists():
        return [f"{path.name} is missing"]
    facts = file_facts(path)
    found = []
    if facts != {key: item[key] for key in facts}:
        found.append(f"{path.name}: size or digest differs from the entry")
    if facts["bytes"] > most:
        found.append(f"{path.name}: {facts['bytes']} bytes, allowed {most}")
    return found


def _signature_faults(path: Path) -> list[str]:
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    found = {
        value.name: [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim]
        for value in (*model.graph.input, *model.graph.output)
    }
    state = [2, "batch", HIDDEN]
    expected = {"input": ["batch", CONTEXT + FRAME], "state": state, "output": ["batch", 1], "stateN": state}
    return [] if found == expected else [f"{path.name}: {found}, expected {expected}"]


def _original_faults(model: dict[str, Any]) -> list[str]:
    """The clips as they stand in their files, through our file and through the original package."""
    found = []
    for clip in model["clips"]:
        samples = read_clip(MODELS / clip["file"], clip["bytes"], clip["sampleRate"])
        ours = evaluate.listen(entry.FP32, samples).probabilities
        difference = float(np.abs(ours - original.probabilities(samples)).max())
        print(f"{clip['file']}: at most {difference:.1e} from the original package")
        if not difference <= MOST_FROM_ORIGINAL:
            found.append(f"{clip['file']}: {difference} from the original package, allowed {MOST_FROM_ORIGINAL}")
    return found


def read_clip(path: Path, size: int, rate: int) -> np.ndarray:
    """float32 at 16 kHz; the recipe's own files have 58 bytes before their codes."""
    samples = audio.from_ulaw(np.frombuffer(path.read_bytes()[58:size], np.uint8))
    return samples if rate == SAMPLE_RATE else audio.resample(samples, rate, SAMPLE_RATE)


def _measured_faults(model: dict[str, Any]) -> list[str]:
    found = []
    measured = clips.to_measure_on(SEED)
    reference = {name: evaluate.listen(entry.FP32, clip.samples) for name, clip in measured.items()}
    for item in model["variants"]:
        name, stated = item["id"], item["accuracy"]
        heard = {key: evaluate.listen(MODELS / item["file"], clip.samples) for key, clip in measured.items()}
        right = [evaluate.right(heard[key].probabilities, evaluate.truth(clip)) for key, clip in measured.items()]
        correct, of = (sum(pair[i] for pair in right) for i in (0, 1))
        against = evaluate.compare(
            np.concatenate([heard[key].probabilities for key in measured]),
            np.concatenate([reference[key].probabilities for key in measured]),
        )
        same = against["sameSide"] / against["of"]
        print(f"{item['file']}: {correct / of:.2%} of {of} frames right, {same:.2%} on the side of fp32")
        if of != stated["of"] or abs(correct - stated["correct"]) > DRIFT * of:
            found.append(f"{name}: {correct} of {of} frames right, not as the entry says")
        if stated["value"] != stated["correct"] / stated["of"]:
            found.append(f"{name}: value is not correct / of")
        if name in LEAST_SAME_SIDE:
            if same < LEAST_SAME_SIDE[name]:
                found.append(f"{name}: {same:.4f} of the frames on the side of fp32, bar {LEAST_SAME_SIDE[name]}")
            if correct / of < LEAST_ACCURACY:
                found.append(f"{name}: accuracy {correct / of:.4f}, bar {LEAST_ACCURACY}")
    return found


def _running_faults() -> list[str]:
    """Whether int8 really runs in integers: all six convolutions and the LSTM."""
    with TemporaryDirectory() as folder:
        options = ort.SessionOptions()
        options.log_severity_level = 3
        options.optimized_model_filepath = str(Path(folder) / "optimized.onnx")
        ort.InferenceSession(str(entry.path_of("int8")), options, providers=["CPUExecutionProvider"])
        graph = onnx.load(options.optimized_model_filepath).graph
    running = dict(Counter(node.op_type for node in graph.node))
    print(f"speech-int8.onnx runs as {running}")
    whole = running.get("QLinearConv") == 6 and running.get("DynamicQuantizeLSTM") == 1
    return [] if whole else [f"int8: not every Conv and LSTM runs in integers: {running}"]


def main() -> None:
    report("speech", faults(model_entry("speech")))


if __name__ == "__main__":
    main()
