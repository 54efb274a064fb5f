"""The card of the voice activity detector."""

from typing import Any

import numpy as np
from PIL import Image

from common.card import INK, MARK, Card, canvas, right, table

from .audio import from_ulaw
from .entry import clip_path

WIDTH, HEIGHT = 640, 140
HEADER = 58
"""Bytes before the samples in the files that `write_ulaw` writes."""


def card(model: dict[str, Any]) -> Card:
    def under(condition: str) -> Any:
        def cell(variant: dict[str, Any]) -> tuple[int, int]:
            found = variant["accuracy"]["byCondition"][condition]
            return found["correct"], found["of"]

        return cell

    def as_stream(variant: dict[str, Any]) -> tuple[int, int] | None:
        stream = variant.get("fidelity", {}).get("stream")
        return stream and (stream["sameSide"], stream["of"])

    conditions = model["variants"][0]["accuracy"]["byCondition"]
    return Card(
        use="Hearing, live, what one small layer in 8 bits does to a network that feeds on its own answers.",
        not_for=[
            "Listening to people who do not know of it.",
            "Saying who speaks, what is said or how somebody feels: it says only whether there is a voice.",
            "Alarms or emergency calls, where a missed voice harms somebody.",
        ],
        limits=[
            "Measured here on one reader of English only, in one kind of noise and one of music. Other languages, children, "
            "whispering and singing were not tried.",
            "Nothing is known of what Silero trained on. LibriVox may be part of it, and then these figures flatter.",
            "A synthetic voice counts as speech.",
        ],
        measured=[
            table(
                model,
                "Frames of 32 ms on the right side of one half",
                "Three minutes in which it is known where somebody speaks: five LibriVox sentences of one reader, in these "
                "conditions. Each frame gets the state that the same form left, as in live use.",
                {"all": right, **{condition: under(condition) for condition in conditions}},
            ),
            table(
                model,
                "Frames on the same side as fp32",
                "The same sound as one stream, doubtful frames at the edges of speech included.",
                {"all": as_stream},
            ),
        ],
        alt="Nine seconds of sound as a waveform; two sentences are marked as speech.",
        credit="LibriVox, Sense and Sensibility, chapter 1, public domain; drawn by the recipe",
    )


def draw() -> Image.Image:
    """The clip “Pauses”: loudest and lowest sample of each column, what is known to be speech in colour."""
    samples = from_ulaw(np.frombuffer(clip_path("pauses").read_bytes()[HEADER:], np.uint8))
    image, pen = canvas(WIDTH, HEIGHT)
    columns = np.array_split(samples, WIDTH)
    highest = max(abs(float(samples.max())), abs(float(samples.min())))
    known = SPEECH
    for x, column in enumerate(columns):
        seconds = x / WIDTH * len(samples) / 16_000
        colour = MARK if any(start <= seconds <= end for start, end in known) else INK
        low, high = (HEIGHT / 2 - float(value) / highest * (HEIGHT / 2 - 6) for value in (column.max(), column.min()))
        pen.line((x, low, x, max(high, low + 1)), fill=colour)
    return image


SPEECH = ((0.8, 3.73), (4.93, 8.07))
"""Seconds, as the manifest says; `cards.check` compares them."""
