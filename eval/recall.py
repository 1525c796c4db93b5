#!/usr/bin/env python3
"""How many of the events that readers wrote down, before they saw any output, the coder finds.

    python3 eval/recall.py [BINARY] [--set first|second|third] [--missed]

eval/recall.jsonl holds the events of 450 current-events items drawn at random: item (day and number, eval/corpus.py), type,
byte spans of trigger and participants, status, and whether the reader was certain that a careful second one would write it
down, too. An event counts as found where one of the same type shares its trigger or a participant; as right where all
participants (and their states, where the reader gives them) and the status agree as well. A script is stricter than a reader
about participants and more lenient about triggers: eval/reading.md has a reader's verdicts on the second set.
"""

import argparse
import json
from pathlib import Path

import corpus
from common import add_binary, code_documents, main, wilson

GOLD = Path(__file__).resolve().parent / "recall.jsonl"


def overlaps(a, b):
    return bool(a and b and a[0] < b[1] and b[0] < a[1])


def span(quote):
    return [quote["start"], quote["end"]]


def words(participant):
    """The places of a coded participant: its own words and what they go back to."""
    back = participant.get("antecedent")
    return [span(participant)] + ([span(back)] if back else [])


def same(gold, coded):
    """Whether two lists name the same participants."""
    def fits(g, c):
        named = any(overlaps(g["span"], s) for s in words(c)) or bool(g["state"]) and g["state"] == c["code"]
        return named and (not g["state"] or len(g["state"]) != 3 or g["state"] == c["code"])
    return all(any(fits(g, c) for c in coded) for g in gold) and all(any(fits(g, c) for g in gold) for c in coded)


def verdict(gold, events):
    """`right`, `act` or `missed`, by the event that fits best."""
    best = "missed"
    for event in (e for e in events if e["event_type"] == gold["event_type"]):
        coded = event["actors"] + event["recipients"]
        people = gold["actors"] + gold["recipients"]
        near = overlaps(gold["span"], span(event["evidence"]["trigger"]))
        if not near and not any(overlaps(g["span"], s) for g in people for c in coded for s in words(c)):
            continue
        whole = same(gold["actors"], event["actors"]) and same(gold["recipients"], event["recipients"])
        if whole and gold["status"] == event["status"]:
            return "right"
        best = "act"
    return best


def script():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_binary(parser)
    parser.add_argument("--set", choices=("first", "second", "third"), help="only these items")
    parser.add_argument("--missed", action="store_true", help="list the certain events that are not found")
    args = parser.parse_args()
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    gold = [g for g in gold if args.set in (None, g["set"])]
    items = {g["item"] for g in gold}
    documents = [d for d in corpus.documents() if d["id"] in items]
    coded = code_documents(args.binary, documents)
    gold = [g for g in gold if g["event_type"]]
    verdicts = [(g, verdict(g, coded.get(g["item"], []))) for g in gold]
    for name, chosen in (("certain", [v for v in verdicts if v[0]["certain"]]), ("all", verdicts)):
        for what, accepted in (("found with the right type", ("right", "act")), ("found, all right", ("right",))):
            hits = sum(v in accepted for _, v in chosen)
            low, high = wilson(hits, len(chosen))
            print(f"{name}: {what} {hits}/{len(chosen)} = {hits / len(chosen):.3f} [{low:.3f}, {high:.3f}]")
    silent = items - {g["item"] for g in gold}
    print(f"items without events: {len(silent)}, of them coded: {sum(i in coded for i in silent)}")
    if args.missed:
        for g, v in verdicts:
            if v == "missed" and g["certain"]:
                print(f"{g['item']}\t{g['event_type']}\t{g['words']}")
    return 0


if __name__ == "__main__":
    main(script)
