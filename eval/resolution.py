#!/usr/bin/env python3
"""Draws participants of coded events at random, for a reader who judges whether each is the right one.

    python3 eval/resolution.py [BINARY] --news 100 --readouts 100 --planted 20 --seed 7 --out sheet.md --key key.jsonl
    python3 eval/resolution.py --count eval/resolution.tsv

The sheet shows the text before and around the mention and the answer: state or organisation, sectors, name. Planted answers are
those of another mention; a reader who lets them pass is lenient. `--count` prints the shares of kept verdicts, with Wilson's
95 % intervals.
"""

import argparse
import json
import random
import re
import tarfile
import tempfile
from pathlib import Path

import corpus
import sheet
from common import add_binary, code_documents, code_path, main, shared


def news(binary, draw):
    pool = draw.sample(list(corpus.documents()), 4000)
    events = [e for coded in code_documents(binary, pool).values() for e in coded]
    return mentions("news", events, {d["id"]: d["text"] for d in pool})


def readouts(binary, _):
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(shared("readouts/white_house_readouts.tar.gz")) as archive:
            archive.extractall(folder, filter="data")
        texts = {}
        for path in sorted(Path(folder).rglob("*.md")):
            if "readout" not in path.name:
                path.unlink()
                continue
            front, body = path.read_text(encoding="utf-8").split("---", 2)[1:]
            address = re.search(r"^source_url: *(\S+)", front, re.MULTILINE)
            if address:
                texts[address.group(1)] = " ".join(body.split())[:800] + " … "
        output, _ = code_path(binary, folder)
        events = [json.loads(line) for line in output.decode("utf-8").splitlines()]
        return mentions("readouts", events, texts)


def mentions(source, events, texts):
    found = {}
    for event in events:
        document = event["document"]
        evidence = event["evidence"]
        # Of a news item what stands before the sentence, of a readout how it begins.
        text = texts.get(document["id"]) or texts.get(document["url"]) or ""
        for p in event["actors"] + event["recipients"]:
            inside = evidence["start"] <= p["start"] and p["end"] <= evidence["end"]
            if not inside:
                continue
            key = (document["id"], p["start"], p["end"], p["code"])
            raw = evidence["text"].encode("utf-8")
            a, b = p["start"] - evidence["start"], p["end"] - evidence["start"]
            sentence = (raw[:a] + b"[[" + raw[a:b] + b"]]" + raw[b:]).decode("utf-8")
            before = text.encode("utf-8")[:evidence["start"]].decode("utf-8") if source == "news" else text
            found[key] = {
                "source": source, "document": document["url"] or document["id"], "title": document["title"],
                "date": document["published"], "start": p["start"], "end": p["end"], "words": p["text"],
                "before": before[-800:], "sentence": sentence, "code": p["code"], "sectors": "/".join(p["sectors"]),
                "name": p["name"],
            }
    return [found[key] for key in sorted(found, key=str)]


def script():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_binary(parser)
    parser.add_argument("--news", type=int, default=100)
    parser.add_argument("--readouts", type=int, default=100)
    parser.add_argument("--planted", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", help="the reading sheet")
    parser.add_argument("--key", help="JSON Lines: number, document, span, answer, planted or not")
    parser.add_argument("--count", help="a table of verdicts")
    args = parser.parse_args()
    if args.count:
        return count(args.count)
    if not (args.out and args.key):
        parser.error("--out and --key are needed")
    draw = random.Random(args.seed)
    entries, spare = [], []
    for pool, size in ((news(args.binary, draw), args.news), (readouts(args.binary, draw), args.readouts)):
        draw.shuffle(pool)
        entries += pool[:size]
        spare += pool[size:size * 3]
    others = [e for e in spare if e["code"]]
    for entry in draw.sample(spare, args.planted):
        other = draw.choice([o for o in others if o["code"] != entry["code"]])
        entries.append(entry | {"code": other["code"], "sectors": other["sectors"], "name": other["name"], "planted": True})
    def shown(e):
        title = f" Title: {e['title']}." if e["title"] else ""
        return (f"{e['date']}.{title}\n{e['before']} {e['sentence']}\n"
                f"=> {e['code'] or 'no code'} {e['sectors'] or '-'} ({e['name']})")

    said = ("source", "document", "start", "end", "words", "code", "sectors", "name")
    sheet.write(draw, [(shown(e), {k: e[k] for k in said} | {"planted": e.get("planted", False)}) for e in entries],
                args.out, args.key)
    print(f"{len(entries)} entries, {args.planted} of them planted")
    return 0


def count(path):
    rows = sheet.read_verdicts(path)
    planted = [r for r in rows if r["planted"] == "yes"]
    print(f"planted: {sum(r['verdict'] == 'wrong' for r in planted)} of {len(planted)} called wrong")
    for source in ("news", "readouts", None):
        part = [r["verdict"] for r in rows if r["planted"] != "yes" and source in (None, r["source"])]
        sheet.shares(source or "both", part, ("right", "unresolved", "wrong"))
    return 0


if __name__ == "__main__":
    main(script)
