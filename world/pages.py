"""The strings in a day's page of the current-events corpus: YAML lists of plain or quoted scalars."""

import re


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
