#!/usr/bin/env python3
"""Draws coded events at random and writes a reading sheet for their dates or their places.

    python3 eval/when_where.py [BINARY] --what date --events 100 --planted 15 --seed 11 --out sheet.md --key key.jsonl
    python3 eval/when_where.py --score verdicts.tsv

Events come from current events (60 in 100), readouts (30) and examples/ (10). The sheet shows the text, with the event's
words in ⟦brackets⟧, and one answer; it is shuffled, and holds planted answers that are wrong on purpose, which the key
names. `--part develop` and `--part judge` draw from two halves of the documents that share none. `--given N` goes on
drawing, events with an answer only, until N have one ("more" in the key). `--score` reads a table of verdicts and prints shares with 95 % Wilson intervals.
"""

import argparse
import copy
import datetime
import hashlib
import json
import random
import tarfile
import tempfile
from pathlib import Path

import corpus
import sheet
from common import ROOT, add_binary, code_documents, code_path, main, shared

SHARES = {"current events": 0.6, "readouts": 0.3, "examples": 0.1}
CONTEXT = 700  # bytes of text before the sentence that the sheet shows
LEAD = 400


def half(identifier):
    """The half of the documents that one belongs to; by its hash, so that it stays."""
    return "judge" if hashlib.sha256(identifier.encode()).digest()[0] % 2 else "develop"


def read_events(output):
    return [json.loads(line) for line in output.decode("utf-8").splitlines()]


def pools(binary, part, draw, items):
    """{source: [(event, whole text or None)]} of the half asked for."""
    news = [d for d in corpus.documents() if half(d["id"]) == part]
    news = draw.sample(news, min(len(news), items))
    texts = {d["id"]: d["text"] for d in news}
    coded = code_documents(binary, news)
    found = {"current events": [(e, texts[e["document"]["id"]]) for d in news for e in coded.get(d["id"], [])]}
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(shared("readouts/white_house_readouts.tar.gz")) as archive:
            archive.extractall(folder, filter="data")
        for path in Path(folder).rglob("*.md"):
            if half(path.name) != part or "readout" not in path.name:
                path.unlink()
        events = read_events(code_path(binary, folder)[0])
        found["readouts"] = [(e, None) for e in events]
    # The examples are few: both halves draw from them.
    found["examples"] = [(e, None) for e in read_events(code_path(binary, ROOT / "examples")[0])]
    return found


def marked(event):
    """The sentence with the event's words marked."""
    evidence = event["evidence"]
    raw, at, trigger = evidence["text"].encode(), evidence["start"], evidence["trigger"]
    a, b = trigger["start"] - at, trigger["end"] - at
    return (raw[:a] + "⟦".encode() + raw[a:b] + "⟧".encode() + raw[b:]).decode("utf-8", "replace")


def answer(event, what):
    """The answer as the sheet shows it."""
    if what == "date":
        date = event["date"]
        if not date:
            return "no date"
        within = ""
        if date["precision"] in ("month", "year") and date["earliest"]:
            within = f", within {date['earliest']}–{date['latest']}"
        return f"{date['value']} ({date['precision']}{within}), words: “{date['text']}”"
    place = event["place"]
    if not place:
        return "no place"
    where = ", ".join(filter(None, [place["region"], place["country"]]))
    point = f", {place['lat']:.2f} {place['lon']:.2f}" if place["lat"] is not None else ""
    return f"{place['name']} ({place['precision']}; {where}{point}), words: “{place['text']}”"


def plant(draw, event, what, others):
    """A wrong answer made from a right-looking one."""
    wrong = copy.deepcopy(event)
    if what == "date":
        date = wrong["date"]
        day = (datetime.date.fromisoformat(date["value"] + "-01-01"[len(date["value"]) - 4:])
               if len(date["value"]) < 10 else datetime.date.fromisoformat(date["value"]))
        shift = draw.choice([-1, 1, -7, 7, 30, -365, 365])
        moved = day + datetime.timedelta(days=shift * (31 if len(date["value"]) == 7 else 366 if len(date["value"]) == 4 else 1))
        date["value"] = moved.isoformat()[:len(date["value"])]
        date["earliest"] = date["latest"] = None
        return wrong, f"shifted by {shift}"
    fitting = [o for o in others if o["place"] and o["place"]["country"] != event["place"]["country"]]
    near = [o for o in others if o["place"] and o["place"]["country"] == event["place"]["country"]
            and o["place"]["name"] != event["place"]["name"] and o["place"]["precision"] == "city"]
    pick = draw.choice(near if near and draw.random() < 0.5 else fitting)
    wrong["place"] = {**pick["place"], "text": event["place"]["text"]}
    return wrong, f"the place of {pick['id']}"


