"""The card of the photo model."""

from typing import Any

from PIL import Image

from common.card import Card, right, table
from common.paths import MODELS

SHOWN = ("chelsea.jpg", "coffee.jpg", "red-panda.jpg", "chicken.jpg")
"""Free of conditions: CC0, or in the public domain."""
SIDE = 128


def card(model: dict[str, Any]) -> Card:
    published = model["published"]
    known = {photo["file"]: photo for photo in model["samples"]["photos"]}
    return Card(
        use="Trying a real mobile network on your own photos, and seeing where 8 bits change its mind.",
        not_for=[
            "Deciding anything about people: it names clothes and things, and follows stereotypes in doing so.",
            "Safety: whether a mushroom, a berry, a snake or a road is dangerous.",
            "Counting or finding things: it gives one name to the middle of a picture.",
        ],
        limits=[
            "It answers with one of ImageNet's 1,000 classes whatever it is shown. 398 are animals, 118 of these breeds of "
            "dogs; there is no person, horse, giraffe or tree.",
            "ImageNet was gathered from the web, mostly from North America and Europe (Shankar et al. 2017, "
            "arXiv 1711.08536): homes, weddings and clothes from elsewhere are recognised less often.",
            "Labels for people's clothes follow stereotypes: Grace Hopper in naval uniform gets “academic gown”.",
            "Its probabilities are not calibrated; a wrong answer may well have 0.9.",
        ],
        measured=[
            table(
                model,
                "Same first class as fp32",
                "Random crops of the sample photos; int8 was calibrated on others.",
                {
                    "all crops": lambda v: (v["fidelity"]["same"], v["fidelity"]["of"]),
                    "of things it has a class for": lambda v: (
                        v["fidelity"]["known"]["same"],
                        v["fidelity"]["known"]["of"],
                    ),
                    "of things it has none for": lambda v: (
                        v["fidelity"]["unnamed"]["same"],
                        v["fidelity"]["unnamed"]["of"],
                    ),
                },
            ),
            table(
                model,
                "Right class",
                "The sample photos whose class is known: too few to tell the forms apart.",
                {"photos": right},
            ),
        ],
        alt="Four of the sample photos: a tabby cat, a cup of coffee, a red panda, chickens.",
        published=f"Its authors published {published['fp32']:.1%} right with fp32 and {published['int8']:.1%} with int8, on "
        f"{published['data']} ({published['source']}). That is not measured again here, because ImageNet may not be passed on.",
        credit="; ".join(f"{known[file]['author']} ({known[file]['licence']})" for file in SHOWN),
    )


def draw() -> Image.Image:
    """The middles of the photos, side by side."""
    image = Image.new("RGB", (SIDE * len(SHOWN), SIDE))
    for i, file in enumerate(SHOWN):
        photo = Image.open(MODELS / "photos-samples" / file).convert("RGB")
        edge = min(photo.size)
        left, top = (photo.width - edge) // 2, (photo.height - edge) // 2
        tile = photo.crop((left, top, left + edge, top + edge)).resize((SIDE, SIDE), Image.Resampling.LANCZOS)
        image.paste(tile, (i * SIDE, 0))
    return image
