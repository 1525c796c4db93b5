#!/usr/bin/env python3
"""Estimates how much of what belongs together the merging puts together, by asking for the mates of single reports.

    python3 eval/mates.py draw RECORD [OTHER] SHEET KEY [--seed N] [--reports N]
    python3 eval/mates.py keep VERDICTS KEY JUDGED
    python3 eval/mates.py score JUDGED RECORD [--seed N]

Few pairs of reports are the same happening, and those that a wide net catches unasked stand for hundreds of others each: a recall by
pairs drawn at random has a very wide interval (eval/merging.py). Here reports are drawn, and of each one is asked which others tell
the same happening, as B-cubed does (Bagga and Baldwin 1998). The candidates that the reader sees are pooled (as in TREC): those that
a record merges with it, and the MOST likest ones by a measure that the merging does not use and that knows no window of time: the
rarity of the words that both sentences have, the word of the act, who takes part, the place, the days between. Two records (before
and after a change) may give their merged ones to the same pool, so that one reading measures both.

Reports are drawn in strata of how like their likest candidate is, more of those that have like ones, and weighted back. What no pool
holds is not seen: the recall is an upper bound where true mates are unlike in every respect.

The reader writes a table of `report`, `candidate` and `verdict`: `same`, `other` or `unclear`, which counts as neither found nor
missed for the recall, and as wrong for the precision. The score of a record:

- recall by reports: of a report's mates the share that is in its occurrence, mean over the reports that have a mate;
- recall by pairs: the same as a ratio of sums, in which a happening of n reports counts n (n - 1) times;
- precision by reports and by pairs, likewise, of what its occurrence has.

`keep` appends verdicts and key to a table of what was judged (eval/mates-judged.jsonl): one line a report, by document, act and type, so
that a record made later by a changed program is scored by it as well, as far as it still codes the same acts.

Intervals of 95 % are from 2,000 bootstraps of the reports within their strata.
"""

import argparse
import collections
import datetime
import json
import math
import random
import re
import sqlite3

import sheet

MOST = 8          # likest candidates shown of a report
MOST_MERGED = 8   # merged ones shown; of more, so many at random
STRATA = [(45, 40), (30, 30), (18, 20), (0, 10)]  # likest candidate at least so like: reports drawn of a hundred
EXAMINED = 3000   # reports, drawn at random, that strata are made of

REPORTS = """
    SELECT r.id, d.document_id AS document, r.trigger_start, r.event_type, t.name AS type, r.status, r.date, r.date_implied,
      d.published, p.name AS place, m.occurrence,
      CAST(substr(CAST(d.text AS BLOB), r.sentence_start + 1, r.trigger_start - r.sentence_start) AS TEXT) AS before,
      CAST(substr(CAST(d.text AS BLOB), r.trigger_start + 1, r.trigger_end - r.trigger_start) AS TEXT) AS act,
      CAST(substr(CAST(d.text AS BLOB), r.trigger_end + 1, r.sentence_end - r.trigger_end) AS TEXT) AS after
    FROM reports r JOIN documents d ON d.id = r.document JOIN event_types t ON t.id = r.event_type
      JOIN members m ON m.report = r.id JOIN occurrences o ON o.id = m.occurrence AND o.superseded IS NULL
      LEFT JOIN places p ON p.id = r.place
    WHERE r.superseded IS NULL AND d.text IS NOT NULL AND d.published IS NOT NULL AND r.status <= 2
    ORDER BY r.report_id"""

PARTICIPANTS = """
    SELECT p.report, ifnull(c.code, lower(e.name)) AS code, lower(e.name) AS name
    FROM report_participants p JOIN entities e ON e.id = p.entity LEFT JOIN codes c ON c.id = e.code"""


