#!/usr/bin/env python3
"""Coreference links against the gold clusters of GUM's open genres.

    python3 eval/coref.py [--split test] [--binary PATH] [--wrong] [--genre news]

Reads ../shared/data/treebank/UD_English-GUM-open, writes each document as raw text (sentences joined by a blank, paragraphs
by an empty line), runs the example `coreference` over it, and compares heads:

- A mention of ours is matched to the gold mentions whose head is the token that its own head word overlaps; where there is
  none ("student Jane Doe" is headed by "student" in one tree and by "Jane" in the other), to the shortest gold mention that
  holds the words of ours and has its head among them or ends with them. The head of a gold mention is its first token whose syntactic head
  (gold tree) lies outside the mention.
- A link with one antecedent is right where a gold mention at the anaphor and one at the antecedent are in one cluster.
- A link with several antecedents ("the two leaders") is right where each antecedent shares the anaphor's cluster, or is named
  by its SplitAnte, or where a gold mention of the anaphor's cluster begins at the first antecedent and covers all.
- A link whose anaphor or antecedent is no gold mention is wrong.
- Recall: of the gold mentions of the kind (third-person pronouns; definite nominals with "the", "this", "that" or "both"
  whose cluster has an earlier mention) the share that has a right link.
"""

import argparse
import collections
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from common import ROOT, wilson

GUM = ROOT.parent / "shared" / "data" / "treebank" / "UD_English-GUM-open"
PRONOUNS = {"he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself", "they", "them", "their",
            "theirs", "themselves"}


def documents(path):
    """Documents with raw text and sentences of tokens (start, end, head, fields); offsets are UTF-8 bytes."""
    found, doc, sentence, paragraph = [], None, None, False
    size = lambda text: len(text.encode())

    def close():
        nonlocal sentence
        if sentence:
            place(doc, sentence)
        sentence = None

    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc id"):
            doc = {"id": line.split("= ", 1)[1], "text": "", "sentences": [], "date": None, "genre": None}
            found.append(doc)
        elif line.startswith("# meta::genre"):
            doc["genre"] = line.split("= ", 1)[1]
        elif line.startswith("# meta::dateCreated"):
            date = line.split("= ", 1)[1]
            doc["date"] = date if re.fullmatch(r"\d{4}-\d\d-\d\d", date) else None
        elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
            paragraph = True
        elif line.startswith("#"):
            pass
        elif not line:
            close()
        else:
            if sentence is None:
                sentence = {"fields": [], "words": [], "paragraph": paragraph}
                paragraph = False
            fields = line.split("\t")
            if "." in fields[0]:
                continue
            if "-" in fields[0]:
                first, last = map(int, fields[0].split("-"))
                sentence["words"].append((first, last, fields[1], "SpaceAfter=No" in fields[9]))
            else:
                sentence["fields"].append(fields)
    close()
    return found


def place(doc, sentence):
    """Adds a sentence to the document's text, and the byte places of its tokens."""
    if doc["text"]:
        doc["text"] += "\n\n" if sentence["paragraph"] else " "
    at, spans, text = len(doc["text"].encode()), {}, ""
    joined = {first: (last, form, close) for first, last, form, close in sentence["words"]}
    number, count = 1, len(sentence["fields"])
    while number <= count:
        last, form, close = joined.get(number, (number, sentence["fields"][number - 1][1],
                                                "SpaceAfter=No" in sentence["fields"][number - 1][9]))
        start = at + len(text.encode())
        text += form
        place_in = 0
        for k in range(number, last + 1):
            own = sentence["fields"][k - 1][1]
            offset = form.find(own, place_in) if last > number else 0
            if offset < 0:
                spans[k] = (start, start + len(form.encode()))
            else:
                before = len(form[:offset].encode())
                spans[k] = (start + before, start + before + len(own.encode()) if last > number else start + len(form.encode()))
                place_in = offset + len(own)
        text += "" if close or last == count else " "
        number = last + 1
    doc["text"] += text
    tokens = [(*spans[i + 1], int(f[6]) - 1, f) for i, f in enumerate(sentence["fields"])]
    doc["sentences"].append(tokens)


