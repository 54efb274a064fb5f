"""Matrix products, Einsum and attention."""

from .case import Case, cases

CASES: list[Case] = [
    *cases("MatMul", (1, 9, 13), "f32[N,3,4] f32[4,5]"),
    *cases("MatMul", 13, "f32[2,1,3,4] f32[7,4,5]"),
    *cases("MatMul", 13, "f32[B,8,S,64] f32[B,8,64,T]"),
    *cases("MatMul", 13, "f32[4] f32[4]"),
    *cases("MatMul", 13, "f32[4] f32[N,4,5]"),
    *cases("MatMul", 13, "f32[N,3,4] f32[4]"),
    *cases("MatMul", 13, "f32[N,3] f32[?,5]"),
    *cases("MatMul", 13, "f32[?,?] f32[3,5]"),
    *cases("Gemm", (6, 7, 9, 11, 13), "f32[2,3] f32[3,5] f32[2,5]"),
    *cases("Gemm", (9, 13), "f32[N,3] f32[5,3] f32[5]", transB=1),
    *cases("Gemm", 13, "f32[3,2] f32[3,5]", transA=1),
    *cases("Gemm", 13, "f32[3,N] f32[M,3]", transA=1, transB=1, alpha=0.5),
    *cases("Einsum", 12, "f32[B,3,4] f32[B,4,5]", equation="bij,bjk->bik"),
    *cases("Einsum", 12, "f32[2,3,4] f32[4,5]", equation="...j,jk"),
    *cases("Einsum", 12, "f32[2,3,4] f32[2,5,4]", equation="bqd, bkd -> bqk"),
    *cases("Einsum", 12, "f32[3,3]", equation="ii->i"),
    *cases("Einsum", 12, "f32[3,4]", equation="ij->"),
    *cases("Einsum", 12, "f32[2,3,4] f32[2,4,5]", equation="...ij,...jk->...ik"),
    *cases("Einsum", 12, "f32[2,3]", equation="ij->ji"),
    *cases("Attention", 23, "f32[B,8,S,64] f32[B,8,T,64] f32[B,8,T,32]"),
    *cases("Attention", 23, "f32[2,16,512] f32[2,20,128] f32[2,20,128]", q_num_heads=8, kv_num_heads=2),
    *cases(
        "Attention",
        23,
        ["f32[2,8,4,64]", "f32[2,8,4,64]", "f32[2,8,4,64]", None, "f32[2,8,12,64]", "f32[2,8,12,64]"],
        outputs=3,
        is_causal=1,
    ),
    *cases("Attention", 23, "f32[2,8,4,64] f32[2,8,6,64] f32[2,8,6,64] f32[4,6]", outputs=["y0", "", "", "y3"]),
    *cases("RotaryEmbedding", 23, "f32[B,8,S,64] f32[50,32] f32[50,32] i64[B,S]"),
    *cases("RotaryEmbedding", 23, "f32[2,16,512] f32[50,32] f32[50,32] i64[2,16]", num_heads=8, interleaved=1),
]
