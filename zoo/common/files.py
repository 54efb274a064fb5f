"""File facts and the manifest of public/models."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

MANIFEST_VERSION = 1


def sha256(path: Path) -> str:
    """Hex SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def file_facts(path: Path) -> dict[str, Any]:
    """A file's name, size in bytes and digest, under the manifest's field names."""
    return {"file": path.name, "bytes": path.stat().st_size, "sha256": sha256(path)}


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest, or an empty one if there is none yet."""
    if not path.exists():
        return {"version": MANIFEST_VERSION, "models": []}
    manifest = json.loads(path.read_text("utf-8"))
    if manifest["version"] != MANIFEST_VERSION:
        raise ValueError(f"manifest version {manifest['version']}, expected {MANIFEST_VERSION}")
    return manifest


def put_model(path: Path, model: dict[str, Any]) -> None:
    """Write one model's entry: replaces the entry of the same id in place, or appends; leaves the others."""
    manifest = read_manifest(path)
    models = manifest["models"]
    at = next((i for i, other in enumerate(models) if other["id"] == model["id"]), len(models))
    models[at : at + 1] = [model]
    write_json(path, manifest)


def write_json(path: Path, value: Any) -> None:
    """Indented by one, with an object of plain values, or a list of such lists, on one line: small, and a change is easy to see."""
    text = json.dumps(value, indent=1, ensure_ascii=False)
    text = re.sub(r"\[(?:[^][{}]|\[[^][{}]*\])*\]|\{[^][{}]*\}", lambda leaf: re.sub(r"\n\s*", " ", leaf[0]), text)
    assert json.loads(text) == value, "a text that looks like JSON was changed"
    path.write_text(text + "\n", "utf-8")
