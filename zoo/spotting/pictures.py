"""Rendered pictures with text, and the true box of every line: what a photograph can never give exactly."""

from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .phrases import PAGES, RECEIPT, SCREEN, SIGNS, TITLES
from .sources import FONTS, photo

WIDTH, HEIGHT = 640, 480
"""All pictures have one size, so that a race can take them in turn as feeds of one shape."""

BACKGROUNDS = (
    "coffee.png",
    "rocket.jpg",
    "chelsea.png",
    "brick.png",
    "gravel.png",
    "grass.png",
    "hubble_deep_field.jpg",
)
"""Photographs of scikit-image without text, all CC0 or in the public domain."""

MARGIN = 0.1
"""A true box leaves this share of the letters' size around their ink, about as people do who mark text by hand."""

Colour = tuple[int, ...]


class Picture(NamedTuple):
    pixels: np.ndarray
    """uint8 [HEIGHT, WIDTH, 3], RGB"""
    boxes: np.ndarray
    """float32 [n, 4, 2]: corners (x, y) of every line, clockwise from the top left as one reads"""


class Canvas:
    """A picture in the making."""

    def __init__(self, pixels: np.ndarray) -> None:
        self.image = Image.fromarray(pixels)
        self.boxes: list[np.ndarray] = []

    def line(
        self, text: str, at: tuple[float, float], font: ImageFont.FreeTypeFont, colour: Colour, angle: float = 0
    ) -> tuple[float, float]:
        """Write `text` with the top left of its ink near `at`, turned by `angle` degrees; returns the ink's size."""
        left, top, right, bottom = font.getbbox(text)
        origin = np.array([round(at[0] - left), round(at[1] - top)])
        margin = MARGIN * font.size
        box = np.array([(left, top), (right, top), (right, bottom), (left, bottom)]) + origin
        box = box + margin * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
        layer = Image.new("L", self.image.size)
        ImageDraw.Draw(layer).text(tuple(origin), text, 255, font)
        if angle:
            centre = box.mean(0)
            layer = layer.rotate(angle, Image.Resampling.BICUBIC, center=tuple(centre))
            sin, cos = np.sin(np.radians(angle)), np.cos(np.radians(angle))
            box = (box - centre) @ np.array([[cos, -sin], [sin, cos]]) + centre
        self.image.paste(Image.new("RGB", self.image.size, colour), mask=layer)
        self.boxes.append(box.astype(np.float32))
        return right - left, bottom - top

    def plate(self, box: tuple[float, float, float, float], colour: Colour, radius: float = 6) -> None:
        ImageDraw.Draw(self.image).rounded_rectangle(box, radius, colour)

    def done(self) -> Picture:
        return Picture(np.asarray(self.image), np.stack(self.boxes))


def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"DejaVu{name}.ttf"), size)


def page(rng: np.random.Generator) -> Picture:
    """A printed page: a title and lines of one paragraph after another, dark on pale, lit unevenly."""
    paper = rng.integers(225, 250, 3)
    canvas = Canvas(np.broadcast_to(paper, (HEIGHT, WIDTH, 3)).astype(np.uint8))
    face = rng.choice(["Serif", "Sans"])
    ink = tuple(rng.integers(10, 60, 3).tolist())
    x, y = rng.uniform(30, 70), rng.uniform(20, 40)
    _, height = canvas.line(rng.choice(TITLES), (x, y), font(f"{face}-Bold", int(rng.integers(24, 36))), ink)
    y += height + 24
    size = int(rng.integers(13, 20))
    for text in rng.permutation(PAGES):
        if y > HEIGHT - 2 * size - 10:
            break
        canvas.line(text, (x, y), font(face, size), ink)
        y += 1.75 * size
    return lit(canvas.done(), rng)


def sign(rng: np.random.Generator) -> Picture:
    """One or two signs with large letters before a photograph, seen at an angle."""
    canvas = Canvas(background(rng))
    for slot in range(int(rng.integers(1, 3))):
        lines = rng.choice(SIGNS, int(rng.integers(1, 4)), replace=False)
        face = font(rng.choice(["Sans-Bold", "Serif-Bold", "Sans"]), int(rng.integers(28, 46)))
        widest = max(face.getbbox(text)[2] for text in lines)
        x, y = rng.uniform(30, max(31, WIDTH - widest - 60)), 40 + 220 * slot + rng.uniform(0, 20)
        dark, pale = rng.integers(0, 90, 3), rng.integers(190, 256, 3)
        plate, ink = (dark, pale) if rng.random() < 0.6 else (pale, dark)
        canvas.plate((x - 16, y - 16, x + widest + 16, y + 56 * len(lines)), tuple(plate.tolist()))
        for row, text in enumerate(lines):
            canvas.line(text, (x, y + 56 * row), face, tuple(ink.tolist()))
    return aslant(canvas.done(), rng)


