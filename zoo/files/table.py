"""The table of accuracy per type, for people: accuracy.md beside this file."""

from pathlib import Path

from .measure import DATA, Reference, per_type

PATH = Path(__file__).parent / "accuracy.md"


def write(against: Reference) -> None:
    rows = per_type(against)
    files, right, declined = (sum(row[at] for row in rows) for at in (1, 2, 3))
    lines = [
        "# Accuracy per type",
        "",
        f"Of {files} files whose type is certain from their ending or folder, the package magika answers {right} "
        f"right, calls {declined} only text or unknown, and takes {files - right - declined} for another type. Written "
        f"by the recipe; {DATA}.",
        "",
        "| type | files | right | only text or unknown | taken for |",
        "|---|---|---|---|---|",
        *(f"| {label} | {count} | {hits} | {vague} | {others} |" for label, count, hits, vague, others in rows),
    ]
    PATH.write_text("\n".join(lines) + "\n", "utf-8")
