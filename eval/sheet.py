"""Reading sheets: entries drawn, mixed and numbered, with the key apart; and the shares that verdicts come to.

A sheet shows a reader what is to be judged and nothing else. Its key says which entry is which, planted ones among them, and is
left alone until the verdicts are written.
"""

import csv
import json
from collections import Counter

from common import wilson


def write(draw, entries, sheet, key=None):
    """Mixes and numbers `entries`, pairs of the text to show and what the key says of it; returns how many there are."""
    entries = list(entries)
    draw.shuffle(entries)
    with open(sheet, "w", encoding="utf-8") as out:
        for number, (text, _) in enumerate(entries, 1):
            out.write(f"## {number}\n\n{text.strip()}\n\n")
    if key:
        with open(key, "w", encoding="utf-8") as out:
            for number, (_, said) in enumerate(entries, 1):
                out.write(json.dumps({"number": number} | said, ensure_ascii=False) + "\n")
    return len(entries)


def read_key(path):
    """The lines of a key by their number."""
    with open(path, encoding="utf-8") as file:
        return {line["number"]: line for line in map(json.loads, file)}


def read_verdicts(path):
    """The rows of a table of verdicts: tab-separated, the first line that is no comment names the columns."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))


def share(name, right, total):
    """A share with its 95 % interval, as it is printed."""
    low, high = wilson(right, total)
    return f"{name} {right} of {total} = {right / max(1, total):.3f} [{low:.3f}, {high:.3f}]"


def shares(name, verdicts, kinds):
    """Prints the share of each kind of verdict."""
    counts = Counter(verdicts)
    for kind in kinds:
        print(f"{name}: {share(kind, counts[kind], len(verdicts))}")
