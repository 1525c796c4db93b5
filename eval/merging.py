#!/usr/bin/env python3
"""Draws pairs of reports to judge the merging by, and scores the judgements.

    python3 eval/merging.py draw RECORD CORPUS SHEET KEY     two files: the sheet to read, the key to leave alone until then
    python3 eval/merging.py score JUDGED KEY

RECORD is one that world/build.py made of CORPUS (a record without text: the sentences come from the corpus). Candidates
are pairs of present reports of different documents with the same type and status that tie the same two codes (or, at home,
the same code), at most two days apart. Three kinds are drawn and mixed: pairs that the record merges; pairs that it does
not, of the same day or the next, half of them with words in common; and planted ones that are surely two happenings (other
days of the same dyad and type), shown with their dates left out. The judge writes `same`, `other` or `unclear` before each
pair.
"""

import collections
import importlib.util
import json
import os
import random
import re
import sqlite3
import sys

MERGED, APART, PLANTED = 42, 42, 16


def main():
    if sys.argv[1] == "draw":
        draw(*sys.argv[2:6])
    else:
        score(*sys.argv[2:4])


def texts(corpus):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "world", "build.py")
    spec = importlib.util.spec_from_file_location("build", path)
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    return {d["id"]: d["text"] for day, lines in build.days(corpus) for d in build.documents(day, lines)}


def draw(record, corpus, sheet, key):
    db = sqlite3.connect(record)
    rows = db.execute("""
        SELECT r.id, d.document_id, r.event_type, r.status, coalesce(r.date, d.published), r.sentence_start, r.sentence_end, r.trigger_start,
          r.trigger_end, (SELECT group_concat(c) FROM (SELECT DISTINCT ifnull(e.code, 0) c FROM report_participants p
            JOIN entities e ON e.id = p.entity WHERE p.report = r.id ORDER BY 1)), m.occurrence
        FROM reports r JOIN documents d ON d.id = r.document JOIN members m ON m.report = r.id
          JOIN occurrences o ON o.id = m.occurrence AND o.superseded IS NULL
        WHERE r.superseded IS NULL AND coalesce(r.date, d.published) % 100 > 0 AND r.status <= 2 ORDER BY r.report_id""").fetchall()
    groups = collections.defaultdict(list)
    for row in rows:
        groups[row[2], row[3], row[9]].append(row)
    merged, apart, far = [], [], []
    for (_, _, codes), members in sorted(groups.items(), key=lambda g: (*g[0][:2], g[0][2] or "")):
        if codes is None or codes == "0":
            continue
        members.sort(key=lambda r: (r[4], r[1]))
        for i, a in enumerate(members):
            for b in members[i + 1:]:
                if a[1] == b[1]:
                    continue
                if b[4] - a[4] > 2:
                    far.append((a, b))
                    break
                elif a[10] == b[10]:
                    merged.append((a, b))
                elif b[4] - a[4] <= 1:
                    apart.append((a, b))
    text = texts(corpus)
    dice = random.Random(4)

    def words(row):
        return {w for w in re.findall(r"\w{4,}", sentence(row).lower())}

    def sentence(row):
        raw = text[row[1]].encode()
        parts = raw[row[5]:row[7]], raw[row[7]:row[8]], raw[row[8]:row[6]]
        return "{}[{}]{}".format(*(p.decode() for p in parts))

    like = [p for p in apart if len(words(p[0]) & words(p[1])) >= 4]
    unlike = [p for p in apart if len(words(p[0]) & words(p[1])) < 4]
    strata = {"merged": merged, "apart-like": like, "apart-unlike": unlike, "planted": far}
    wanted = {"merged": MERGED, "apart-like": APART // 2, "apart-unlike": APART // 2, "planted": PLANTED}
    pairs = [(kind, pair) for kind, all_pairs in strata.items() for pair in dice.sample(all_pairs, min(wanted[kind], len(all_pairs)))]
    dice.shuffle(pairs)
    with open(sheet, "w", encoding="utf-8") as file, open(key, "w", encoding="utf-8") as keys:
        for number, (kind, (a, b)) in enumerate(pairs, 1):
            file.write(f"{number}\t?\t{sentence(a)}\t{sentence(b)}\n")
            keys.write(json.dumps({"pair": number, "kind": kind, "a": a[1], "b": b[1]}) + "\n")
        keys.write(json.dumps({kind: len(all_pairs) for kind, all_pairs in strata.items()}) + "\n")
    print({kind: len(all_pairs) for kind, all_pairs in strata.items()})


def score(judged, key):
    with open(key, encoding="utf-8") as file:
        *lines, sizes = [json.loads(line) for line in file]
    kinds = {line["pair"]: line["kind"] for line in lines}
    table = collections.Counter()
    with open(judged, encoding="utf-8") as file:
        for line in file:
            number, verdict = line.split("\t")[:2]
            table[kinds[int(number)], verdict] += 1
    for kind in sizes:
        print(kind, {v: table[kind, v] for v in ("same", "other", "unclear")}, "of", sizes[kind], "candidates")
    good, bad = table["merged", "same"], table["merged", "other"] + table["merged", "unclear"]
    print(f"precision {good}/{good + bad} = {good / (good + bad):.3f}")
    drawn = {kind: sum(table[kind, v] for v in ("same", "other", "unclear")) for kind in sizes}
    found = sizes["merged"] * good / drawn["merged"]
    missed = sum(sizes[k] * table[k, "same"] / drawn[k] for k in ("apart-like", "apart-unlike") if drawn[k])
    print(f"recall, weighted by the sizes of the strata: {found / (found + missed):.3f}")
    print("planted taken for the same:", table["planted", "same"])


main()
