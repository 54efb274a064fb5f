"""How far boxes agree: intersection over union of convex quadrilaterals, matched one to one."""

import cv2
import numpy as np

AGREE = 0.5
"""Two boxes are the same line from this IoU on (ICDAR 2015, incidental scene text)."""


def iou(a: np.ndarray, b: np.ndarray) -> float:
    """Of two convex quadrilaterals [4, 2]: 1 for the same, 0 for none in common."""
    first, second = cv2.convexHull(np.float32(a)), cv2.convexHull(np.float32(b))
    common = cv2.intersectConvexConvex(first, second)[0]
    union = cv2.contourArea(first) + cv2.contourArea(second) - common
    return common / union if union > 0 else 0.0


def matched(found: np.ndarray, expected: np.ndarray) -> int:
    """How many of [n, 4, 2] and [m, 4, 2] pair up one to one at AGREE or more, the best pairs first."""
    pairs = [(iou(a, b), i, j) for i, a in enumerate(found) for j, b in enumerate(expected)]
    used: set[tuple[str, int]] = set()
    count = 0
    for value, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if value < AGREE or ("found", i) in used or ("expected", j) in used:
            continue
        used |= {("found", i), ("expected", j)}
        count += 1
    return count
