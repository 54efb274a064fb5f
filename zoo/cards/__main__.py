"""Makes the cards of all models from the manifest: python -m cards, in the folder zoo."""

import argparse

from common.files import write_json

from .card import CARDS, cards, models, write_picture


def main() -> None:
    parser = argparse.ArgumentParser(prog="cards", description="Rebuild public/models/cards.json and its pictures.")
    parser.add_argument("--reuse-weights", action="store_true", help="nothing is trained here: no difference")
    parser.parse_args()
    for model in models():
        write_picture(model)
    write_json(CARDS, cards())


if __name__ == "__main__":
    main()
