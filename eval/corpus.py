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
    with tarfile.open(shared(ARCHIVE)) as archive:
        days = sorted((m for m in archive.getmembers() if m.isfile() and m.name.endswith(".yaml")), key=lambda m: m.name)
        for member in days:
            if member.size > LARGEST:
                continue
            day = member.name.rsplit("/", 1)[-1].removesuffix(".yaml")
            lines = archive.extractfile(member).read().decode("utf-8").splitlines()
            for number, item in enumerate(items(lines), 1):
                source = SOURCES.search(item)
                text = item[:source.start()].strip() if source else item
                if text.endswith((".", "!", "?", ".\"", ".”")) and " " in text:
                    yield {"id": f"{day}/{number}", "text": text, "published": day,
                           "publisher": source.group(1).strip() if source else None}
