"""If, Loop, Scan. Only the node's own outputs are stored: for types inside of bodies there are the real models."""

import numpy as np
from onnx import helper

from .case import Case, cases, graph, scalar

_node = helper.make_node


def _branch(name: str, dims: list[int], kind: type = np.float32) -> object:
    constant = {f"{name}_c": np.zeros(dims, kind)}
    return graph(name, [_node("Identity", [f"{name}_c"], [f"{name}_y"])], {}, [f"{name}_y"], **constant)


def _body(carried: str, *, grows: bool = False) -> object:
    """Keeps going, carries one value (negated, or concatenated with itself), scans it out."""
    step = _node("Concat", ["v", "v"], ["v_out"], axis=0) if grows else _node("Neg", ["v"], ["v_out"])
    return graph(
        "body",
        [_node("Identity", ["go"], ["go_out"]), step, _node("Abs", ["v"], ["scanned"])],
        {"i": "i64[]", "go": "bool[]", "v": carried},
        ["go_out", "v_out", "scanned"],
    )


def _scan(state: str, item: str) -> object:
    return graph(
        "scan",
        [_node("Add", ["s", "x"], ["s_out"]), _node("Mul", ["s_out", "x"], ["y"])],
        {"s": state, "x": item},
        ["s_out", "y"],
    )


_TRIP = scalar(5, "int64")
_GO = scalar(True, np.bool_)

CASES: list[Case] = [
    *cases("If", (1, 11, 13, 16, 21), "bool[]", then_branch=_branch("a", [2, 3]), else_branch=_branch("b", [2, 3])),
    *cases("If", 13, "bool[]", then_branch=_branch("a", [2, 3]), else_branch=_branch("b", [4, 3])),
    *cases("If", 13, "bool[]", then_branch=_branch("a", [2, 3]), else_branch=_branch("b", [3])),
    *cases("If", 16, "bool[]", then_branch=_branch("a", [2, 3], np.int64), else_branch=_branch("b", [2, 1], np.int64)),
    *cases("Loop", (11, 13, 16, 21), [_TRIP, _GO, "f32[N,3]"], outputs=2, body=_body("")),
    *cases("Loop", 13, "i64[] bool[] f32[2,3]", outputs=2, body=_body("f32[2,3]")),
    *cases("Loop", 13, [None, "bool[]", "f32[2,3]"], outputs=2, body=_body("")),
    *cases("Loop", 13, "i64[] bool[] f32[2,3]", outputs=2, body=_body("", grows=True)),
    *cases("Scan", (9, 11, 16), "f32[3] f32[T,3]", outputs=2, body=_scan("", ""), num_scan_inputs=1),
    *cases(
        "Scan",
        11,
        "f32[3] f32[3,7]",
        outputs=2,
        body=_scan("f32[3]", "f32[3]"),
        num_scan_inputs=1,
        scan_input_axes=[1],
        scan_output_axes=[1],
    ),
    *cases("Scan", 8, [None, "f32[2,3]", "f32[2,7,3]"], outputs=2, body=_scan("", ""), num_scan_inputs=1),
]
