"""Silero VAD's network in two forms with the same inputs and outputs: as published, and written without control flow.

Inputs: `input` float32 [batch, 576], 64 samples of context and 512 new ones at 16 kHz, -1..1;
`state` float32 [2, batch, 128], the LSTM's hidden and cell state, zeros at first.
Outputs: `output` float32 [batch, 1], the probability of speech; `stateN`, the next frame's `state`.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SAMPLE_RATE = 16_000
FRAME = 512
CONTEXT = 64
STATE = (2, 1, 128)
OPSET = 21
"""The first with int4 and blocked QuantizeLinear, so that every later variant fits in the same opset."""
IR_VERSION = 10
HIDDEN = 128
BINS = 129
"""Frequencies of a Fourier transform of 256 samples; the first convolution makes their cosine and sine parts."""


def with_control_flow(published: Path) -> onnx.ModelProto:
    """The published graph with its `sr` no longer an input: this file knows 16 kHz only and says so."""
    model = onnx.load(published)
    graph = model.graph
    (rate,) = (value for value in graph.input if value.name == "sr")
    graph.input.remove(rate)
    graph.initializer.append(numpy_helper.from_array(np.array(SAMPLE_RATE, np.int64), "sr"))
    _declare(graph)
    return model


def plain(published: Path) -> onnx.ModelProto:
    """The same arithmetic with the same weights, without If: one of each branch can ever run at 16 kHz."""
    weights = {item.name: numpy_helper.to_array(item) for item in onnx.load(published).graph.initializer}
    nodes = [
        helper.make_node("Pad", ["input", "pads"], ["padded"], mode="reflect"),
        helper.make_node("Unsqueeze", ["padded", "one"], ["wave"]),
        helper.make_node("Conv", ["wave", "fourier"], ["spectrum"], strides=[128]),
        helper.make_node("Slice", ["spectrum", "zero", "bins", "one"], ["cosine"]),
        helper.make_node("Slice", ["spectrum", "bins", "end", "one"], ["sine"]),
        helper.make_node("Mul", ["cosine", "cosine"], ["cosine_squared"]),
        helper.make_node("Mul", ["sine", "sine"], ["sine_squared"]),
        helper.make_node("Add", ["cosine_squared", "sine_squared"], ["power"]),
        helper.make_node("Sqrt", ["power"], ["magnitude"]),
    ]
    constants = {
        "pads": np.array([0, 0, 0, CONTEXT]),
        "zero": np.array([0]),
        "one": np.array([1]),
        "two": np.array([2]),
        "bins": np.array([BINS]),
        "end": np.array([2 * BINS]),
        "fourier": weights["model.stft.forward_basis_buffer"],
    }
    last = "magnitude"
    for i, stride in enumerate((1, 2, 2, 1)):
        for kind in ("weight", "bias"):
            constants[f"conv{i}_{kind}"] = weights[f"model.encoder.{i}.reparam_conv.{kind}"]
        inputs = [last, f"conv{i}_weight", f"conv{i}_bias"]
        nodes.append(helper.make_node("Conv", inputs, [f"conv{i}"], strides=[stride], pads=[1, 1]))
        nodes.append(helper.make_node("Relu", [f"conv{i}"], [f"relu{i}"]))
        last = f"relu{i}"
    decoder = "model.decoder.rnn"
    constants["lstm_weight"] = _gates(weights[f"{decoder}.weight_ih"])[None]
    constants["lstm_recurrent"] = _gates(weights[f"{decoder}.weight_hh"])[None]
    biases = [_gates(weights[f"{decoder}.bias_{which}"]) for which in ("ih", "hh")]
    constants["lstm_bias"] = np.concatenate(biases)[None]
    for kind in ("weight", "bias"):
        constants[f"score_{kind}"] = weights[f"model.decoder.decoder.2.{kind}"]
    lstm = ["features", "lstm_weight", "lstm_recurrent", "lstm_bias", "", "hidden", "cell"]
    nodes += [
        helper.make_node("Transpose", [last], ["features"], perm=[2, 0, 1]),
        helper.make_node("Slice", ["state", "zero", "one", "zero"], ["hidden"]),
        helper.make_node("Slice", ["state", "one", "two", "zero"], ["cell"]),
        helper.make_node("LSTM", lstm, ["", "hidden_next", "cell_next"], hidden_size=HIDDEN),
        helper.make_node("Concat", ["hidden_next", "cell_next"], ["stateN"], axis=0),
        helper.make_node("Relu", ["hidden_next"], ["heard"]),
        helper.make_node("Transpose", ["heard"], ["heard_last"], perm=[1, 2, 0]),
        helper.make_node("Conv", ["heard_last", "score_weight", "score_bias"], ["score"]),
        helper.make_node("Sigmoid", ["score"], ["probability"]),
        helper.make_node("Squeeze", ["probability", "two"], ["output"]),
    ]
    for node in nodes:
        node.name = node.output[0] or "lstm"
    tensors = [numpy_helper.from_array(np.ascontiguousarray(array), name) for name, array in constants.items()]
    graph = helper.make_graph(nodes, "speech", [], [], tensors)
    _declare(graph)
    opset = helper.make_operatorsetid("", OPSET)
    model = helper.make_model(graph, opset_imports=[opset], ir_version=IR_VERSION)
    return onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)


def save(model: onnx.ModelProto, path: Path) -> None:
    """Check, then write one file: no external data."""
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString(deterministic=True))


def _gates(tensor: np.ndarray) -> np.ndarray:
    """PyTorch's order of the LSTM's gates (input, forget, cell, output) to ONNX's (input, output, forget, cell)."""
    at_input, forget, cell, at_output = np.split(tensor, 4)
    return np.concatenate([at_input, at_output, forget, cell])


def _declare(graph: onnx.GraphProto) -> None:
    batch, state = "batch", [STATE[0], "batch", HIDDEN]
    float32 = TensorProto.FLOAT
    del graph.input[:], graph.output[:]
    graph.input.append(helper.make_tensor_value_info("input", float32, [batch, CONTEXT + FRAME]))
    graph.input.append(helper.make_tensor_value_info("state", float32, state))
    graph.output.append(helper.make_tensor_value_info("output", float32, [batch, 1]))
    graph.output.append(helper.make_tensor_value_info("stateN", float32, state))
