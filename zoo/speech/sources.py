"""What the recipe is made from: packages of PyPI and npm, fetched once, their digests checked."""

import subprocess
import sys
import tarfile
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

from common.files import sha256
from common.paths import CACHE

FOLDER = CACHE / "speech"
SILERO = "silero-vad==6.2.3"
VOICES = "pocketsphinx==5.0.4"
"""BSD-2-Clause. Its tests carry sentences that a volunteer read for LibriVox (public domain) and other recordings."""
TORCHAUDIO = "torchaudio==2.11.0"
SYNTHESIZER = "espeak-ng@1.0.2"
"""GPL-3.0-or-later, which covers the program and not what it says."""

PUBLISHED = "silero_vad_16k_op15.onnx"
LIBRIVOX = ("0870", "0880", "0890", "0920", "0930")
"""Sense and Sensibility, chapter 1, one reader: 25 s in five sentences."""
OTHERS = ("cards/001", "cards/002", "cards/003", "cards/004", "cards/005", "forever/input_2_16k", "forever/input_4_16k")
"""Other speakers, 19 s: what the int8 variants are calibrated on."""

SHA256 = {
    "silero_vad_16k_op15.onnx": "7ed98ddbad84ccac4cd0aeb3099049280713df825c610a8ed34543318f1b2c49",
    "pocketsphinx-5.0.4.tar.gz": "17d2971e998490def9554b6ba41886708422af5b4ae888723b1b077aab0fe8d4",
    "espeak-ng-1.0.2.tgz": "01ba93df87f0e8deefd01803a64f299a42b8ded400a5b6673b1ae226b90abc05",
}


def published() -> Path:
    """The network as Silero publishes it: 16 kHz, with control flow."""
    path = Path(str(distribution("silero-vad").locate_file("silero_vad/data"))) / PUBLISHED
    _check(path)
    return path


def licence() -> str:
    """The MIT licence's text with Silero's copyright line, which has to go with every copy."""
    path = Path(str(distribution("silero-vad").locate_file("silero_vad-6.2.3.dist-info/licenses/LICENSE")))
    return path.read_text("utf-8")


def recordings(names: Iterable[str]) -> dict[str, Path]:
    """WAV files (16 kHz, mono, 16 bit) by name, out of pocketsphinx's tests."""
    archive = FOLDER / "pocketsphinx-5.0.4.tar.gz"
    if not archive.exists():
        # pip builds a source package's metadata before it lets one have it; scikit-build-core does that without CMake.
        _pip("--no-build-isolation", "--no-binary", ":all:", VOICES)
    _check(archive)
    found = {}
    with tarfile.open(archive) as files:
        for name in names:
            inside = f"librivox/sense_and_sensibility_01_austen_64kb-{name}" if name in LIBRIVOX else name
            found[name] = FOLDER / f"{name.replace('/', '-')}.wav"
            member = files.extractfile(f"pocketsphinx-5.0.4/test/data/{inside}.wav")
            assert member is not None, name
            found[name].write_bytes(member.read())
    return found


def torchaudio_source() -> str:
    """torchaudio's functional.py. Its compiled half asks for CUDA and so cannot be imported here."""
    folder = FOLDER / "torchaudio"
    if not folder.exists():
        _install(folder, TORCHAUDIO)
    return (folder / "torchaudio" / "functional" / "functional.py").read_text("utf-8")


def synthesizer() -> Path:
    """espeak-ng compiled to WebAssembly: the folder of its package."""
    archive = FOLDER / "espeak-ng-1.0.2.tgz"
    if not archive.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", SYNTHESIZER, "--pack-destination", str(FOLDER)], check=True)
    _check(archive)
    folder = FOLDER / "espeak-ng"
    with tarfile.open(archive) as files:
        files.extractall(folder, filter="data")
    return folder / "package"


def _pip(*what: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(FOLDER)]
    subprocess.run([*pip, *what], check=True)


def _install(folder: Path, package: str) -> None:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder)]
    subprocess.run([*pip, package], check=True)


def _check(path: Path) -> None:
    found = sha256(path)
    if found != SHA256[path.name]:
        raise ValueError(f"{path.name}: SHA-256 {found}, expected {SHA256[path.name]}")
