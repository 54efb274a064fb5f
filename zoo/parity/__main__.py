"""Runs the recipe: python -m parity, in the folder zoo."""

import argparse

from .fixtures import FIXTURES, archive, members, write
from .models import MODELS


def main() -> None:
    parser = argparse.ArgumentParser(prog="parity", description="Rebuild the fixtures in src/core/compress/fixtures.")
    parser.add_argument("--reuse-weights", action="store_true", help="for rebuild.sh; nothing is trained here")
    parser.parse_args()

    FIXTURES.mkdir(parents=True, exist_ok=True)
    for path in FIXTURES.glob("*.tar.gz"):
        path.unlink()
    for name in MODELS:
        content = members(name)
        write(name, content)
        print(f"{name}: {len(content) - 2} variants, {archive(name).stat().st_size} bytes", flush=True)
    print(f"{sum(path.stat().st_size for path in FIXTURES.glob('*.tar.gz'))} bytes in all")


if __name__ == "__main__":
    main()