def mentions(doc):
    """Gold mentions: cluster, kind of link, sentence, first, last and head token."""
    found = []
    for number, tokens in enumerate(doc["sentences"]):
        open_, here = [], []
        for i, (_, _, _, fields) in enumerate(tokens):
            misc = dict(part.split("=", 1) for part in fields[9].split("|") if "=" in part)
            for part in re.finditer(r"\(([^()]*)(\)?)|([^()]+)\)", misc.get("Entity", "")):
                if part.group(3) is None:
                    values = part.group(1).split("-")
                    mention = {"cluster": values[0], "etype": values[1], "sentence": number, "first": i, "last": i,
                               "split": misc.get("SplitAnte", "")}
                    here.append(mention)
                    if not part.group(2):
                        open_.append(mention)
                else:
                    for k in reversed(range(len(open_))):
                        if open_[k]["cluster"] == part.group(3):
                            open_.pop(k)["last"] = i
                            break
        for m in here:
            inside = range(m["first"], m["last"] + 1)
            m["head"] = next((i for i in inside if tokens[i][2] not in inside), m["first"])
        found.extend(here)
    return found


def links(binary, docs):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gum.jsonl"
        rows = [{"id": d["id"], "text": d["text"], "published": d["date"], "language": "en"} for d in docs]
        path.write_text("".join(json.dumps({k: v for k, v in r.items() if v}) + "\n" for r in rows), encoding="utf-8")
        out = subprocess.run([binary, path], capture_output=True, check=True).stdout.decode()
    found = collections.defaultdict(list)
    for line in out.splitlines():
        link = json.loads(line)
        found[link["document"]].append(link)
    return found


class Gold:
    def __init__(self, doc):
        self.doc, self.by_head, self.clusters = doc, collections.defaultdict(list), collections.defaultdict(list)
        self.by_sentence = collections.defaultdict(list)
        for m in mentions(doc):
            self.by_sentence[m["sentence"]].append(m)
            self.by_head[(m["sentence"], m["head"])].append(m)
            self.clusters[m["cluster"]].append(m)
        self.tokens = [(s, e, n, i) for n, ts in enumerate(doc["sentences"]) for i, (s, e, _, _) in enumerate(ts)]

    def at(self, word, words):
        """Gold mentions that a mention of ours is, by its head word and all its words."""
        within = lambda span: [(n, i) for start, end, n, i in self.tokens if start < span[1] and span[0] < end]
        found = [m for key in within(word) for m in self.by_head[key]]
        if found:
            return found
        own = within(words)
        if not own:
            return []
        (sentence, first), last = own[0], own[-1][1]
        holding = [m for m in self.by_sentence[sentence] if m["first"] <= first and last <= m["last"]
                   and (first <= m["head"] <= last or m["last"] == last)]
        return sorted(holding, key=lambda m: m["last"] - m["first"])[:1]

    def is_right(self, link):
        anaphors = self.at(link["word"], link["anaphor"])
        antecedents = [self.at(head, words) for words, head in link["antecedents"]]
        for a in anaphors:
            if all(any(b["cluster"] == a["cluster"] for b in found) for found in antecedents):
                return True
            if len(antecedents) > 1:
                parts = re.findall(r"([^,<]+)<" + re.escape(a["cluster"]) + r"(?![^,])", a["split"])
                if parts and all(any(b["cluster"] in parts for b in found) for found in antecedents):
                    return True
                first = antecedents[0][0] if antecedents[0] else None
                others = [b for found in antecedents[1:] for b in found]
                for whole in self.clusters[a["cluster"]]:
                    if first and others and whole["sentence"] == first["sentence"] and whole["first"] <= first["head"] \
                            and all(whole["last"] >= b["head"] and b["sentence"] == whole["sentence"] for b in others):
                        return True
        return False


