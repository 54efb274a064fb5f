"""Sequences and optionals."""

from onnx import TensorProto

from .case import Case, cases, ints, scalar, type_of

CASES: list[Case] = [
    *cases("SequenceConstruct", 11, "f32[2,3] f32[2,3]"),
    *cases("SequenceConstruct", 11, "f32[N,3] f32[2,5]"),
    *cases("SequenceConstruct", 11, "f32[N,3] f32[N,3,4]"),
    *cases("SequenceEmpty", 11, "", dtype=TensorProto.INT64),
    *cases("SequenceAt", 11, ["seq(f32[N,3])", scalar(0, "int64")]),
    *cases("SequenceInsert", 11, "seq(f32[2,3]) f32[2,3]"),
    *cases("SequenceInsert", 11, "seq(f32[2,3]) f32[2,4] i64[]"),
    *cases("SequenceErase", 11, "seq(f32[N,3])"),
    *cases("SequenceLength", 11, "seq(f32[N,3])"),
    *cases("SplitToSequence", 11, ["f32[6,N]", scalar(2, "int64")]),
    *cases("SplitToSequence", 11, ["f32[6,N]", ints(2, 4)]),
    *cases("SplitToSequence", 11, "f32[6,N]", axis=0, keepdims=0),
    *cases("SplitToSequence", 11, "f32[6,N]", axis=0),
    *cases("SplitToSequence", 24, ["f32[7,3]", scalar(2, "int64")], axis=0),
    *cases("ConcatFromSequence", 11, "seq(f32[N,3])", axis=0),
    *cases("ConcatFromSequence", 11, "seq(f32[2,3])", axis=1, new_axis=1),
    *cases("Optional", 15, "f32[N,3]"),
    *cases("Optional", 15, "", type=type_of("f32[2]")),
    *cases("OptionalHasElement", (15, 18), "opt(f32[N,3])"),
    *cases("OptionalGetElement", (15, 18), "opt(f32[N,3])"),
    *cases("OptionalGetElement", 18, "f32[N,3]"),
]
