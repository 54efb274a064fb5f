"""Normalizations."""

from .case import Case, cases, each

CASES: list[Case] = [
    *cases("BatchNormalization", (6, 7, 9, 14, 15), "f32[N,3,8,8] f32[3] f32[3] f32[3] f32[3]"),
    *cases("BatchNormalization", 15, "f32[N,3] f32[3] f32[3] f32[3] f32[3]", outputs=3, training_mode=1),
    *cases("InstanceNormalization", (1, 6, 22), "f32[N,3,H,W] f32[3] f32[3]"),
    *cases("LayerNormalization", 17, "f32[N,S,384] f32[384] f32[384]"),
    *cases("LayerNormalization", 17, "f32[2,3,4] f32[3,4]", outputs=3, axis=1),
    *cases("GroupNormalization", (18, 21), "f32[N,8,H,W] f32[8] f32[8]", num_groups=4),
    *cases("RMSNormalization", 23, "f32[N,S,384] f32[384]"),
    *each("LRN", (1, 13), "f32[N,3,8,8]", size=5),
    *each("LpNormalization", (1, 22), "f32[N,3,8]", axis=1, p=2),
    *cases("MeanVarianceNormalization", 9, "f32[N,3,8,8]"),
    *cases("SoftmaxCrossEntropyLoss", 13, "f32[N,5] i64[N]", outputs=2),
    *cases("SoftmaxCrossEntropyLoss", 13, "f32[N,5] i64[N]", reduction="none"),
    *cases("NegativeLogLikelihoodLoss", 13, "f32[2,5,7] i64[2,7]", reduction="none"),
]
