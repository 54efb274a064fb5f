"""Operators that sum over axes or sort along one: Reduce*, ArgMax, CumSum, TopK, Softmax and the like."""

from .case import Case, cases, each, ints, scalar

_BY_ATTRIBUTE = "ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd"
_AXES_INPUT = f"{_BY_ATTRIBUTE} ReduceSumSquare"

CASES: list[Case] = [
    *each(f"{_BY_ATTRIBUTE} ReduceSum", 11, "f32[N,3,4]", axes=[1], keepdims=1),
    *each(f"{_BY_ATTRIBUTE} ReduceSumSquare", 13, "f32[2,3,4]", axes=[-1, 0], keepdims=0),
    *each(_AXES_INPUT, 18, ["f32[N,3,4]", ints(1, -1)], keepdims=1),
    *each("ReduceMean ReduceMax", 18, ["f32[N,3,4]", ints(-1)], keepdims=0),
    *each("ReduceMax ReduceMin", 20, ["bool[N,3]", ints(1)], keepdims=0),
    *cases("ReduceMean", (1, 11, 13), "f32[N,3,8,8]", axes=[2, 3]),
    *cases("ReduceMean", 13, "f32[N,3,8]"),
    *cases("ReduceMean", 13, "f32[N,3,8]", keepdims=0),
    *cases("ReduceMean", 18, "f32[N,3,8]"),
    *cases("ReduceMean", 18, ["f32[N,3,8]", ints()], noop_with_empty_axes=1),
    *cases("ReduceSum", 13, ["f32[N,3,4]", ints(1)], keepdims=0),
    *cases("ReduceSum", 13, ["f32[N,3,4]", ints(1, 2)]),
    *cases("ReduceSum", 13, "f32[2,3]", noop_with_empty_axes=1),
    *cases("ReduceSum", 13, "f32[2,3]"),
    *cases("ReduceSum", 13, "f32[2,3] i64[1]"),
    *cases("ReduceSum", 13, "f32[2,3] i64[1]", keepdims=0),
    *each("ArgMax ArgMin", (1, 11, 13), "f32[N,3,4]", axis=1, keepdims=0),
    *each("ArgMax ArgMin", (12, 13), "f32[2,3,4]", axis=-1, select_last_index=1),
    *cases("ArgMax", 13, "f32[2,3]"),
    *cases("CumSum", (11, 14), ["f32[N,3]", scalar(1, "int64")]),
    *cases("CumSum", 14, "f32[2,3] i64[]", exclusive=1, reverse=1),
    *cases("TopK", 1, "f32[2,10]", outputs=2, k=3, axis=-1),
    *cases("TopK", (10, 11), ["f32[N,10]", ints(3)], outputs=2),
    *cases("TopK", 11, ["f32[2,10,4]", ints(3)], outputs=2, axis=1, largest=0, sorted=0),
    *cases("TopK", 11, "f32[N,10] i64[1]", outputs=2),
    *each("Softmax LogSoftmax Hardmax", (1, 11, 13), "f32[N,3,4]"),
    *each("Softmax LogSoftmax Hardmax", 13, "f32[2,3]", axis=0),
    *cases("Det", 11, "f32[N,3,3]"),
    *cases("Det", 22, "f32[3,3]"),
]
