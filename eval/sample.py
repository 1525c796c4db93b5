#!/usr/bin/env python3
"""Draws current-events items at random and writes a reading sheet, so that people can judge the coded events.

    python3 eval/sample.py [BINARY] --events 200 --planted 20 --seed 7 --out sheet.md --key key.jsonl
    python3 eval/sample.py [BINARY] --texts 150 --seed 8 --out texts.md          (for recall: read before the events)

The sheet shows text and events only, shuffled. Planted events are wrong on purpose (another type, actor and recipient
swapped, a participant of another event of the text, another status): a reader who lets them pass is lenient. The key names them.
"""

import argparse
import copy
import random
from pathlib import Path

import corpus
import sheet
from common import add_binary, code_documents, main

TYPES = ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
         "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]


def plant(draw, event, neighbours):
    """A wrong event made from a coded one, and what was done to it; `neighbours` are the other events of its text."""
    wrong = copy.deepcopy(event)
    ways = ["type"]
    if event["status"] == "actual":
        ways.append("status")
    if event["actors"] and event["recipients"]:
        ways += ["swap", "swap"]
    own = {p["text"] for p in event["actors"] + event["recipients"]}
    strangers = [p for e in neighbours for p in e["actors"] + e["recipients"] if p["code"] and p["text"] not in own]
    if event["actors"] and strangers:
        ways += ["stranger", "stranger"]
    way = draw.choice(ways)
    if way == "type":
        # Of another quad class, so that it is wrong beyond dispute.
        quads = [TYPES[0:4], TYPES[4:7], TYPES[7:11], TYPES[11:16]]
        same = next(quad for quad in quads if event["event_type"] in quad)
        wrong["event_type"] = draw.choice([t for t in TYPES if t not in same])
        wrong["event_mode"], wrong["about"] = [], None
    elif way == "status":
        wrong["status"] = "negated"
    elif way == "swap":
        wrong["actors"], wrong["recipients"] = event["recipients"], event["actors"]
    else:
        wrong["actors"] = [draw.choice(strangers)] + event["actors"][1:]
    return wrong, way


def show(event):
    def side(participants):
        return "; ".join(f"{p['text']} [{p['code'] or '?'}{' ' + '/'.join(p['sectors']) if p['sectors'] else ''}]"
                         for p in participants) or "–"
    parts = [f"{event['event_type']}{' (' + ', '.join(event['event_mode']) + ')' if event['event_mode'] else ''}",
             f"actors: {side(event['actors'])}", f"recipients: {side(event['recipients'])}",
             f"status: {event['status']}"]
    if event["about"]:
        parts.append(f"about: {event['about']}")
    parts.append(f"words: “{event['evidence']['trigger']['text']}”")
    return " · ".join(parts)


def script():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_binary(parser)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--events", type=int, help="draw so many events (for precision)")
    what.add_argument("--texts", type=int, help="draw so many items, coded or not (for recall)")
    parser.add_argument("--planted", type=int, default=0, help="add so many wrong events")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pool", type=int, default=4000, help="code so many items, drawn at random [default: 4000]")
    parser.add_argument("--with-events", action="store_true", help="with --texts: show the coded events of each item")
    parser.add_argument("--out", required=True, help="the reading sheet")
    parser.add_argument("--key", help="JSON Lines: number, document, event id, planted or not, how")
    args = parser.parse_args()
    if args.planted and not args.key:
        parser.error("--planted needs --key: without it nobody can tell the planted events")
    draw = random.Random(args.seed)
    everything = list(corpus.documents())
    pool = draw.sample(everything, min(len(everything), args.texts or args.pool))
    texts = {d["id"]: d["text"] for d in pool}
    entries = []
    if args.texts:
        coded = code_documents(args.binary, pool) if args.with_events else {}
        for document in pool:
            entries.append({"document": document["id"], "date": document["published"], "text": document["text"],
                            "events": coded.get(document["id"], [])})
    else:
        coded = code_documents(args.binary, pool)
        events = [event for document in pool for event in coded.get(document["id"], [])]
        chosen = draw.sample(events, min(len(events), args.events))
        unused = [e for e in events if e["id"] not in {c["id"] for c in chosen}]
        planted = [plant(draw, e, [other for other in coded[e["document"]["id"]] if other["id"] != e["id"]])
                   for e in draw.sample(unused, min(len(unused), args.planted))]
        for event, way in [(e, None) for e in chosen] + planted:
            document = event["document"]
            entries.append({"document": document["id"], "date": document["published"], "text": texts[document["id"]],
                            "events": [event], "planted": way})
    def shown(entry):
        lines = [f"{entry['date']}. {entry['text']}\n"]
        for event in entry["events"]:
            lines.append(f"- {show(event)}")
            if args.events:
                lines.append("- verdict (type, actors, recipients, status):")
        return "\n".join(lines)

    sheet.write(draw, [(shown(entry), {
        "document": entry["document"], "events": [e["id"] for e in entry["events"]], "planted": entry.get("planted"),
    }) for entry in entries], args.out, args.key)
    print(f"{len(entries)} entries written to {Path(args.out)}"
          + (f", {sum(bool(e.get('planted')) for e in entries)} of them planted" if args.events else ""))
    return 0


if __name__ == "__main__":
    main(script)
