"""The variants, by the site's own compressor."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from common.compress import compress

from .clips import Clip
from .evaluate import frames, listen

EVERY = 4
"""Of the frames to calibrate on, one in so many: neighbours sound alike."""


class Making(NamedTuple):
    id: str
    precision: str
    title: str
    steps: list[dict[str, Any]]
    calibrated: bool
    made: str


LAST_CONVOLUTION = "conv3"
"""Its output channels differ most in size, and dynamic int8 has one scale for all of them."""
DYNAMIC = {"technique": "dynamic-int8"}

MAKINGS = (
    Making(
        "int8",
        "int8",
        "int8",
        [
            {"technique": "static-int8", "options": {"method": "minmax"}},
            {"technique": "dynamic-int8", "options": {"convolutions": False}},
        ],
        True,
        "Made by this site's own compressor: convolutions in static int8, a scale for each channel, MinMax calibration "
        "on other speakers; the LSTM in dynamic int8.",
    ),
    Making(
        "int8-dynamic",
        "int8",
        "int8 dynamic",
        [DYNAMIC],
        False,
        "Made by this site's own dynamic int8 throughout: needs no calibration, and has one scale for all channels of "
        "a convolution, too coarse for the last of them. It loses voices in noise.",
    ),
    Making(
        "int8-kept",
        "int8",
        "int8 dynamic, one layer kept",
        [{**DYNAMIC, "options": {"keep": [LAST_CONVOLUTION]}}],
        False,
        "Made by this site's own dynamic int8 with the last convolution left in float: most of the damage was there.",
    ),
    Making(
        "fp16",
        "fp16",
        "fp16",
        [{"technique": "fp16"}],
        False,
        "Made by this site's own fp16: weights and arithmetic in 16-bit floats.",
    ),
)


def make(making: Making, fp32: Path, out: Path, clips: dict[str, Clip]) -> None:
    """Write a variant of `fp32` to `out`; those that look at activations see every fourth frame of `clips`."""
    recipe = {"version": 1, "title": making.title, "steps": making.steps}
    compress(fp32, recipe, out, calibration(fp32, clips) if making.calibrated else None)


def calibration(fp32: Path, clips: dict[str, Clip]) -> dict[str, np.ndarray]:
    """Frames with the states that the reference has when it comes to them."""
    inputs = [frames(clip.samples)[::EVERY] for clip in clips.values()]
    states = [listen(fp32, clip.samples).states[::EVERY] for clip in clips.values()]
    return {"input": np.concatenate(inputs), "state": np.concatenate(states)}
