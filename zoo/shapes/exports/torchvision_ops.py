"""Lets torchvision be imported where its binary does not fit torch's build (PyTorch for CPUs from another index).

Tracing needs only the schemas of nms and roi_align and results of a right shape; the ONNX operators come from
torchvision's own symbolic functions. Import this module before torchvision or transformers.
"""

import sys

import torch


def _yes() -> bool:
    return True


def _define() -> torch.library.Library:
    library = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    library.define(
        "roi_align(Tensor input, Tensor rois, float spatial_scale, int pooled_height, int pooled_width, "
        "int sampling_ratio, bool aligned) -> Tensor"
    )
    library.impl("nms", lambda boxes, scores, limit: torch.arange(min(len(boxes), 50)), "CPU")
    library.impl(
        "roi_align",
        lambda image, rois, scale, height, width, ratio, aligned: image.new_zeros(
            len(rois), image.shape[1], height, width
        ),
        "CPU",
    )
    return library


try:
    import torchvision
except RuntimeError:  # operator torchvision::nms does not exist
    for _name in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
        del sys.modules[_name]
    LIBRARY = _define()  # the operators live as long as this
    import torchvision

    torchvision.extension._has_ops = _yes
    sys.modules["torchvision.ops.roi_align"]._has_ops = _yes  # type: ignore[attr-defined]
