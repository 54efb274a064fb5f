#!/bin/sh
# Rebuilds public/models and the fixtures for shape inference and quantization from nothing: a virtual environment,
# the pinned packages, every recipe, every check.
# Arguments go to the recipes: --reuse-weights skips training if .cache still holds the last one.
set -eu
cd "$(dirname "$0")"

[ -d .venv ] || python3 -m venv .venv
.venv/bin/pip install torch==2.13.0
.venv/bin/pip install -r requirements.txt
# It asks for opencv-python, which needs a desktop's libraries and is the same module as the headless one above.
.venv/bin/pip install --no-deps rapidocr-onnxruntime==1.4.4

for recipe in digits photos reasoner speech files spotting cards shapes parity; do
  .venv/bin/python -m "$recipe" "$@"
  .venv/bin/python -m "$recipe.check"
done