def score(path):
    """Prints what a table of verdicts says: all events, and those with an answer."""
    rows = sheet.read_verdicts(path)
    planted = [r for r in rows if r["drawn"] == "planted"]
    given = [r for r in rows if r["drawn"] != "planted" and not r["answer"].startswith("no ")]
    rows = [r for r in rows if r["drawn"] == "random"]
    for name, group in (("events at random", rows), ("events with an answer", given)):
        sheet.shares(f"{name} ({len(group)})", [r["verdict"] for r in group], ("right", "coarse", "missing", "wrong"))
    caught = sum(r["verdict"] == "wrong" for r in planted)
    print(f"planted wrong answers found: {caught} of {len(planted)}")
    return 0


def script():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_binary(parser)
    parser.add_argument("--score", help="a table of verdicts: nothing is drawn")
    parser.add_argument("--what", choices=["date", "place"])
    parser.add_argument("--part", choices=["develop", "judge"], default="develop")
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--given", type=int, help="draw on until so many events have an answer")
    parser.add_argument("--planted", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pool", type=int, default=3000, help="code so many items of current events")
    parser.add_argument("--without", nargs="*", default=[], help="keys of earlier sheets: their documents are not drawn")
    parser.add_argument("--coded", help="keep the coded events here, or take them from here")
    parser.add_argument("--out")
    parser.add_argument("--key")
    args = parser.parse_args()
    if args.score:
        return score(args.score)
    if not (args.what and args.out):
        parser.error("--what and --out are needed")
    draw = random.Random(args.seed)
    if args.coded and Path(args.coded).exists():
        found = {k: [tuple(p) for p in v] for k, v in json.loads(Path(args.coded).read_text(encoding="utf-8")).items()}
    else:
        found = pools(args.binary, args.part, draw, args.pool)
        if args.coded:
            Path(args.coded).write_text(json.dumps(found), encoding="utf-8")
    chosen = []
    seen = {json.loads(line)["document"] for key in args.without for line in Path(key).read_text(encoding="utf-8").splitlines()}
    for source, events in found.items():
        # The examples are too few to leave any out.
        events = [e for e in events if source == "examples" or e[0]["document"]["id"] not in seen]
        draw.shuffle(events)
        share = SHARES[source]
        wanted, given = round(args.events * share), round((args.given or 0) * share)
        with_answer = 0
        for n, (event, text) in enumerate(events):
            if n >= wanted and with_answer >= given:
                break
            # Beyond the events wanted anyway only those with an answer are shown.
            if n < wanted or event[args.what] is not None:
                with_answer += event[args.what] is not None
                chosen.append((source, event, text, None if n < wanted else "more"))
        found[source] = events[n:]
    unused = [(s, e, t) for s, events in found.items() for e, t in events if e[args.what]]
    for source, event, text in draw.sample(unused, min(len(unused), args.planted)):
        wrong, way = plant(draw, event, args.what, [e for _, e, _ in unused])
        chosen.append((source, wrong, text, way))
    whole = whole_texts(args.part)

    def entry(source, event, text, way):
        document, trigger = event["document"], event["evidence"]["trigger"]
        title = f"  title: {document['title']}" if document["title"] else ""
        occasion = f" · occasion: {event['occasion']['text']}" if event.get("occasion") and args.what == "place" else ""
        given = answer(event, args.what)
        text = (f"published {document['published']}{title}\n{shown(event, text, whole)}\n"
                f"{event['event_type']} {event['status']}: {given}{occasion}")
        drawn = "random" if way is None else way if way == "more" else f"planted: {way}"
        return text, {"source": source, "document": document["id"], "event": event["id"], "start": trigger["start"],
                      "end": trigger["end"], "answer": given, "drawn": drawn}

    sheet.write(draw, [entry(*one) for one in chosen], args.out, args.key)
    print(f"{len(chosen)} entries in {args.out}")
    return 0


def whole_texts(part):
    """Files of readouts and examples as text, to show what stands before a sentence."""
    texts = []
    with tarfile.open(shared("readouts/white_house_readouts.tar.gz")) as archive:
        for member in archive.getmembers():
            if member.isfile() and half(Path(member.name).name) == part:
                texts.append(archive.extractfile(member).read().decode("utf-8"))
    for path in sorted((ROOT / "examples").iterdir()):
        if path.suffix in (".md", ".txt", ".csv", ".jsonl", ".rss", ".html"):
            texts.append(path.read_text(encoding="utf-8", errors="replace"))
    return texts


def shown(event, text, whole):
    """The marked sentence with what stands before it: the whole of a short text, lead and last words of a long one."""
    sentence = event["evidence"]["text"]
    holder = text or next((w for w in whole if sentence in w), sentence)
    before = " ".join(holder[:holder.index(sentence)].split("---", 2)[-1].split())
    lead, rest = before[:LEAD], before[LEAD:][-CONTEXT:]
    return (lead + (" … " + rest if rest else "") + " ▸ " if before else "") + marked(event)


if __name__ == "__main__":
    main(script)
