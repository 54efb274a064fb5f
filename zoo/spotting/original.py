"""The original's own steps before and after the network, as the package rapidocr-onnxruntime carries them.

Set as PaddleOCR sets them for this network (configs/det/ch_PP-OCRv4: DetResizeForTest, NormalizeImage, DBPostProcess).
"""

from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import onnxruntime as ort
from rapidocr_onnxruntime.ch_ppocr_det.utils import DBPostProcess, DetPreProcess

LIMIT = 960
"""The longer side at most, in pixels; smaller pictures are not made larger."""
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""ImageNet's, which were measured for red, green, blue. PaddleOCR reads pictures as blue, green, red and applies them
in this order all the same; the network was trained so."""
THRESHOLD, BOX_THRESHOLD, UNCLIP = 0.3, 0.6, 1.5
SHORTEST = 3
"""Regions less than this wide on the map make no box, nor boxes of this or less in the picture."""
MOST_BOXES = 1000


class Found(NamedTuple):
    boxes: np.ndarray
    """int32 [n, 4, 2]: corners (x, y) in the picture's pixels"""
    scores: np.ndarray
    """float64 [n]: mean of the map inside"""


def prepared(pixels: np.ndarray, limit: int = LIMIT) -> np.ndarray:
    """RGB uint8 [height, width, 3] to the network's float32 [1, 3, height', width'], channels blue, green, red."""
    tensor = DetPreProcess(limit, "max", MEAN, STD)(cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
    assert tensor is not None
    return tensor


def decoded(share: np.ndarray, width: int, height: int) -> Found:
    """Boxes of a map float32 [1, 1, height', width'], for a picture of `width` x `height`."""
    post = DBPostProcess(THRESHOLD, BOX_THRESHOLD, MOST_BOXES, UNCLIP, "fast", use_dilation=False)
    boxes, scores = post(share, (height, width))
    return Found(boxes.reshape(-1, 4, 2), np.array(scores))


def session(path: Path, threads: int = 2, optimized: Path | None = None) -> ort.InferenceSession:
    """A CPU session with all graph optimisations; `optimized`: where to write the graph that really runs."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3  # errors only
    if optimized is not None:
        options.optimized_model_filepath = str(optimized)
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(model: ort.InferenceSession, tensor: np.ndarray) -> np.ndarray:
    """The map, float32 [1, 1, height, width], of a tensor that `prepared` made."""
    return model.run(None, {model.get_inputs()[0].name: tensor})[0]
