#!/usr/bin/env python3
"""Scores the coder end to end on PLV: a sentence goes in, events come out, nobody hands over the pair.

    python3 eval/plv.py [BINARY] [--errors FILE] [--json FILE] [--confusion]

How one answer is taken from the events of a sentence, and what is counted, stands in eval/README.md.
"""

import argparse
import collections
import csv
import json
import re
import sys
from pathlib import Path

from common import (NONE, accuracy, add_binary, code_documents, gap, interval, macro_f1, main, overlaps, per_class,
                    shared)

TYPES = ["AGREE", "CONSULT", "SUPPORT", "YIELD", "COOPERATE", "AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
         "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]
QUADS = ["1", "2", "3", "4"]
QUAD_NUMBER = {"verbal cooperation": "1", "material cooperation": "2", "verbal conflict": "3", "material conflict": "4"}
QUAD_NAME = {number: name for name, number in QUAD_NUMBER.items()}
# PLV's labels tell of acts that take place or are announced. What is negated or only imagined is no such act, and
# an answer taken from it would count a coder's "this did not happen" as "this happened".
COUNTED = {"actual", "historical", "future"}
MAPPING = Path(__file__).resolve().parent / "plv-mapping.tsv"


def run(binary, statuses=COUNTED):
    """The figures {name: value}, and the rows with their answers, for the report and the list of errors."""
    rows = read_gold(shared("gold/PLV_train.tsv"))
    coded = code_documents(binary, ({"id": row["id"], "text": row["sentence"]} for row in rows))
    conventions = read_mapping(MAPPING)
    for row in rows:
        events = [e for e in coded.get(row["id"], []) if e["status"] in statuses]
        for event in events:
            check_offsets(row, event)
        row["events"] = coded.get(row["id"], [])
        row["nearest"] = nearest(row, events)
        row["pair"] = nearest(row, [e for e in events if covered(row, e) == len(row["marks"])])
        for name in ("nearest", "pair"):
            row[name + "_rule"] = convention(row, row[name], conventions)
    return rows, measure(rows)


def measure(rows):
    figures = {}
    for name in ("nearest", "pair"):
        coded_rows = [row for row in rows if row[name]]
        figures[f"{name}.coverage"] = len(coded_rows) / len(rows)
        for mapped in (False, True):
            prefix = f"{name}.mapped" if mapped else name
            figures[f"{prefix}.type_accuracy"] = accuracy(*answers(rows, name, "type", mapped))
            figures[f"{prefix}.type_macro_f1"] = macro_f1(*answers(rows, name, "type", mapped), TYPES)
            figures[f"{prefix}.quad_accuracy"] = accuracy(*answers(rows, name, "quad", mapped))
            figures[f"{prefix}.quad_macro_f1"] = macro_f1(*answers(rows, name, "quad", mapped), QUADS)
            figures[f"{prefix}.type_accuracy_of_coded"] = accuracy(*answers(coded_rows, name, "type", mapped))
            figures[f"{prefix}.type_macro_f1_of_coded"] = macro_f1(*answers(coded_rows, name, "type", mapped), TYPES)
    return figures


def answers(rows, name, level, mapped):
    """Gold and answer of every row, as type or as quad class."""
    gold = [row["gold_root" if level == "type" else "gold_penta"] for row in rows]
    given = []
    for row, right in zip(rows, gold):
        event = row[name]
        if not event:
            given.append(NONE)
        elif mapped and row[name + "_rule"]:
            given.append(right)
        else:
            given.append(plv_type(event) if level == "type" else plv_quad(event))
    return gold, given


def plv_type(event):
    """PLV has CAMEO's undivided YIELD where PLOVER has CONCEDE and RETREAT."""
    return "YIELD" if event["event_type"] in ("CONCEDE", "RETREAT") else event["event_type"]


def plv_quad(event):
    """PLV counts all of YIELD as material cooperation; PLOVER's CONCEDE is verbal."""
    return "2" if plv_type(event) == "YIELD" else QUAD_NUMBER[event["quad_class"]]


def participants(event):
    return [(p["start"], p["end"]) for p in event["actors"] + event["recipients"]]


def covered(row, event):
    """How many of the marked parties (source, target; one where the other has no words) some participant overlaps."""
    return sum(any(overlaps(mark, span) for mark in marks for span in participants(event)) for marks in row["marks"])


def nearest(row, events):
    """The event that covers most of the marked pair; then the trigger nearest to it; then the first put out."""
    def distance(event):
        trigger = (event["evidence"]["trigger"]["start"], event["evidence"]["trigger"]["end"])
        return sum(min(gap(trigger, mark) for mark in marks) for marks in row["marks"])
    return min(events, key=lambda event: (-covered(row, event), distance(event)), default=None)


def check_offsets(row, event):
    data = row["sentence"].encode()
    for p in event["actors"] + event["recipients"] + [event["evidence"]["trigger"]]:
        if data[p["start"]:p["end"]].decode("utf-8", "replace") != p["text"]:
            sys.exit(f"error: {row['id']}: {p['text']!r} is not at bytes {p['start']}..{p['end']} of the sentence")


def read_gold(path):
    rows = []
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            plain, marks = unmark(row["marked_sentence"])
            if plain != row["sentence"]:
                sys.exit(f"error: {path}: row {number}: the marked sentence differs from the sentence")
            rows.append({
                "id": f"plv-{number:04}", "sentence": plain, "marked": row["marked_sentence"],
                "marks": [spans for spans in marks.values() if spans],
                "gold_root": row["gold_root"], "gold_penta": row["gold_penta"]})
    return rows


def unmark(marked):
    """The sentence without <s> and <t>, and the byte spans of each; a party may be marked more than once."""
    plain, marks, open_at = "", {"s": [], "t": []}, {}
    for piece in re.split(r"(</?[st]>)", marked):
        if re.fullmatch(r"<[st]>", piece):
            open_at[piece[1]] = len(plain.encode())
        elif re.fullmatch(r"</[st]>", piece):
            marks[piece[2]].append((open_at[piece[2]], len(plain.encode())))
        else:
            plain += piece
    return plain, marks


def read_mapping(path):
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    for row in rows:
        row["trigger"] = re.compile(row["trigger"], re.IGNORECASE) if row["trigger"] else None
        row["sentence"] = re.compile(row["sentence"], re.IGNORECASE) if row["sentence"] else None
    return rows


def convention(row, event, conventions):
    """Name of the convention by which this answer says what the gold says in another category."""
    if not event or plv_type(event) == row["gold_root"]:
        return None
    for rule in conventions:
        if (row["gold_root"] in rule["gold"].split("|") and event["event_type"] in rule["coded"].split("|")
                and (not rule["mode"] or set(rule["mode"].split("|")) & set(event["event_mode"]))
                and (not rule["about"] or (event["about"] or "") in rule["about"].split("|"))
                and (not rule["status"] or event["status"] in rule["status"].split("|"))
                and (not rule["trigger"] or rule["trigger"].search(event["evidence"]["trigger"]["text"]))
                and (not rule["sentence"] or rule["sentence"].search(row["sentence"]))):
            return rule["name"]
    return None


def report(rows, figures, confusion):
    print(f"PLV_train, {len(rows)} sentences, end to end; uncoded counts as wrong. 95 % intervals by bootstrap.\n")
    for name, title in (("nearest", "the sentence's event nearest to the marked pair"),
                        ("pair", "only events whose participants overlap the marked pair; else uncoded")):
        print(f"{title}\n  coverage {figures[name + '.coverage']:.3f}")
        for mapped in (False, True):
            prefix = f"{name}.mapped" if mapped else name
            for level, classes in (("type", TYPES), ("quad", QUADS)):
                gold, given = answers(rows, name, level, mapped)
                a = interval(gold, given, accuracy)
                f = interval(gold, given, lambda g, x: macro_f1(g, x, classes))
                print(f"  {'mapped' if mapped else 'plain ':6}  {level}  "
                      f"accuracy {figures[prefix + f'.{level}_accuracy']:.3f} [{a[0]:.3f}, {a[1]:.3f}]  "
                      f"macro-F1 {figures[prefix + f'.{level}_macro_f1']:.3f} [{f[0]:.3f}, {f[1]:.3f}]")
            print(f"  {'mapped' if mapped else 'plain ':6}  type  of the coded alone: "
                  f"accuracy {figures[prefix + '.type_accuracy_of_coded']:.3f}, "
                  f"macro-F1 {figures[prefix + '.type_macro_f1_of_coded']:.3f}")
        print()
    for level, classes in (("type", TYPES), ("quad", QUADS)):
        plain = per_class(*answers(rows, "nearest", level, False), classes)
        mapped = per_class(*answers(rows, "nearest", level, True), classes)
        print(f"{level:20}  prec.  recall    F1   gold  coded   F1 mapped   (nearest)")
        for c in classes:
            p, r, f1, n_gold, n_answer = plain[c]
            print(f"{QUAD_NAME.get(c, c):20}  {p:.3f}   {r:.3f} {f1:.3f}   {n_gold:4}   {n_answer:4}       {mapped[c][2]:.3f}")
        print()
    if confusion:
        table(*answers(rows, "nearest", "type", False))
    counts = collections.Counter(row["nearest_rule"] for row in rows if row["nearest_rule"])
    print("conventions applied (nearest): " + ", ".join(f"{name} {n}" for name, n in sorted(counts.items())))


def table(gold, given):
    counts = collections.Counter(zip(gold, given))
    columns = TYPES + [NONE]
    print("confusion (rows: gold, columns: coded, nearest, plain)")
    print(" " * 10 + "".join(f"{c[:5]:>6}" for c in columns))
    for g in TYPES:
        print(f"{g:10}" + "".join(f"{counts[g, c] or '·':>6}" for c in columns))
    print()


def write_errors(rows, path):
    """Every sentence whose answer is wrong in the plain score, grouped by what was taken for what."""
    wrong = [row for row in rows if not row["nearest"] or plv_type(row["nearest"]) != row["gold_root"]]
    wrong.sort(key=lambda r: (r["gold_root"], plv_type(r["nearest"]) if r["nearest"] else NONE, r["id"]))
    with open(path, "w", encoding="utf-8") as out:
        for row in wrong:
            event = row["nearest"]
            out.write(f"{row['id']}  gold {row['gold_root']}  coded {plv_type(event) if event else NONE}"
                      f"{'  (convention: ' + row['nearest_rule'] + ')' if row['nearest_rule'] else ''}\n")
            out.write(f"  {row['marked']}\n")
            for e in row["events"]:
                sides = " → ".join("; ".join(p["text"] for p in e[key]) or "?" for key in ("actors", "recipients"))
                out.write(f"  {'*' if e is event else '-'} {e['event_type']} {','.join(e['event_mode'])} {e['status']}"
                          f"{' about ' + e['about'] if e['about'] else ''}: {sides} [{e['evidence']['trigger']['text']}]"
                          f" {e['rule']}\n")
            out.write("\n")
    print(f"{len(wrong)} errors written to {path}")


def script():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_binary(parser)
    parser.add_argument("--errors", help="write the wrong sentences, with what was coded, to this file")
    parser.add_argument("--json", help="write the figures to this file")
    parser.add_argument("--confusion", action="store_true", help="print the confusion table")
    parser.add_argument("--any-status", action="store_true", help="take negated and hypothetical events as answers too")
    args = parser.parse_args()
    statuses = COUNTED | {"negated", "hypothetical"} if args.any_status else COUNTED
    rows, figures = run(args.binary, statuses)
    report(rows, figures, args.confusion)
    if args.errors:
        write_errors(rows, args.errors)
    if args.json:
        Path(args.json).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    main(script)
