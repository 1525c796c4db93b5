#!/usr/bin/env python3
"""Builds the record of the world, 2002-2024, from the current-events pages of Wikipedia.

    python3 world/build.py LEGATION CORPUS OUT [--with-text] [--days FROM TO]

LEGATION is the program, CORPUS the folder (or .tar.gz) of YAML files, one a day; OUT is a record (.sqlite) or its facts
(.parquet, one row a report), which `legation import --from legation` makes a record of again. Each news item is a document:
its day is the date of publication, the press source it names in brackets the publisher, the heading above it the headline, the
page of its day the address. The text is read and not kept (--with-text keeps it). Files above 30 KB hold machine-written "deep
context" beside the news and are left out. Needs Python 3.9 and nothing else; takes some minutes on two cores.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from pages import items  # noqa: E402  (beside this script, wherever it is called from)

LARGEST = 30 * 1024
SOURCE = re.compile(r"\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")
ENDS = (".", "!", "?", '."', ".”", ".'", ".’")
MONTHS = "January February March April May June July August September October November December".split()


def days(corpus):
    """(day, lines) of every file that is not too large, oldest first."""
    if os.path.isdir(corpus):
        files = sorted(os.path.join(at, f) for at, _, names in os.walk(corpus) for f in names if f.endswith(".yaml"))
        for path in files:
            if os.path.getsize(path) <= LARGEST:
                with open(path, encoding="utf-8") as file:
                    yield os.path.basename(path)[:-5], file.read().splitlines()
        return
    with tarfile.open(corpus) as archive:
        # In the order of the archive: going back in it means unpacking it anew.
        pages = {m.name: archive.extractfile(m).read() for m in archive
                 if m.isfile() and m.name.endswith(".yaml") and m.size <= LARGEST}
    for name in sorted(pages):
        yield os.path.basename(name)[:-5], pages[name].decode("utf-8").splitlines()


def documents(day, lines):
    """The news items of a day, as documents."""
    year, month, number = day.split("-")
    url = f"https://en.wikipedia.org/wiki/Portal:Current_events/{year}_{MONTHS[int(month) - 1]}_{int(number)}"
    heading = None
    for position, item in enumerate(items(lines), 1):
        text, sources = item, []
        # A year in brackets belongs to a heading.
        while (match := SOURCE.search(text)) and re.search("[A-Za-z]", match.group(1)):
            sources.insert(0, match.group(1).strip())
            text = text[:match.start()].strip()
        if not text.endswith(ENDS) or " " not in text:
            # A heading, unless it names a source: then it is an item without a full stop.
            heading = None if sources else item
            if not sources:
                continue
        yield {"id": f"{day}/{position}", "text": text, "title": heading, "published": day,
               "publisher": sources[0] if sources else None, "url": url, "language": "en"}
        # The pages are flattened: whether the next item stands under the same heading cannot be told.
        heading = None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("legation")
    parser.add_argument("corpus")
    parser.add_argument("out")
    parser.add_argument("--with-text", action="store_true")
    parser.add_argument("--days", nargs=2, metavar=("FROM", "TO"), default=("0000", "9999"))
    args = parser.parse_args()
    legation = os.path.abspath(args.legation)
    if os.path.exists(args.out):
        sys.exit(f"{args.out}: there is a file of that name already")
    # Where it is built does not enter the record: documents are read from a file of this name in a folder that goes away.
    with tempfile.TemporaryDirectory() as folder:
        count = 0
        with open(os.path.join(folder, "current-events.jsonl"), "w", encoding="utf-8") as file:
            for day, lines in days(args.corpus):
                if args.days[0] <= day <= args.days[1]:
                    for document in documents(day, lines):
                        file.write(json.dumps(document, ensure_ascii=False) + "\n")
                        count += 1
        print(f"{count} news items", file=sys.stderr)

        def run(*arguments):
            subprocess.run([legation, *arguments], cwd=folder, check=True)

        run("init", "--record", "world.sqlite",
            "--title", "The world, 2002-2024: political events coded from the current-events pages of Wikipedia",
            "--licence", "CC BY-SA 4.0",
            "--attribution", "Coded by Legation from Wikipedia, Portal:Current events (its authors, CC BY-SA 4.0); "
                             "publishers are the press sources that the pages name")
        keep = [] if args.with_text else ["--without-text"]
        run("add", "--record", "world.sqlite", "--quiet", *keep, "current-events.jsonl")
        run("verify", "--record", "world.sqlite")
        form = "record" if args.out.endswith(".sqlite") else "facts"
        run("export", form, "--record", "world.sqlite", "--out", os.path.abspath(args.out))
        run("status", "--record", "world.sqlite")


if __name__ == "__main__":
    main()
