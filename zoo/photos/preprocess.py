"""From pixels to the network's input, as the original project evaluates.

tensorflow/tpu, models/official/efficientnet: `_decode_and_center_crop` of preprocessing.py (a square of 224/256 of the
shorter side from the middle), bilinear resizing (main.py chooses it for the lite models), and MEAN_RGB = 127 and
STDDEV_RGB = 128 of lite/efficientnet_lite_builder.py. One thing differs: TensorFlow 1 reads only four pixels for each
that it makes, PIL averages over all that it covers. For pictures as small as ImageNet's this is the same but for some
rounding; on a camera's twelve million pixels TensorFlow's would alias.
"""

import numpy as np
from PIL import Image

from .network import SIDE

CROP = 0.875
MEAN, STD = 127.0, 128.0


def centre(width: int, height: int) -> tuple[int, int, int]:
    """Left, top and side of the square that the network sees, in pixels."""
    side = int(CROP * min(width, height))
    return (width - side + 1) // 2, (height - side + 1) // 2, side


def middle(image: Image.Image) -> np.ndarray:
    """uint8 [224, 224, 3] of the square in the middle."""
    left, top, side = centre(*image.size)
    return resized(image, (left, top, left + side, top + side))


def resized(image: Image.Image, box: tuple[int, int, int, int]) -> np.ndarray:
    """uint8 [224, 224, 3] of a box (left, top, right, bottom), bilinear over all pixels that each new one covers."""
    return np.asarray(image.convert("RGB").crop(box).resize((SIDE, SIDE), Image.Resampling.BILINEAR))


def as_input(pixels: np.ndarray) -> np.ndarray:
    """uint8 [n, 224, 224, 3] to float32 [n, 3, 224, 224]."""
    normalised = (pixels.astype(np.float32) - np.float32(MEAN)) / np.float32(STD)
    return np.ascontiguousarray(normalised.transpose(0, 3, 1, 2))
