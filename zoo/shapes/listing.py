"""The table of models in README.md."""

from pathlib import Path
from typing import Any

README = Path(__file__).parent / "README.md"
_BEGIN, _END = "<!-- models: written by python -m shapes -->\n", "<!-- end of models -->"


def put_table(entries: dict[str, Any], digests: dict[str, str]) -> None:
    """Write one row per model of shapes.json; `digests` has those of model or weight files, by model."""
    before, _, rest = README.read_text("utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    rows = ["| model | family | opset | types | licence | from | SHA-256 |", "|---|---|---|---|---|---|---|"]
    for name, entry in entries.items():
        cells = (name, entry["family"], entry["opset"], type_count(entry), entry["licence"], entry["source"])
        rows.append(f"| {' | '.join(map(str, cells))} | {digests.get(name) or '-'} |")
    README.write_text("\n".join([f"{before}{_BEGIN}", *rows, "", f"{_END}{after}"]), "utf-8")


def listed() -> dict[str, int]:
    """Number of types per model, as the table says."""
    table = README.read_text("utf-8").partition(_BEGIN)[2].partition(_END)[0].strip().splitlines()[2:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in table]
    return {row[0]: int(row[3]) for row in cells}


def type_count(entry: dict[str, Any]) -> int:
    """Typed tensors of a model, subgraphs included."""
    return len(entry["tensors"]) + sum(map(len, entry["subgraphs"].values()))
