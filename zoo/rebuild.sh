#!/bin/sh
# Rebuilds public/models and the fixtures for shape inference and quantization from nothing: a virtual environment,
# the pinned packages, every recipe, every check.
# Arguments go to the recipes: --reuse-weights skips training if .cache still holds the last one.
set -eu
cd "$(dirname "$0")"

[ -d .venv ] || python3 -m venv .venv
.venv/bin/pip install torch==2.13.0
.venv/bin/pip install -r requirements.txt

for recipe in digits reasoner speech files shapes parity; do
  .venv/bin/python -m "$recipe" "$@"
  .venv/bin/python -m "$recipe.check"
done