def screen(rng: np.random.Generator) -> Picture:
    """A program's window: bar, list and buttons, small crisp letters, light or dark."""
    dark = rng.random() < 0.5
    ground, ink = ((28, 30, 34), (220, 222, 226)) if dark else ((248, 249, 250), (33, 37, 41))
    accent, stripe = (50, 110, 210), tuple(min(255, level + 12) if dark else level - 10 for level in ground)
    canvas = Canvas(np.broadcast_to(np.uint8(ground), (HEIGHT, WIDTH, 3)).copy())
    canvas.plate((0, 0, WIDTH, 44), accent, 0)
    canvas.line(rng.choice(TITLES), (16, 14), font("Sans-Bold", 17), (255, 255, 255))
    rows = rng.permutation(SCREEN)
    size = int(rng.integers(13, 17))
    for row, text in enumerate(rows[:9]):
        y = 68 + 40 * row
        if row % 2:
            canvas.plate((8, y - 12, WIDTH - 8, y + 26), stripe, 4)
        canvas.line(text, (24, y), font("Sans", size), ink)
        canvas.line(f"{rng.uniform(0, 900):.1f} ms", (520, y), font("SansMono", size), ink)
    canvas.plate((470, 430, 620, 468), accent)
    canvas.line(rows[-1], (486, 442), font("Sans-Bold", 13), (255, 255, 255))
    return canvas.done()


def receipt(rng: np.random.Generator) -> Picture:
    """A till's receipt on a table: narrow monospaced lines, a little faded, turned."""
    canvas = Canvas(background(rng))
    left = rng.uniform(140, 220)
    canvas.plate((left, 10, left + 300, HEIGHT - 10), (244, 242, 236), 2)
    grey = int(rng.integers(40, 110))
    face = font("SansMono", int(rng.integers(14, 18)))
    for row, text in enumerate(rng.permutation(RECEIPT)[:13]):
        name, price = text.rsplit(" ", 1)
        y = 34 + 32 * row
        canvas.line(name, (left + 20, y), face, (grey,) * 3)
        canvas.line(price, (left + 225, y), face, (grey,) * 3)
    return aslant(canvas.done(), rng)


def poster(rng: np.random.Generator) -> Picture:
    """Lines of all sizes at all angles on a photograph, as on a poster or a thumbnail."""
    canvas = Canvas(background(rng))
    for row, text in enumerate(rng.choice(SIGNS, 4, replace=False)):
        face = font(rng.choice(["Sans-Bold", "SansMono-Bold", "Serif-Bold"]), int(rng.integers(22, 54)))
        width = face.getbbox(text)[2]
        at = rng.uniform(20, max(21, WIDTH - width - 20)), 35 + 112 * row + rng.uniform(0, 12)
        angle = rng.uniform(-10, 10) if width > 250 else rng.uniform(-25, 25)
        canvas.line(text, at, face, tuple(rng.choice([[255, 255, 255], [255, 230, 60], [20, 20, 20]]).tolist()), angle)
    return noisy(canvas.done(), rng)


SCENES = {"page": page, "sign": sign, "screen": screen, "receipt": receipt, "poster": poster}


def rendered(count: int, seed: int) -> list[Picture]:
    """`count` pictures, the scenes in turn. Different seeds give different pictures."""
    scenes = list(SCENES.values())
    return [scenes[i % len(scenes)](np.random.default_rng([seed, i])) for i in range(count)]


def background(rng: np.random.Generator) -> np.ndarray:
    """A photograph without text, dimmed or not."""
    pixels = photo(str(rng.choice(BACKGROUNDS)), None, (WIDTH, HEIGHT)).astype(np.float32)
    return (pixels * rng.uniform(0.5, 1)).astype(np.uint8)


def lit(picture: Picture, rng: np.random.Generator) -> Picture:
    """Brighter at one side than at the other."""
    slope = np.linspace(rng.uniform(0.6, 0.9), 1, WIDTH, dtype=np.float32)[None, :, None]
    return noisy(Picture((picture.pixels * slope).astype(np.uint8), picture.boxes), rng)


def noisy(picture: Picture, rng: np.random.Generator) -> Picture:
    """What a sensor and a lens add: a slight blur and noise of a few levels."""
    blurred = cv2.GaussianBlur(picture.pixels, (0, 0), rng.uniform(0.3, 1.0)).astype(np.float32)
    noise = rng.normal(0, rng.uniform(1, 6), blurred.shape)
    return Picture(np.clip(blurred + noise, 0, 255).astype(np.uint8), picture.boxes)


def aslant(picture: Picture, rng: np.random.Generator) -> Picture:
    """Seen from the side: the corners move by up to 8 % inwards, the boxes with them."""
    corners = np.float32([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]])
    inward = np.float32([[1, 1], [-1, 1], [-1, -1], [1, -1]]) * rng.uniform(0, 0.08, (4, 2)) * (WIDTH, HEIGHT)
    matrix = cv2.getPerspectiveTransform(corners, (corners + inward).astype(np.float32))
    pixels = cv2.warpPerspective(picture.pixels, matrix, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REFLECT_101)
    boxes = cv2.perspectiveTransform(picture.boxes.reshape(1, -1, 2), matrix).reshape(-1, 4, 2)
    return noisy(Picture(pixels, boxes), rng)
