"""The files for the site's tests: one archive for each model."""

import gzip
import json
import tarfile
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from onnx import ModelProto
from onnxruntime.quantization.calibrate import TensorsData

from common.paths import ZOO

from .calibrate import METHODS, Feeds, calibrate, feeds
from .models import MODELS
from .quantize import quantize
from .settings import VARIANTS

FIXTURES = ZOO.parent / "src" / "core" / "compress" / "fixtures"

FLOAT = "float"
"""What the model that is not quantized is called among the variants."""
FACTS = "facts.json"


def archive(name: str) -> Path:
    return FIXTURES / f"{name}.tar.gz"


def members(name: str) -> dict[str, bytes]:
    """What the archive of a model holds, made anew."""
    model = MODELS[name]()
    seen, unseen = feeds(model)
    ranges = {method: calibrate(model, seen, method) for method in METHODS}
    files = {FLOAT: model} | {variant: quantize(model, ranges, variant) for variant in VARIANTS[name]}
    facts = {
        "calibration": [_written(feed) for feed in seen],
        "inputs": [_written(feed) for feed in unseen],
        "ranges": {method: _ends(found) for method, found in ranges.items()},
        "outputs": {
            variant: [_written(output) for output in run(file, unseen)] for variant, file in files.items()
        },
    }
    return {f"{variant}.onnx": file.SerializeToString(deterministic=True) for variant, file in files.items()} | {
        FACTS: json.dumps(facts, separators=(",", ":")).encode()
    }


def run(model: ModelProto, inputs: list[Feeds]) -> list[Feeds]:
    """All outputs, by name, for each input."""
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return [dict(zip(names, session.run(names, feed), strict=True)) for feed in inputs]


def _written(tensors: Feeds) -> dict[str, Any]:
    return {
        name: {
            "type": str(data.dtype),
            "dims": list(data.shape),
            # float32 in as few digits as tell it from its neighbours.
            "data": [json.loads(str(number)) for number in data.reshape(-1)],
        }
        for name, data in tensors.items()
    }


def read_tensors(written: dict[str, Any]) -> Feeds:
    return {
        name: np.array(tensor["data"], tensor["type"]).reshape(tensor["dims"]) for name, tensor in written.items()
    }


def _ends(ranges: TensorsData) -> dict[str, list[float]]:
    """Lowest and highest, in digits that are exact."""
    return {name: [np.asarray(end, np.float32).item() for end in data.range_value] for name, data in ranges.items()}


def write(name: str, content: dict[str, bytes]) -> None:
    """The same bytes every time."""
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for member, data in content.items():
            info = tarfile.TarInfo(member)
            info.size = len(data)
            tar.addfile(info, BytesIO(data))
    archive(name).write_bytes(gzip.compress(packed.getvalue(), 9, mtime=0))


def read(name: str) -> dict[str, bytes]:
    with tarfile.open(archive(name)) as tar:
        return {info.name: file.read() for info in tar if (file := tar.extractfile(info))}
