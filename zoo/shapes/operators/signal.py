"""Fourier transforms, windows, text."""

from onnx import TensorProto

from .case import Case, cases, each, scalar

CASES: list[Case] = [
    *cases("DFT", 17, "f32[N,100,1]", axis=1),
    *cases("DFT", 17, "f32[N,100,1]", axis=1, onesided=1),
    *cases("DFT", 17, ["f32[1,100,2]", scalar(64, "int64")], axis=1, inverse=1),
    *cases("DFT", 20, ["f32[N,100,1]", None, scalar(1, "int64")], onesided=1),
    *cases("DFT", 20, ["f32[N,100,1]", scalar(128, "int64"), scalar(-2, "int64")]),
    *cases("STFT", 17, ["f32[N,1000,1]", scalar(100, "int64"), None, scalar(256, "int64")], onesided=1),
    *cases("STFT", 17, ["f32[2,1000,1]", scalar(100, "int64"), "f32[256]"], onesided=0),
    *cases(
        "MelWeightMatrix",
        17,
        [scalar(80, "int64"), scalar(400, "int64"), scalar(16000, "int64"), scalar(0), scalar(8000)],
    ),
    *each("HannWindow HammingWindow BlackmanWindow", 17, [scalar(400, "int64")]),
    *cases("HannWindow", 17, [scalar(400, "int64")], periodic=0, output_datatype=TensorProto.DOUBLE),
    *cases("HannWindow", 17, "i64[]"),
    *cases("StringNormalizer", 10, "str[3]", case_change_action="LOWER"),
    *cases("StringNormalizer", 10, "str[1,3]", case_change_action="LOWER", stopwords=["the"]),
    *cases("StringConcat", 20, "str[N,1] str[3]"),
    *cases("StringSplit", 20, "str[N,3]", outputs=2, delimiter=" "),
    *cases("RegexFullMatch", 20, "str[N,3]", pattern="a.*"),
    *cases(
        "TfIdfVectorizer",
        9,
        "i32[N,12]",
        mode="TF",
        min_gram_length=2,
        max_gram_length=2,
        max_skip_count=0,
        ngram_counts=[0, 4],
        ngram_indexes=[0, 1, 2],
        pool_int64s=[2, 3, 5, 4, 5, 6],
    ),
    *cases("ImageDecoder", 20, "u8[L]", pixel_format="RGB"),
]
