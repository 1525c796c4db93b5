"""The current-events corpus as documents: one news item each, with its day and the press source it names."""

import re
import tarfile

from common import shared

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


def items(lines):
    """The strings of the lists in a day's YAML: plain or quoted scalars, folded over lines."""
    item = None
    for line in lines + ["- "]:
        starts = line.lstrip().startswith("- ")
        if item is not None and (starts or not line.startswith("   ")):
            yield unquote(item)
            item = None
        if starts:
            item = re.sub(r"^(?:- )+", "", line.strip())
        elif item is not None:
            item = item[:-1] + line.strip().removeprefix("\\") if item.endswith("\\") else item + " " + line.strip()


def unquote(value):
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if len(value) > 1 and value[0] == value[-1] == '"':
        escapes = {"n": " ", "t": " ", "_": "\u00a0", '"': '"', "\\": "\\", "/": "/"}
        def character(match):
            code = match.group(1) or match.group(2) or match.group(3)
            return chr(int(code, 16)) if code else escapes.get(match.group(4), match.group(4))
        return re.sub(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", character, value[1:-1])
    return value
