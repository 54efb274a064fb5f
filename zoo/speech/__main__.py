"""Runs the recipe: python -m speech, in the folder zoo. Nothing is trained."""

import argparse

from common.files import put_model
from common.paths import MODELS

from . import clips, entry, fixtures, network, quantize, sources

SEED = 20240


def main() -> None:
    parser = argparse.ArgumentParser(prog="speech", description="Rebuild the speech model in public/models.")
    parser.add_argument("--reuse-weights", action="store_true", help="accepted and ignored: nothing is trained")
    parser.parse_args()

    MODELS.mkdir(parents=True, exist_ok=True)
    published = sources.published()
    entry.LICENCE_FILE.write_text(sources.licence(), "utf-8")
    network.save(network.plain(published), entry.FP32)
    network.save(network.with_control_flow(published), entry.FLOW)
    other_speakers = clips.to_calibrate_on(SEED)
    for making in quantize.MAKINGS:
        quantize.make(making, entry.FP32, entry.path_of(making.id), other_speakers)

    offered = clips.for_the_page(SEED)
    entry.write_clips(offered)
    fixtures.write({name: entry.heard(clip) for name, clip in offered.items()}, SEED)
    put_model(MODELS / "manifest.json", entry.entry(offered, clips.to_measure_on(SEED)))


if __name__ == "__main__":
    main()
