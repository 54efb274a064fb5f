"""Runs the recipe: python -m reasoner [--reuse-weights], in the folder zoo."""

import argparse

from common.files import put_model
from common.paths import MODELS

from . import checkpoint, data, entry, graph, samples, variants

SEED = 20240


def main() -> None:
    parser = argparse.ArgumentParser(prog="reasoner", description="Rebuild the reasoner models in public/models.")
    parser.add_argument("--reuse-weights", action="store_true", help="take the last training from .cache")
    arguments = parser.parse_args()

    test, validation = data.held_out_problems(SEED)
    trained = checkpoint.load() if arguments.reuse_weights else checkpoint.train_and_save(validation, SEED)
    MODELS.mkdir(parents=True, exist_ok=True)
    for model, state in variants.STATES.items():
        graph.export(getattr(trained, state), variants.path_of(model, "fp32"))
        variants.make_variants(model)
    samples.write_problems(test, entry.PACK)
    samples.write_problems((test[0][: entry.PREVIEW_PROBLEMS], test[1][: entry.PREVIEW_PROBLEMS]), entry.PREVIEW)
    samples.write_fixture(test)
    for model in variants.STATES:
        put_model(MODELS / "manifest.json", entry.entry(model, trained, test, SEED))


if __name__ == "__main__":
    main()
