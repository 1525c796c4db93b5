#!/usr/bin/env python3
"""Draws pairs of reports to judge the merging by, and scores the judgements.

    python3 eval/merging.py draw RECORD SHEET KEY [--seed N] [--without TABLE…]
    python3 eval/merging.py score VERDICTS [KEY]

RECORD is one that world/build.py made with --with-text. Four kinds of pairs of reports of different documents are drawn and mixed:
pairs of one occurrence, half of them any such pair (a happening of n reports has n (n - 1) / 2), half of them one pair from each of
so many occurrences, whatever their size; pairs that the record keeps apart and that have type, status and codes in common, of the
same day or the next, half of them with words in common; and planted ones that are surely two happenings (the same, but told of days
more than two apart). Days of publication are not shown. The judge writes a table of `pair` and `verdict`: `same`, `other` or
`unclear`, which counts as wrong. A table that is kept has the columns of the key as well (eval/merging-judged-2.tsv) and is scored by
itself. What this gives is the precision; how much is found is asked of eval/mates.py, report by report.
"""

import argparse
import collections
import random
import re
import sqlite3

import sheet

WANTED = {"merged": 26, "merged-happening": 26, "apart-like": 16, "apart-unlike": 16, "planted": 16}

REPORTS = """
    SELECT r.id, d.document_id AS document, r.event_type, r.status, CASE WHEN r.date % 100 > 0 THEN r.date ELSE d.published END AS day,
      r.date IS NOT NULL AND r.date % 100 > 0 AS told,
      CAST(substr(CAST(d.text AS BLOB), r.sentence_start + 1, r.trigger_start - r.sentence_start) AS TEXT) AS before,
      CAST(substr(CAST(d.text AS BLOB), r.trigger_start + 1, r.trigger_end - r.trigger_start) AS TEXT) AS act,
      CAST(substr(CAST(d.text AS BLOB), r.trigger_end + 1, r.sentence_end - r.trigger_end) AS TEXT) AS after,
      (SELECT group_concat(c) FROM (SELECT DISTINCT ifnull(e.code, 0) c FROM report_participants p
         JOIN entities e ON e.id = p.entity WHERE p.report = r.id ORDER BY 1)) AS codes, m.occurrence
    FROM reports r JOIN documents d ON d.id = r.document JOIN members m ON m.report = r.id
      JOIN occurrences o ON o.id = m.occurrence AND o.superseded IS NULL
    WHERE r.superseded IS NULL AND d.text IS NOT NULL AND r.status <= 2
    ORDER BY r.report_id"""


def sentence(report):
    return f"{report['before']}[{report['act']}]{report['after']}"


def like(a, b):
    """Whether the sentences have four longer words in common."""
    one, other = ({w for w in re.findall(r"\w{4,}", sentence(r).lower())} for r in (a, b))
    return len(one & other) >= 4


def candidates(record, dice):
    """The pairs of each kind."""
    db = sqlite3.connect(f"file:{record}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    groups, together = collections.defaultdict(list), collections.defaultdict(list)
    for row in db.execute(REPORTS):
        together[row["occurrence"]].append(row)
        if row["codes"] not in (None, "0"):
            groups[row["event_type"], row["status"], row["codes"]].append(row)
    found = {kind: [] for kind in WANTED}
    for _, members in sorted(together.items()):
        pairs = [(a, b) for i, a in enumerate(members) for b in members[i + 1:] if a["document"] != b["document"]]
        found["merged"] += pairs
        found["merged-happening"] += [dice.choice(pairs)] if pairs else []
    for _, members in sorted(groups.items()):
        members.sort(key=lambda r: (r["day"], r["document"], r["id"]))
        for i, a in enumerate(members):
            for b in members[i + 1:]:
                if a["document"] == b["document"] or a["occurrence"] == b["occurrence"]:
                    continue
                if b["day"] - a["day"] > 2:
                    if a["told"] and b["told"]:
                        found["planted"].append((a, b))
                    break
                if b["day"] - a["day"] <= 1:
                    found["apart-like" if like(a, b) else "apart-unlike"].append((a, b))
    return found


def draw(args):
    dice = random.Random(args.seed)
    found = candidates(args.record, dice)
    seen = {frozenset((row["a"], row["b"])) for path in args.without for row in sheet.read_verdicts(path)}
    for kind, pairs in found.items():
        found[kind] = [pair for pair in pairs if frozenset(r["document"] for r in pair) not in seen]
    entries = []
    for kind, pairs in found.items():
        for a, b in dice.sample(pairs, min(WANTED[kind], len(pairs))):
            said = {"kind": kind, "of": len(pairs), "a": a["document"], "b": b["document"]}
            entries.append((f"- {sentence(a)}\n- {sentence(b)}", said))
    print(sheet.write(dice, entries, args.sheet, args.key), "pairs;",
          ", ".join(f"{kind} of {len(pairs)}" for kind, pairs in found.items()))


def score(args):
    rows = sheet.read_verdicts(args.verdicts)
    if args.key:
        key = sheet.read_key(args.key)
        rows = [key[int(row["pair"])] | row for row in rows]
    table, sizes = collections.Counter(), {}
    for row in rows:
        table[row["kind"], row["verdict"]] += 1
        sizes[row["kind"]] = int(row["of"])
    drawn = {kind: sum(table[kind, v] for v in ("same", "other", "unclear")) for kind in sizes}
    for kind in sizes:
        print(kind, {v: table[kind, v] for v in ("same", "other", "unclear")}, "of", sizes[kind], "candidates")
    for kind, what in (("merged", "precision, by pairs"), ("merged-happening", "precision, by happenings")):
        if drawn.get(kind):
            print(sheet.share(what, table[kind, "same"], drawn[kind]))
    for kind in filter(drawn.get, ("apart-like", "apart-unlike")):
        print(sheet.share(f"the same among {kind}", table[kind, "same"], drawn[kind]))
    print("planted taken for the same:", table["planted", "same"], "of", drawn["planted"])


def script():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    drawing = commands.add_parser("draw")
    for name in ("record", "sheet", "key"):
        drawing.add_argument(name)
    drawing.add_argument("--seed", type=int, default=4)
    drawing.add_argument("--without", nargs="*", default=[], help="tables of pairs, columns a and b, that are not drawn again")
    drawing.set_defaults(run=draw)
    scoring = commands.add_parser("score")
    scoring.add_argument("verdicts")
    scoring.add_argument("key", nargs="?")
    scoring.set_defaults(run=score)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    script()
