"""Small random affine changes, so that digits drawn on a canvas (off-centre, tilted, thin) are recognised too."""

import math

import torch
from torch import Tensor
from torch.nn.functional import affine_grid, grid_sample

ROTATE = math.radians(12)
SCALE = 0.15
"""Each axis is scaled by 1 +- this, independently."""
SHEAR = 0.10
SHIFT = 2.5 / 14
"""2.5 pixels, in the grid's unit of half an image side."""


def augment(images: Tensor, generator: torch.Generator) -> Tensor:
    """float32 [n, 1, 28, 28] to the same shape; what moves in from outside is blank paper (0)."""
    n = len(images)

    def draw(limit: float) -> Tensor:
        return (torch.rand(n, generator=generator) * 2 - 1) * limit

    angle, shear = draw(ROTATE), draw(SHEAR)
    wide, high = 1 + draw(SCALE), 1 + draw(SCALE)
    cos, sin = torch.cos(angle), torch.sin(angle)
    theta = torch.stack(
        [
            torch.stack([cos * wide, (shear * cos - sin) * high, draw(SHIFT)], 1),
            torch.stack([sin * wide, (shear * sin + cos) * high, draw(SHIFT)], 1),
        ],
        1,
    )
    return grid_sample(images, affine_grid(theta, list(images.shape), align_corners=False), align_corners=False)
