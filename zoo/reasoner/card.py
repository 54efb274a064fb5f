"""The cards of the reasoner and of the one stopped early."""

from typing import Any

from PIL import Image

from common.card import INK, SOFT, Card, canvas, font, right, table

LINES = (
    ("1234 x 5678 =", "the problem"),
    ("23728190 + 82326180 : 252690", "times 8 is 9,872; times 7 is 8,638; together so far 96,252"),
    ("+ 42024170 : 2566380", "times 6 is 7,404; so far 836,652"),
    ("+ 02711160 : 25660070", "times 5 is 6,170; the answer, lowest digit first: 7,006,652"),
)


def card(model: dict[str, Any]) -> Card:
    early = model["id"] == "reasoner-early"
    return Card(
        use="Watching a network work something out step by step, and buying accuracy with more computing at test time."
        + (" This one was stopped on the way, so that votes have something to repair." if early else ""),
        not_for=[
            "Arithmetic that matters: a pocket calculator is right always, with far less work.",
            "Anything but multiplication: it knows sixteen characters and no language.",
            "Conclusions about how large language models reason.",
        ],
        limits=[
            "Two factors of up to four digits; longer ones cannot be written in its form.",
            "Without its written steps it is right in none of the 1,000 problems.",
            "Swapping the factors gives another problem to it, and sometimes another answer.",
            "int8 has one scale for a whole batch: there an answer can depend on what else is asked.",
        ],
        measured=[
            table(
                model,
                "Right answers",
                "1,000 problems of two four-digit factors that were held out of training, one at a time, always the likeliest "
                "character. With 1,000 problems "
                + ("differences below 3 points are chance." if early else "differences below 1 point are chance."),
                {
                    "with steps": right,
                    "answer at once": lambda v: (v["accuracy"]["direct"], v["accuracy"]["of"]),
                },
            )
        ],
        alt="What the network writes for 1234 times 5678: four partial products, three running sums, digits backwards.",
        credit="Written by the recipe, Apache-2.0",
    )


def draw() -> Image.Image:
    image, pen = canvas(640, 200)
    for i, (line, says) in enumerate(LINES):
        pen.text((20, 14 + i * 46), line, fill=INK, font=font(21))
        pen.text((20, 38 + i * 46), says, fill=SOFT, font=font(13))
    return image
