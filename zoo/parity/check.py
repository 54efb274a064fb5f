"""Verifies the fixtures in src/core/compress/fixtures, and the site's own compressor by them: python -m parity.check.

onnxruntime quantizes the float models again; the compressor makes the same variants from the same inputs, and onnx checks
and onnxruntime runs them. Exits with 1 and a line per fault.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
from onnx import ModelProto
from onnxruntime.quantization import CalibrationMethod
from onnxruntime.quantization.calibrate import TensorData, TensorsData

from common.check import report
from common.compress import compress

from .calibrate import METHODS, Feeds
from .fixtures import FACTS, FIXTURES, FLOAT, archive, read, read_tensors, run
from .models import MODELS
from .quantize import quantize
from .settings import BLOCKS, DYNAMIC, STATIC, VARIANTS

MOST_BYTES = 600_000
"""Of all fixtures together."""
LEAST_MODELS = 8
SLACK = 1.0001
"""Of a step: the last digits of a float32."""
BIT_DB = 6.02
"""A file may be so much farther from the float model than onnxruntime's, where it quantizes nodes that that leaves float."""


def faults() -> list[str]:
    """What is wrong; empty if all is well."""
    expected, present = set(map(archive, MODELS)), set(FIXTURES.iterdir())
    found = [f"{path.name} is missing" for path in sorted(expected - present)]
    found += [f"{path.name} belongs to no model" for path in sorted(present - expected)]
    total = sum(path.stat().st_size for path in present)
    print(f"{len(present)} models, {sum(map(len, VARIANTS.values()))} variants, {total} bytes in all")
    if total > MOST_BYTES:
        found.append(f"{total} bytes, allowed {MOST_BYTES}")
    if len(present) < LEAST_MODELS:
        found.append(f"{len(present)} models, at least {LEAST_MODELS} wanted")
    for name in MODELS:
        if archive(name).exists():
            found += [f"{name}: {fault}" for fault in _model_faults(name)]
            print(f"{name}: {len(VARIANTS[name])} variants compared", flush=True)
    return found


def _model_faults(name: str) -> list[str]:
    files = read(name)
    facts = json.loads(files[FACTS])
    models = {
        member.removesuffix(".onnx"): ModelProto.FromString(data)
        for member, data in files.items()
        if member.endswith(".onnx")
    }
    original = models.pop(FLOAT)
    if list(models) != list(VARIANTS[name]):
        return [f"has the variants {', '.join(models)}"]
    ranges = {method: _ranges(method, facts["ranges"][method]) for method in METHODS}
    inputs = [read_tensors(feed) for feed in facts["inputs"]]
    exact = run(original, inputs)
    found = []
    for variant, theirs in models.items():
        if quantize(original, ranges, variant) != theirs:
            found.append(f"{variant}: onnxruntime now makes something else")
        outputs = run(theirs, inputs)
        stored = [read_tensors(tensors) for tensors in facts["outputs"][variant]]
        if not all(np.allclose(a[key], b[key], atol=1e-4) for a, b in zip(outputs, stored, strict=True) for key in a):
            found.append(f"{variant}: onnxruntime now computes something else")
        found += [f"{variant}: {fault}" for fault in _our_faults(original, variant, facts, inputs, exact, outputs)]
    return found


def _ranges(method: str, written: dict[str, list[float]]) -> TensorsData:
    ends = {
        name: TensorData(lowest=np.float32(low), highest=np.float32(high)) for name, (low, high) in written.items()
    }
    kind: CalibrationMethod = METHODS[method][0]
    return TensorsData(kind, ends)


def _our_faults(
    original: ModelProto, variant: str, facts: dict[str, Any], inputs: list[Feeds], exact: list[Feeds], theirs: list[Feeds]
) -> list[str]:
    """What is wrong with the variant as the site's compressor makes it."""
    seen = [read_tensors(feed) for feed in facts["calibration"]]
    stacked = {name: np.stack([feed[name] for feed in seen]) for name in seen[0]}
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "float.onnx", Path(folder) / "ours.onnx"
        source.write_bytes(original.SerializeToString())
        compress(source, _recipe(variant, original), target, stacked)
        model = onnx.load(target)
    onnx.checker.check_model(model, full_check=True)
    ours = run(model, inputs)
    found = []
    for output in exact[0]:
        steps = max(_steps(a[output], b[output]) for a, b in zip(ours, theirs, strict=True))
        mine, other = _nearness(ours, exact, output), _nearness(theirs, exact, output)
        if steps > SLACK and mine < other - BIT_DB:
            found.append(f"{output} is {steps:.1f} steps from onnxruntime's, {mine:.1f} dB where that has {other:.1f}")
    return found


def _recipe(variant: str, model: ModelProto) -> dict[str, Any]:
    """Our settings for a variant."""
    return {"version": 1, "title": variant, "steps": [_step(variant, model)]}


def _step(variant: str, model: ModelProto) -> dict[str, Any]:
    if variant in STATIC:
        settings = STATIC[variant]
        options: dict[str, Any] = {
            "activations": settings.activations.removeprefix("Q").lower(),
            "symmetric": settings.symmetric,
            "perChannel": settings.per_channel,
            "cover": "all",
            "sparing": False,
            "method": settings.method,
        }
        percentile = METHODS[settings.method][1].get("percentile")
        return {"technique": "static-int8", "options": options | ({"percentile": percentile} if percentile else {})}
    if variant in DYNAMIC:
        weights = DYNAMIC[variant].weights.removeprefix("Q").lower()
        options = {"weights": weights, "convWeights": weights, "perChannel": DYNAMIC[variant].per_channel}
        return {"technique": "dynamic-int8", "options": options}
    # onnxruntime's tool takes MatMul alone.
    only = [node.output[0] for node in model.graph.node if node.op_type == "MatMul"]
    bits, block, symmetric = BLOCKS[variant]
    options = {"bits": bits, "block": block, "symmetric": symmetric, "only": only}
    return {"technique": "weights", "options": options}


def _steps(ours: np.ndarray, theirs: np.ndarray) -> float:
    """How far apart, in steps of 8 bits over their range."""
    step = (max(theirs.max(), 0) - min(theirs.min(), 0)) / 255
    return float(np.abs(ours - theirs).max() / step) if step > 0 else 0.0


def _nearness(outputs: list[Feeds], exact: list[Feeds], name: str) -> float:
    """Signal to noise over all inputs, in decibels."""
    want = np.concatenate([feed[name].reshape(-1) for feed in exact])
    noise = np.concatenate([feed[name].reshape(-1) for feed in outputs]) - want
    return float(10 * np.log10(np.square(want).sum() / max(np.square(noise).sum(), 1e-30)))


def main() -> None:
    report("parity", faults())


if __name__ == "__main__":
    main()
