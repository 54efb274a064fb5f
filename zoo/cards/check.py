"""Verifies cards.json against the manifest and the recipes: python -m cards.check, in the folder zoo.

Exits with 1 and a line per fault if something is wrong.
"""

import json
from typing import Any

from common.check import report
from common.paths import MODELS
from speech.card import SPEECH

from .card import CARDS, cards, models

MOST_PICTURE_BYTES = 40_000
MOST_BYTES = 60_000_000
"""Of all that lies in public/models."""


def faults() -> list[str]:
    written, again = json.loads(CARDS.read_text("utf-8")), cards()
    found = [] if written == again else ["cards.json is not what the manifest, the recipes and the pictures give"]
    for card in again["cards"]:
        found += _card_faults(card)
    marked = next(clip["speech"] for clip in _speech()["clips"] if clip["id"] == "pauses")
    if [(part["start"], part["end"]) for part in marked] != list(SPEECH):
        found.append("speech: the picture marks other parts than the manifest says are speech")
    total = sum(path.stat().st_size for path in MODELS.rglob("*") if path.is_file())
    print(f"{len(again['cards'])} cards; public/models has {total:,} bytes")
    return found + ([f"public/models: {total:,} bytes, allowed {MOST_BYTES:,}"] if total > MOST_BYTES else [])


def _speech() -> dict[str, Any]:
    return next(model for model in models() if model["id"] == "speech")


def _card_faults(card: dict[str, Any]) -> list[str]:
    name, found = card["id"], []
    if not (card["notFor"] and card["limits"] and card["measured"] and card["picture"]["credit"]):
        found.append(f"{name}: a card without misuses, limits, measurements or whose picture it is")
    if card["picture"]["bytes"] > MOST_PICTURE_BYTES:
        found.append(f"{name}: its picture has {card['picture']['bytes']} bytes")
    for table in card["measured"]:
        for row in table["rows"]:
            cells = [cell for cell in row["cells"] if cell]
            if len(row["cells"]) != len(table["columns"]) or any(not 0 <= cell[0] <= cell[1] for cell in cells):
                found.append(f"{name}: {table['title']}, {row['name']}: {row['cells']}")
    return found


def main() -> None:
    report("cards", faults())


if __name__ == "__main__":
    main()
