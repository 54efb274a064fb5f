"""Small models of the zoo itself: QDQ quantization, and functions that a model brings along."""

from onnx import ModelProto, load, parser

from common.paths import MODELS

from .export import Export

_FUNCTIONS = """
<ir_version: 9, opset_import: ["" : 18, "local" : 1]>
classify (float[batch, 16] x, float[16, 8] w1, float[8] b1, float[8, 4] w2, float[4] b2)
  => (float[batch, classes] y, int64[rank] shape)
{
  hidden = local.Block <slope = 0.2> (x, w1, b1)
  y = local.Dense (hidden, w2, b2)
  shape = Shape (hidden)
}

<domain: "local", opset_import: ["" : 18]>
Dense (x, w, b) => (y)
{
  product = MatMul (x, w)
  y = Add (product, b)
}

<domain: "local", opset_import: ["" : 18, "local" : 1]>
Block <slope> (x, w, b) => (y)
{
  dense = local.Dense (x, w, b)
  y = LeakyRelu <alpha: float = @slope> (dense)
}
"""


EXPORTS = [
    Export(
        "digits_qdq",
        "quantized cnn",
        "zoo/digits, public/models/digits-int8.onnx",
        "Apache-2.0",
        lambda: load(MODELS / "digits-int8.onnx"),
    ),
    Export("functions", "functions", "zoo/shapes/exports/own.py", "Apache-2.0", lambda: parser.parse_model(_FUNCTIONS)),
]
