"""onnxruntime's three quantizers, each with one of the settings."""

import logging
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import onnxruntime as ort
from onnx import ModelProto
from onnxruntime.quantization import QuantFormat, QuantType, quantize_dynamic, quantize_static
from onnxruntime.quantization.calibrate import TensorsData, save_tensors_data
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

from .calibrate import METHODS
from .settings import BLOCKS, DYNAMIC, STATIC, Blocks, Dynamic, Static

# The quantizers advise to pre-process, but the models are written as they would be after it; the runtime warns of
# constants that nothing reads any more.
logging.getLogger().setLevel(logging.ERROR)
ort.set_default_logger_severity(3)


def quantize(model: ModelProto, ranges: Mapping[str, TensorsData], variant: str) -> ModelProto:
    """A variant's model; `ranges` by method of calibration."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "float.onnx"
        source.write_bytes(model.SerializeToString())
        if variant in STATIC:
            return _static(source, ranges, STATIC[variant])
        return _dynamic(source, DYNAMIC[variant]) if variant in DYNAMIC else _blocks(source, BLOCKS[variant])


def _static(source: Path, ranges: Mapping[str, TensorsData], settings: Static) -> ModelProto:
    cache, target = source.with_name("ranges.json"), source.with_name("static.onnx")
    save_tensors_data(ranges[settings.method], cache)
    quantize_static(
        source,
        target,
        None,
        quant_format=QuantFormat.QDQ,
        per_channel=settings.per_channel,
        activation_type=QuantType[settings.activations],
        weight_type=QuantType[settings.weights],
        calibrate_method=METHODS[settings.method][0],
        calibration_cache_path=cache,
        extra_options={"ActivationSymmetric": settings.symmetric, "WeightSymmetric": True},
    )
    return onnx.load(target)


def _dynamic(source: Path, settings: Dynamic) -> ModelProto:
    target = source.with_name("dynamic.onnx")
    quantize_dynamic(
        source, target, per_channel=settings.per_channel, weight_type=QuantType[settings.weights]
    )
    return onnx.load(target)


def _blocks(source: Path, settings: Blocks) -> ModelProto:
    quantizer = MatMulNBitsQuantizer(
        onnx.load(source), bits=settings.bits, block_size=settings.block, is_symmetric=settings.symmetric
    )
    quantizer.process()
    return quantizer.model.model
