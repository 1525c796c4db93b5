"""The current-events corpus as documents: one news item each, with its day and the press source it names."""

import re
import sys
import tarfile

from common import ROOT, shared

sys.path.insert(0, str(ROOT / "world"))
from pages import items  # noqa: E402  (the reader of the pages stands with the record of the world)

ARCHIVE = "current_events/wikipedia_current_events_2002-2024.tar.gz"
LARGEST = 30 * 1024  # larger files hold machine-written "deep context"
SOURCES = re.compile(r"(?:\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\))+\s*$")


def documents():
    """Dicts for `legation code` (id, text, published, publisher), oldest day first; headings are left out."""
    # Read in the order of the archive, which is compressed as a whole: going back in it would unpack it again.
    pages = {}
    with tarfile.open(shared(ARCHIVE)) as archive:
        for member in archive:
            if member.isfile() and member.name.endswith(".yaml") and member.size <= LARGEST:
                pages[member.name] = archive.extractfile(member).read().decode("utf-8").splitlines()
    for name in sorted(pages):
        day, lines = name.rsplit("/", 1)[-1].removesuffix(".yaml"), pages[name]
        for number, item in enumerate(items(lines), 1):
            source = SOURCES.search(item)
            text = item[:source.start()].strip() if source else item
            if text.endswith((".", "!", "?", ".\"", ".”")) and " " in text:
                yield {"id": f"{day}/{number}", "text": text, "published": day,
                       "publisher": source.group(1).strip() if source else None}
