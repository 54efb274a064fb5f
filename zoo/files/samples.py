"""Sample files for the page, most under a name that lies, and the pack they come in."""

import gzip
import json
from pathlib import Path
from typing import NamedTuple

from . import made
from .original import answer

LICENCE = "Apache-2.0"
TEXTS = Path(__file__).parent / "texts"


class Sample(NamedTuple):
    name: str
    about: str
    """What it really is, ASCII."""
    content: bytes
    type: str | None
    """Magika's name for what it is by construction; None where that is open."""


def samples() -> list[Sample]:
    """Made here, or written for this in `texts`."""
    text = {path.name: path.read_bytes() for path in TEXTS.iterdir()}
    archive = {"note.txt": made.NOTE.encode(), "birds.csv": text["birds.csv"]}
    return [
        Sample("holiday.txt", "A PNG picture called a text.", made.png(), "png"),
        Sample("report.doc", "A ZIP archive called a Word document.", made.zipped(archive), "zip"),
        Sample("shopping-list", "Python, without an ending.", text["birds.py"], "python"),
        Sample("data.csv", "JavaScript called a table.", text["birds.js"], "javascript"),
        Sample("script.py", "C called Python.", text["words.c"], "c"),
        Sample("cat.jpg", "A program for Linux (ELF) called a photo.", made.elf(), "elf"),
        Sample("kitten.jpg", "The same program in 177 bytes: it runs, but is it recognised?", made.elf(0), "elf"),
        Sample("thesis.pdf", "An SQLite database called a PDF.", made.sqlite(), "sqlite"),
        Sample("style.css", "WebAssembly called a style sheet.", made.wasm(), "wasm"),
        Sample("numbers.log", "A CSV table called a log.", text["birds.csv"], "csv"),
        Sample("page.html", "Markdown called a web page.", text["birds.md"], "markdown"),
        Sample("brain.bin", "A neural network (ONNX).", made.network(), "onnx"),
        Sample("picture.png", "A sound (WAV) called a picture.", made.wav(), "wav"),
        Sample("song.mp3", "A gzip file called a song.", made.gzipped(made.tar(archive)), "gzip"),
        Sample("table.xlsx", "A PDF called a spreadsheet.", made.pdf(), "pdf"),
        Sample("letter", "An e-mail, without an ending.", text["letter.eml"], "eml"),
        Sample("picture.svg", "A web page called a picture, and a short one.", text["page.html"], "html"),
        Sample("poem.yaml", "Eight lines of a poem (William Blake, 1794).", text["poem.txt"], "txt"),
        Sample("noise", "6,000 random bytes.", made.noise(), None),
        Sample("animation.gif", "JavaScript that begins as a GIF does. Which is it?", made.gif_and_script(), None),
        Sample("two-lines.py", "Two lines of Python: enough?", text["two-lines.py"], "python"),
        Sample("hi.txt", "Seven bytes: a rule answers.", b"Hello!\n", "txt"),
        Sample("nothing.zip", "Nothing at all.", b"", "empty"),
    ]  # fmt: skip


def write_pack(found: list[Sample], path: Path) -> None:
    """Gzip of a line of JSON with names and sizes, then the contents: `unpackFiles` of src/tasks/files/core."""
    head = [{"name": sample.name, "bytes": len(sample.content), "about": sample.about} for sample in found]
    line = json.dumps(head, separators=(",", ":")) + "\n"
    content = line.encode("ascii") + b"".join(sample.content for sample in found)
    path.write_bytes(gzip.compress(content, 9, mtime=0))


def read_pack(path: Path) -> list[tuple[str, bytes]]:
    line, content = gzip.decompress(path.read_bytes()).split(b"\n", 1)
    found, at = [], 0
    for item in json.loads(line):
        found.append((item["name"], content[at : at + item["bytes"]]))
        at += item["bytes"]
    return found


def main() -> None:
    """Prints what the original says of each."""
    for sample in samples():
        print(f"{sample.name:16} {len(sample.content):7} {sample.type!s:12} {answer(sample.content)}")


if __name__ == "__main__":
    main()