def recall_base(gold):
    """Gold mentions that refer back, by kind."""
    out = collections.defaultdict(list)
    for cluster in gold.clusters.values():
        ordered = sorted(cluster, key=lambda m: (m["sentence"], m["head"], -m["last"]))
        for m in ordered[1:]:
            tokens = gold.doc["sentences"][m["sentence"]]
            fields = tokens[m["head"]][3]
            place_ = (tokens[m["head"]][0], tokens[m["head"]][1])
            first = tokens[m["first"]][3][1].lower()
            if fields[1].lower() in PRONOUNS:
                out["pronoun"].append(place_)
            elif fields[3] == "NOUN" and first in ("the", "this", "that", "both", "these", "those"):
                out["definite"].append(place_)
    return out


def script():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", default="test", help="train, dev or test; several with commas")
    parser.add_argument("--binary", default=ROOT / "target" / "release" / "examples" / "coreference")
    parser.add_argument("--genre", help="only this genre")
    parser.add_argument("--reasons", action="store_true", help="precision by reason")
    parser.add_argument("--wrong", action="store_true", help="print the wrong links with their text")
    parser.add_argument("--kind", help="print only links whose kind or reason has this in it")
    parser.add_argument("--right", action="store_true", help="print the right links, too")
    args = parser.parse_args()
    if not GUM.exists():
        print(f"skipped: {GUM} is not there")
        return 0
    docs = [d for s in args.split.split(",") for d in documents(GUM / f"en_gum_open-{s}.conllu")]
    docs = [d for d in docs if not args.genre or d["genre"] == args.genre]
    found = links(args.binary, docs)
    counts, reasons = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
    base, hit = collections.Counter(), collections.Counter()
    genres = collections.defaultdict(collections.Counter)
    for doc in docs:
        gold = Gold(doc)
        good = []
        for link in found[doc["id"]]:
            right = gold.is_right(link)
            kind = link["kind"]
            for key in (kind, "all"):
                counts[key][right] += 1
            reasons[f"{kind}: {link['reason']}"][right] += 1
            genres[doc["genre"]][right] += 1
            if right:
                good.append(link["word"])
            wanted = not args.kind or args.kind in f"{kind}: {link['reason']}"
            if wanted and (args.wrong and not right or args.right and right):
                show(doc, gold, link, right)
        for kind, places in recall_base(gold).items():
            for start, end in places:
                base[kind] += 1
                hit[kind] += any(w[0] < end and start < w[1] for w in good)
    for title, table in (("kind", counts), ("genre", genres), *([("reason", reasons)] if args.reasons else [])):
        print(f"| {title} | links | right | precision | 95 % |\n|---|---|---|---|---|")
        for key, c in sorted(table.items(), key=lambda kc: -sum(kc[1].values())):
            right, total = c[True], c[True] + c[False]
            low, high = wilson(right, total)
            print(f"| {key} | {total} | {right} | {right / total:.3f} | {low:.2f}–{high:.2f} |")
    for kind in base:
        print(f"recall {kind}: {hit[kind]} of {base[kind]} = {hit[kind] / base[kind]:.3f}")
    return 0


def show(doc, gold, link, right):
    raw = doc["text"].encode()
    start, end = link["sentence"]
    clusters = lambda word, words: [m["cluster"] for m in gold.at(word, words)]
    parts = "; ".join(f"{span[2]!r} {clusters(head, span)}" for span, head in link["antecedents"])
    print(f"{'right' if right else 'WRONG'} {doc['id']} [{link['kind']}: {link['reason']}] {link['anaphor'][2]!r} "
          f"{clusters(link['word'], link['anaphor'])} -> {parts}\n    … {one_line(raw[max(0, start - 250):start])} ⟦{one_line(raw[start:end])}⟧")


def one_line(raw):
    return " ".join(raw.decode(errors="replace").split())


if __name__ == "__main__":
    sys.exit(script())
