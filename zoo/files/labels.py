"""What the site knows of the types: the package's settings and descriptions, in one file."""

import json
from pathlib import Path
from typing import Any

from magika.types.content_type_label import ContentTypeLabel

from . import original

GENERIC = ("empty", "txt", "unknown")
"""Answers that are no output of the model's: by a rule, or for want of confidence."""


def write_types(path: Path) -> None:
    """The file that `readFileTypes` of src/tasks/files/core reads."""
    settings = original.SETTINGS
    labels: list[str] = settings["target_labels_space"]
    answers = sorted({*labels, *settings["overwrite_map"].values(), *GENERIC})
    types = {
        "version": 1,
        "labels": labels,
        "threshold": settings["medium_confidence_threshold"],
        "thresholds": settings["thresholds"],
        "overwrite": settings["overwrite_map"],
        "types": {label: _described(label) for label in answers},
    }
    path.write_text(json.dumps(types, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def window() -> dict[str, int]:
    """The task's `window`. The package's reader allows no other kind of window than this one."""
    settings = original.SETTINGS
    assert settings["mid_size"] == 0 and not settings["use_inputs_at_offsets"]
    return {
        "block": settings["block_size"],
        "headTokens": settings["beg_size"],
        "tailTokens": settings["end_size"],
        "padding": settings["padding_token"],
        "least": settings["min_file_size_for_dl"],
    }


def _described(label: str) -> dict[str, Any]:
    info = original.package()._get_ct_info(ContentTypeLabel(label))
    return {
        "description": info.description,
        "group": info.group,
        "mime": info.mime_type,
        "isText": info.is_text,
        "extensions": info.extensions,
    }