def reports(path):
    """The reports of a record by document, act and type, which are the same in two records that one coder made."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    sides = collections.defaultdict(set)
    for row in db.execute(PARTICIPANTS):
        sides[row["report"]] |= {row["code"], row["name"]}
    found = {}
    for row in map(dict, db.execute(REPORTS)):
        row["sides"] = sides[row["id"]]
        row["sentence"] = f"{row['before'] or ''}[{row['act']}]{row['after'] or ''}"
        row["words"] = set(re.findall(r"[a-z]{4,}|\d{2,}", row["sentence"].lower()))
        row["stem"] = re.sub(r"(ings?|ed|es|s|ion)$", "", (re.findall(r"\w{3,}", row["act"].lower()) or [""])[0])
        day = str(row["published"])
        row["day"] = datetime.date(int(day[:4]), int(day[4:6]), max(1, int(day[6:]))).toordinal()
        found[f"{row['document']} {row['trigger_start']} {row['type']}"] = row
    return found


def occurrences(rows):
    groups = collections.defaultdict(list)
    for name, row in rows.items():
        groups[row["occurrence"]].append(name)
    return groups


class Likeness:
    def __init__(self, rows):
        self.rows = rows
        counts = collections.Counter(w for row in rows.values() for w in row["words"])
        self.rarity = {w: math.log2(len(rows) / n) for w, n in counts.items()}
        self.by_side = collections.defaultdict(list)
        for name, row in rows.items():
            for side in row["sides"] | ({row["place"]} if row["place"] else set()):
                self.by_side[row["type"], side].append(name)

    def of(self, a, b):
        shared = sum(r for w in a["words"] & b["words"] if (r := self.rarity[w]) > 4)
        points = min(shared, 40) + 6 * (a["stem"] == b["stem"]) + 4 * (a["place"] is not None and a["place"] == b["place"])
        points += 3 * len({s for s in a["sides"] & b["sides"]} - {"usa"}) - 1 * len(a["sides"] ^ b["sides"])
        apart = abs(a["day"] - b["day"])
        return points - 4 * math.log2(1 + apart / 3) - (6 if apart and a["date_implied"] and b["date_implied"] else 0)

    def candidates(self, name):
        """The likest reports of other documents that have a side or the place in common, the likest first, with their likeness."""
        a = self.rows[name]
        sides = a["sides"] | ({a["place"]} if a["place"] else set())
        others = {o for side in sides for o in self.by_side[a["type"], side]}
        scored = []
        for other in others:
            b = self.rows[other]
            if b["document"] != a["document"] and (abs(a["day"] - b["day"]) <= 30 or a["stem"] == b["stem"]):
                scored.append((-self.of(a, b), other))
        return [(other, -minus) for minus, other in sorted(scored)[:MOST]]


def show(row):
    day = str(row["date"] or "")
    told = "" if row["date_implied"] or not day else f", of {day[:4]}{'-' + day[4:6] if day[4:6] != '00' else ''}{'-' + day[6:] if day[6:] != '00' else ''}"
    day = str(row["published"])
    return f"{day[:4]}-{day[4:6]}-{day[6:]}{told}: {' '.join(row['sentence'].split())}"


def draw(args):
    records = [reports(path) for path in args.records]
    rows = records[-1]
    merged = [occurrences(r) for r in records]
    like = Likeness(rows)
    dice = random.Random(args.seed)
    everywhere = sorted(set.intersection(*(set(r) for r in records)))
    strata = collections.defaultdict(list)
    pools = {}
    for name in dice.sample(everywhere, min(EXAMINED, len(everywhere))):
        found = like.candidates(name)
        pools[name] = found
        top = found[0][1] if found else 0
        strata[next(i for i, (least, _) in enumerate(STRATA) if top >= least or least == 0)].append(name)
    key, lines, number = [], [], 0
    for stratum, names in sorted(strata.items()):
        wanted = min(len(names), round(args.reports * STRATA[stratum][1] / 100))
        for name in dice.sample(names, wanted):
            together = set()
            for record, groups in zip(records, merged):
                together |= {o for o in groups[record[name]["occurrence"]] if o in rows and rows[o]["document"] != rows[name]["document"]}
            shown = dice.sample(sorted(together), min(MOST_MERGED, len(together)))
            others = [o for o, _ in pools[name] if o not in together]
            number += 1
            pool = shown + others
            dice.shuffle(pool)
            key.append({"report": number, "seed": args.seed, "name": name, "stratum": stratum, "of": len(names), "drawn": wanted, "merged": len(together),
                        "candidates": pool})
            lines.append(f"## {number} {rows[name]['type']}\n{show(rows[name])}")
            lines += [f"  {i}. {show(rows[o])}" for i, o in enumerate(pool, 1)]
            lines.append("")
    with open(args.sheet, "w") as out:
        out.write("\n".join(lines))
    with open(args.key, "w") as out:
        out.writelines(json.dumps(k) + "\n" for k in key)
    print(number, "reports;", sum(len(k["candidates"]) for k in key), "candidates; strata", {s: len(n) for s, n in sorted(strata.items())})


def keep(args):
    verdicts = {(int(row["report"]), int(row["candidate"])): row["verdict"] for row in sheet.read_verdicts(args.verdicts)}
    with open(args.judged, "a") as out:
        for k in map(json.loads, open(args.key)):
            said = {o: verdicts.get((k["report"], i), "other") for i, o in enumerate(k["candidates"], 1)}
            out.write(json.dumps({"seed": k["seed"], **{c: k[c] for c in ("name", "stratum", "of", "drawn")}, "candidates": said}) + "\n")


def score(args):
    rows = reports(args.record)
    groups = occurrences(rows)
    units = collections.defaultdict(list)
    for k in map(json.loads, open(args.judged)):
        if k["name"] not in rows or args.seed not in (None, k["seed"]):
            continue
        own = rows[k["name"]]
        mates = {o for o in groups[own["occurrence"]] if rows[o]["document"] != own["document"]}
        said = {o: v for o, v in k["candidates"].items() if o in rows}
        judged = [o for o in mates if o in said]
        # Of a large occurrence only some were shown: they stand for the rest.
        share = len(mates) / len(judged) if judged else 0
        right = share * sum(said[o] == "same" for o in judged)
        missed = sum(v == "same" for o, v in said.items() if o not in mates)
        units[k["seed"], k["stratum"]].append((k["of"] / k["drawn"], right, missed, len(mates) if judged else 0))
    every = {s: u for s, u in sorted(units.items())}

    def figures(sample):
        ratio = lambda top, all: sum(w * t for w, t in top) / max(1e-9, sum(w * t for w, t in all))
        with_mates = [(w, r / (r + m)) for w, r, m, _ in sample if r + m > 0]
        merged = [(w, r / g) for w, r, _, g in sample if g > 0]
        return {
            "recall by reports": ratio(with_mates, [(w, 1) for w, _ in with_mates]),
            "recall by pairs": ratio([(w, r) for w, r, _, _ in sample], [(w, r + m) for w, r, m, _ in sample]),
            "precision by reports": ratio(merged, [(w, 1) for w, _ in merged]),
            "precision by pairs": ratio([(w, r) for w, r, _, _ in sample], [(w, g) for w, _, _, g in sample]),
        }

    whole = figures([u for us in every.values() for u in us])
    dice = random.Random(1)
    boots = [figures([dice.choice(us) for us in every.values() for _ in us]) for _ in range(2000)]
    for what, value in whole.items():
        ordered = sorted(b[what] for b in boots)
        print(f"{what:22} {value:.3f} ({ordered[50]:.3f} to {ordered[1949]:.3f})")
    have = [u for us in every.values() for u in us]
    print(f"{len(have)} reports, {sum(r + m > 0 for _, r, m, _ in have)} with a mate, {sum(g > 0 for *_, g in have)} merged")


def script():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("records", nargs="+")
    drawing.add_argument("sheet")
    drawing.add_argument("key")
    drawing.add_argument("--seed", type=int, default=7)
    drawing.add_argument("--reports", type=int, default=100)
    drawing.set_defaults(run=draw)
    keeping = commands.add_parser("keep")
    for name in ("verdicts", "key", "judged"):
        keeping.add_argument(name)
    keeping.set_defaults(run=keep)
    scoring = commands.add_parser("score")
    scoring.add_argument("judged")
    scoring.add_argument("record")
    scoring.add_argument("--seed", type=int, help="only the reports of this drawing")
    scoring.set_defaults(run=score)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    script()
