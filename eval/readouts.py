#!/usr/bin/env python3
"""Readouts of calls and meetings: does the text yield the CONSULT that its title names?

    python3 eval/readouts.py [BINARY] [--misses FILE] [--json FILE]

A title "… call with / meeting with … of STATE" says that the United States consulted that state. The text counts as
found when one CONSULT that took place (actual or historical) has both among its participants. The titles are read
here, never given to the coder's rules; see eval/README.md.
"""

import argparse
import csv
import json
import re
import sys
import tarfile
import tempfile
from pathlib import Path

from common import ROOT, add_binary, code_path, main, shared

HOST = "USA"
MEETING = re.compile(r"\b(?:calls?|meetings?|conversations?|discussions?)\b.*?\b(?:with|between)\b(.*)", re.IGNORECASE)


def run(binary):
    """The figures and, for each titled text, the verdict."""
    names, adjectives = read_states(ROOT / "gazetteer" / "states.tsv")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(shared("readouts/white_house_readouts.tar.gz")) as archive:
            archive.extractall(folder, filter="data")
        titled = []
        for path in sorted(Path(folder).rglob("*.md")):
            title = front_matter_title(path.read_text(encoding="utf-8"))
            named, wide = states_of(title, names, adjectives)
            if not (named or wide):
                path.unlink()
            else:
                titled.append({"path": path, "title": title, "named": named, "wide": wide})
        events = by_address(code_path(binary, folder)[0])
        for row in titled:
            text = row.pop("path").read_text(encoding="utf-8")
            row["text"] = text
            row["events"] = events.get(address(text), [])
            row["missing"] = {state: miss(row["events"], state) for state in row["named"] or row["wide"]}
    return titled, measure(titled)


def measure(titled):
    figures = {}
    for name, rows in (("of_state", [r for r in titled if r["named"]]), ("any_naming", titled)):
        found = sum(not any(row["missing"].values()) for row in rows)
        figures[f"{name}.texts"] = len(rows)
        figures[f"{name}.found"] = found / max(1, len(rows))
    return figures


def miss(events, state):
    """Why the CONSULT is not there, or None where it is."""
    took_place = [e for e in events if e["status"] in ("actual", "historical")]
    sides = [(e["event_type"], {p["code"] for p in e["actors"] + e["recipients"]}) for e in took_place]
    consults = [codes for kind, codes in sides if kind == "CONSULT"]
    if any({HOST, state} <= codes for codes in consults):
        return None
    if any({HOST, state} <= {p["code"] for p in e["actors"] + e["recipients"]}
           for e in events if e["event_type"] == "CONSULT"):
        return "the CONSULT is there, but not as one that took place"
    if any(state in codes for codes in consults):
        return f"a CONSULT with {state}, {HOST} is not in it"
    if any(HOST in codes for codes in consults):
        return f"a CONSULT with {HOST}, {state} is not in it"
    return "a CONSULT of others" if consults else ("other events only" if took_place else "no event")


def states_of(title, names, adjectives):
    """States after "of" in the words after "with", and the states named in these words in any way."""
    found = MEETING.search(title)
    if not found or "upcoming" in title.lower():
        return [], []
    rest = re.split(r" (?:on|about|regarding) ", found.group(1))[0]  # what follows is the subject, not a party
    named = {names[m.group(1)] for m in re.finditer(r"\bof (?:the )?(" + alternatives(names) + r")\b", rest)}
    everything = names | adjectives
    wide = {everything[m.group(1)] for m in re.finditer(r"\b(" + alternatives(everything) + r")\b", rest)}
    return sorted(named - {HOST}), sorted(wide - {HOST})


def alternatives(words):
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def read_states(path):
    """Names and adjectives of the states that exist in 2021–2025; a name with a doubt (`?`) counts after "of" only."""
    names, adjectives = {}, {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
            if row["to"]:
                continue
            for column, table in (("names", names), ("adjectives", adjectives)):
                for word in filter(None, row[column].split(";")):
                    if len(word.rstrip("?")) > 3 and not (column == "adjectives" and word.endswith("?")):
                        table.setdefault(word.rstrip("?"), row["code"])
    return names, adjectives


def front_matter_title(text):
    """The `title:` of YAML front matter: plain, or quoted over several lines with JSON's escapes."""
    lines = text.split("---", 2)[1].splitlines()
    start = next((i for i, line in enumerate(lines) if line.startswith("title:")), None)
    if start is None:
        return ""
    value = lines[start][len("title:"):].strip()
    for line in lines[start + 1:]:
        if not line.startswith(" "):
            break
        line = line.strip()
        # In a double-quoted scalar a backslash at the line end joins without a space; "\ " begins with one.
        value = value[:-1] + line if value.endswith("\\") else value + " " + line
    if value.startswith('"'):
        value = json.loads(re.sub(r"\\x([0-9A-Fa-f]{2})", r"\\u00\1", value.replace("\\_", "\\u00a0").replace("\\ ", " ")))
    elif value.startswith("'"):
        value = value.strip("'").replace("''", "'")
    return " ".join(value.replace("\u2060", "").replace("’", "'").split())


def address(text):
    found = re.search(r"^source_url: (.*(?:\n  .*)*)", text, re.MULTILINE)
    return re.sub(r"\s+", "", found.group(1)) if found else ""


def by_address(output):
    events = {}
    for line in output.decode("utf-8").splitlines():
        event = json.loads(line)
        events.setdefault(event["document"]["url"], []).append(event)
    return events


def write_misses(titled, path):
    missed = [row for row in titled if any(row["missing"].values())]
    with open(path, "w", encoding="utf-8") as out:
        for row in missed:
            why = "; ".join(reason for reason in row["missing"].values() if reason)
            out.write(f"{row['title']}\n  {'of STATE' if row['named'] else 'named otherwise'}: {why}\n")
            body = row["text"].split("---", 2)[2].strip()
            out.write("  " + " ".join(body.split())[:700] + "\n")
            for e in row["events"]:
                sides = " → ".join("; ".join(f"{p['text']} ({p['code']})" for p in e[k]) or "?"
                                   for k in ("actors", "recipients"))
                out.write(f"  - {e['event_type']} {e['status']}: {sides} [{e['evidence']['trigger']['text']}]\n")
            out.write("\n")
    print(f"{len(missed)} misses written to {path}")


def script():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_binary(parser)
    parser.add_argument("--misses", help="write the texts without their CONSULT to this file")
    parser.add_argument("--json", help="write the figures to this file")
    args = parser.parse_args()
    titled, figures = run(args.binary)
    for name, words in (("of_state", "titles '… call / meeting with … of STATE'"),
                        ("any_naming", "titles naming a state after 'with' in any way")):
        print(f"{words}: {figures[name + '.texts']} texts, CONSULT found in {figures[name + '.found']:.3f}")
    reasons = {}
    for row in titled:
        for state, reason in row["missing"].items():
            if reason:
                generic = reason.replace(state, "the state")
                reasons[generic] = reasons.get(generic, 0) + 1
    for reason, n in sorted(reasons.items(), key=lambda item: (-item[1], item[0])):
        print(f"  {n:3}  {reason}")
    if args.misses:
        write_misses(titled, args.misses)
    if args.json:
        Path(args.json).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    main(script)
