"""Files made here, with the standard library and onnx: of a type that is known for certain, and free."""

import gzip
import io
import math
import random
import sqlite3
import struct
import tarfile
import wave
import zipfile
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from onnx import helper

ZIP_TIME = (2024, 1, 1, 0, 0, 0)
NOTE = "Files have names, and names can lie.\n"


def png(width: int = 160, height: int = 120) -> bytes:
    """An evening sky in RGB."""
    rows = b"".join(
        b"\0" + bytes(v for x in range(width) for v in (255 - y, 90 + (x + y) // 4, 60 + y)) for y in range(height)
    )
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    body = b"".join(struct.pack(">I", len(c)) + t + c + struct.pack(">I", zlib.crc32(t + c)) for t, c in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


def bmp(side: int = 16) -> bytes:
    pixels = b"".join(bytes((x * 16, y * 16, 128)) for y in range(side) for x in range(side))
    header = struct.pack("<IiiHHIIiiII", 40, side, side, 1, 24, 0, len(pixels), 2835, 2835, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(pixels), 0, 0, 54) + header + pixels


def wav(seconds: float = 0.5, rate: int = 8000) -> bytes:
    """A short A, 8 bits."""
    stream = io.BytesIO()
    with wave.open(stream, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(rate)
        steps = range(int(seconds * rate))
        sound.writeframes(bytes(round(128 + 90 * math.sin(2 * math.pi * 440 * t / rate)) for t in steps))
    return stream.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, ZIP_TIME), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def tar(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


def gzipped(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def sqlite(rows: int = 200) -> bytes:
    """A table of birds; the header names the SQLite version that wrote it."""
    birds = ("wren", "robin", "heron", "swift", "lapwing")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "birds.db"
        database = sqlite3.connect(path)
        database.execute("CREATE TABLE seen (id INTEGER PRIMARY KEY, bird TEXT NOT NULL, how_many INTEGER)")
        database.executemany(
            "INSERT INTO seen (bird, how_many) VALUES (?, ?)", [(birds[i % 5], i * 7 % 11) for i in range(rows)]
        )
        database.commit()
        database.close()
        return path.read_bytes()


def network() -> bytes:
    """A small ONNX file: one layer of 16 to 4."""
    weight = np.linspace(-1, 1, 64, dtype=np.float32).reshape(16, 4)
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "weight"], ["h"]), helper.make_node("Relu", ["h"], ["y"])],
        "layer",
        [helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, ["batch", 16])],
        [helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, ["batch", 4])],
        [onnx.numpy_helper.from_array(weight, "weight")],
    )
    opsets = [helper.make_opsetid("", 21)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10).SerializeToString(deterministic=True)


def npy() -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.arange(64, dtype=np.float32))
    return stream.getvalue()


def wasm(functions: int = 24) -> bytes:
    """A WebAssembly module that exports functions which add a constant to their argument."""

    def section(code: int, items: list[bytes]) -> bytes:
        body = _leb(len(items)) + b"".join(items)
        return bytes([code]) + _leb(len(body)) + body

    names = [f"add{i}".encode() for i in range(functions)]
    bodies = [b"\x00\x20\x00\x41" + _leb(i) + b"\x6a\x0b" for i in range(functions)]
    return b"\0asm\x01\0\0\0" + b"".join(
        (
            section(1, [b"\x60\x01\x7f\x01\x7f"]),
            section(3, [b"\0"] * functions),
            section(7, [_leb(len(name)) + name + b"\0" + _leb(i) for i, name in enumerate(names)]),
            section(10, [_leb(len(body)) + body for body in bodies]),
        )
    )


def elf(room: int = 8192) -> bytes:
    """An x86-64 Linux program that greets and ends, with `room` bytes of zeros behind its code."""
    text = b"Hello from an ELF file.\n"
    code = (
        bytes.fromhex("b801000000 bf01000000 488d3510000000 ba") + struct.pack("<I", len(text))
        + bytes.fromhex("0f05 b83c000000 31ff 0f05") + text
    )  # fmt: skip
    base, head = 0x400000, 64 + 56
    header = b"\x7fELF\x02\x01\x01" + bytes(9)
    header += struct.pack("<HHIQQQIHHHHHH", 2, 62, 1, base + head, 64, 0, 0, 64, 56, 1, 0, 0, 0)
    size = head + len(code)
    return header + struct.pack("<IIQQQQQQ", 1, 5, 0, base, base, size, size, 0x1000) + code + bytes(room)


def pdf() -> bytes:
    """One page with one line."""
    line = b"BT /F1 24 Tf 72 720 Td (A page) Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(line), line),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + trailer


def gif_and_script() -> bytes:
    """A script that begins as a GIF does: the two bytes of the picture's width open a comment."""
    script = b"function greet(name) {\n  return `Hello, ${name}`;\n}\n"
    return b"GIF89a/*" + bytes(range(0x80, 0x90)) * 8 + b"*/=1;\n" + script


def noise(size: int = 6000, seed: int = 20240) -> bytes:
    return random.Random(seed).randbytes(size)


def _leb(value: int) -> bytes:
    """Unsigned LEB128."""
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])
