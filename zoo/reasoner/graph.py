"""The ONNX file: one graph that reads a prompt and writes the next character, with the cache as inputs and outputs.

Written node by node, so that names, shapes and operators are what a reader expects.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .language import VOCABULARY
from .model import CONTEXT, HEAD_WIDTH, HEADS, LAYERS, WIDTH
from .train import Weights

OPSET = 21
IR_VERSION = 10
"""The one that came with opset 21; older readers refuse more."""
HIDDEN_FROM_VIEW = -1e4
"""Added to the scores of later positions; small enough for float16, and its exponential is 0."""
NORM_EPSILON = 1e-5


def past_names() -> list[str]:
    """Inputs of the cache, float32 [batch, heads, past, head width] each; outputs say `present` for `past`."""
    return [f"past_{part}_{layer}" for layer in range(LAYERS) for part in ("key", "value")]


def present_names() -> list[str]:
    return [name.replace("past", "present") for name in past_names()]


def export(weights: Weights, path: Path) -> None:
    """tokens int32 [batch, length] and the cache to `logits` [batch, vocabulary] of the last position and its cache."""
    builder = _Builder({name: tensor.numpy() for name, tensor in weights.items()})
    x = builder.embedding()
    for layer in range(LAYERS):
        x = builder.layer(layer, x)
    builder.head(x)

    cache = [HEADS, HEAD_WIDTH]
    graph = helper.make_graph(
        builder.nodes,
        "reasoner",
        [
            helper.make_tensor_value_info("tokens", TensorProto.INT32, ["batch", "length"]),
            *(_floats(name, ["batch", cache[0], "past", cache[1]]) for name in past_names()),
        ],
        [
            _floats("logits", ["batch", len(VOCABULARY)]),
            *(_floats(name, ["batch", cache[0], "total", cache[1]]) for name in present_names()),
        ],
        builder.constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString(deterministic=True))


class _Builder:
    """Collects nodes and constants; every method returns the name of what it computes."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        causal = np.triu(np.full((CONTEXT, CONTEXT), HIDDEN_FROM_VIEW, np.float32), 1)
        self.causal = self.constant("causal", causal)
        self.split_heads = self.constant("split_heads", np.array([0, 0, HEADS, HEAD_WIDTH]))
        self.join_heads = self.constant("join_heads", np.array([0, 0, WIDTH]))
        self.mask = ""

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def node(self, operator: str, inputs: list[str], output: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], name=f"{output}_node", **attributes))
        return output

    def embedding(self) -> str:
        """Tokens and positions [batch, length, width]; also the causal mask [length, total]."""
        past = self.node("Shape", [past_names()[0]], "past_length", start=2, end=3)
        length = self.node("Shape", ["tokens"], "length", start=1, end=2)
        total = self.node("Add", [past, length], "total_length")
        rows = self.constant("rows", np.array([0]))
        table = self.constant("position_table", self.weights["position.weight"])
        positions = self.node("Slice", [table, past, total, rows], "positions")
        visible = self.node("Slice", [self.causal, past, total, rows], "mask_rows")
        zero, columns = self.constant("first", np.array([0])), self.constant("columns", np.array([1]))
        self.mask = self.node("Slice", [visible, zero, total, columns], "mask")
        tokens = self.node("Gather", [self.constant("token_table", self.weights["token.weight"]), "tokens"], "embedded")
        return self.node("Add", [tokens, positions], "embedded_in_place")

    def layer(self, index: int, x: str) -> str:
        """One layer, [batch, length, width] to the same."""
        at, key = f"layer{index}", f"layers.{index}"
        qkv = self.weights[f"{key}.qkv.weight"].copy()
        qkv[:WIDTH] /= np.float32(np.sqrt(HEAD_WIDTH))  # the scores' scale, so that no node needs to apply it
        self.weights[f"{key}.qkv.weight"] = qkv
        joined = self.product(self.norm(x, f"{key}.attention_norm", f"{at}_attention_norm"), f"{key}.qkv", f"{at}_qkv")
        parts = [f"{at}_{part}_flat" for part in ("query", "key", "value")]
        self.nodes.append(helper.make_node("Split", [joined], parts, name=f"{at}_split_node", axis=2, num_outputs=3))
        query, new_key, new_value = (self.heads(part) for part in parts)
        keys = self.node("Concat", [f"past_key_{index}", new_key], f"present_key_{index}", axis=2)
        values = self.node("Concat", [f"past_value_{index}", new_value], f"present_value_{index}", axis=2)

        turned = self.node("Transpose", [keys], f"{at}_keys_turned", perm=[0, 1, 3, 2])
        scores = self.node("MatMul", [query, turned], f"{at}_scores")
        masked = self.node("Add", [scores, self.mask], f"{at}_scores_masked")
        shares = self.node("Softmax", [masked], f"{at}_shares", axis=-1)
        seen = self.node("MatMul", [shares, values], f"{at}_seen")
        seen = self.node("Transpose", [seen], f"{at}_seen_turned", perm=[0, 2, 1, 3])
        seen = self.node("Reshape", [seen, self.join_heads], f"{at}_seen_joined")
        x = self.node("Add", [x, self.product(seen, f"{key}.mix", f"{at}_mix")], f"{at}_attended")

        up = self.product(self.norm(x, f"{key}.hidden_norm", f"{at}_hidden_norm"), f"{key}.up", f"{at}_up")
        down = self.product(self.node("Relu", [up], f"{at}_relu"), f"{key}.down", f"{at}_down")
        return self.node("Add", [x, down], f"{at}_out")

    def head(self, x: str) -> None:
        """The last position's logits [batch, vocabulary]."""
        last = self.node("Gather", [x, self.constant("last", np.array(-1))], "last_position", axis=1)
        self.product(self.norm(last, "norm", "final_norm"), "head", "logits")

    def norm(self, x: str, key: str, output: str) -> str:
        scale = self.constant(f"{output}_scale", self.weights[f"{key}.weight"])
        bias = self.constant(f"{output}_bias", self.weights[f"{key}.bias"])
        return self.node("LayerNormalization", [x, scale, bias], output, axis=-1, epsilon=NORM_EPSILON)

    def product(self, x: str, key: str, output: str) -> str:
        weight = self.constant(f"{output}_weight", self.weights[f"{key}.weight"].T)
        return self.node("MatMul", [x, weight], output)

    def heads(self, flat: str) -> str:
        """[batch, length, width] to [batch, heads, length, head width]."""
        split = self.node("Reshape", [flat, self.split_heads], flat.replace("flat", "split"))
        return self.node("Transpose", [split], flat.replace("_flat", ""), perm=[0, 2, 1, 3])


def _floats(name: str, shape: list[int | str]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
