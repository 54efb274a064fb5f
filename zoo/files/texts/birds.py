"""Sums the sightings of each bird in a CSV file."""

import csv
import sys
from collections import Counter


def totals(path: str) -> Counter[str]:
    """Number of birds seen, by bird."""
    found: Counter[str] = Counter()
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["bird"]] += int(row["how many"])
    return found


if __name__ == "__main__":
    for bird, count in totals(sys.argv[1]).most_common():
        print(f"{bird}: {count}")
