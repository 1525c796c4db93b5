#!/usr/bin/env python3
"""Compares a record with what others counted: two days of ICEWS, and the armed conflicts of UCDP.

    python3 eval/validity.py LEGATION RECORD

RECORD is one that world/build.py made. Three comparisons, each with Spearman's rank correlation and a 95 % interval (a thousand
resamples of the units, seeded), and where there is a yes or no with the probability that a conflict year has more events than
another one (AUC). Prints what stands in eval/record.md.

1. ICEWS, 1 and 2 June 2018: events by ordered dyad of states and quad class, against the record's in June 2018 and in 2018.
   Units: all ordered pairs of the states that occur in either.
2. UCDP, state against state, 2002-2023: the record's material conflict between the two in a year, against the intensity (0, 1, 2).
   Units: years of pairs that UCDP ever has in conflict in these years, or that have material conflict in the record.
3. UCDP, state against group, 2002-2023: assaults inside the state in a year, against the intensity. Units: all state-years.
"""

import collections
import csv
import os
import random
import sqlite3
import subprocess
import sys
import tempfile

import common

YEARS = range(2002, 2024)
TIES = """SELECT a.code, b.code, t.around, e.quad_class, t.mutual FROM ties t JOIN codes a ON a.id = t.a JOIN codes b ON b.id = t.b
  JOIN event_types e ON e.id = t.event_type WHERE t.told = 1 AND t.status = 1 AND a.code <> b.code"""


def main():
    legation, record = os.path.abspath(sys.argv[1]), sys.argv[2]
    states, gw = codes()
    db = sqlite3.connect(f"file:{record}?mode=ro", uri=True)
    ties = [row for row in db.execute(TIES) if row[0] in states and row[1] in states]
    icews(legation, ties, states)
    between_states(ties, gw)
    inside(db, states, gw)
    return 0


def codes():
    states, gw = set(), {}
    with open(common.ROOT / "gazetteer" / "state_codes.tsv", encoding="utf-8") as file:
        for row in csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"):
            states.add(row["code"])
            if row["system"] == "GW" and (not row["to"] or int(row["to"][:4]) >= 2002):
                gw[row["number"]] = row["code"]
    return states, gw


def icews(legation, ties, states):
    sample = common.shared("events/icews_2018-06-01_02_sample.tab")
    with tempfile.TemporaryDirectory() as folder:
        other = f"{folder}/icews.sqlite"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([legation, "init", "--record", other], check=True, **quiet)
        subprocess.run([legation, "import", "--record", other, "--from", "icews", str(sample)], check=False, **quiet)
        rows = [row for row in sqlite3.connect(other).execute(TIES) if row[0] in states and row[1] in states]
    theirs = collections.Counter((a, b, quad) for a, b, _, quad, _ in rows)
    names = {0: "all", 1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
    for span, label in [((20180600, 20180699), "June 2018"), ((20180000, 20189999), "2018")]:
        ours = collections.Counter((a, b, quad) for a, b, day, quad, _ in ties if span[0] <= day <= span[1])
        there = sorted({code for key in [*theirs, *ours] for code in key[:2]})
        for quad, name in names.items():
            def total(counter, dyad):
                return sum(counter[dyad + (q,)] for q in range(1, 5)) if quad == 0 else counter[dyad + (quad,)]
            dyads = [(a, b) for a in there for b in there if a != b]
            pairs = [(total(ours, d), total(theirs, d)) for d in dyads]
            both, own = sum(1 for x, y in pairs if x and y), sum(1 for _, y in pairs if y)
            report(f"ICEWS, {label}, {name}", pairs, f"{area(pairs)} for ICEWS; {both} of its {own} dyads have some here")


def between_states(ties, gw):
    intensity = collections.defaultdict(int)
    for row in conflicts():
        a, b = gw.get(row["gwno_a"].split(",")[0].strip()), gw.get(row["gwno_b"].split(",")[0].strip())
        if row["type_of_conflict"] == "2" and a and b:
            key = (*sorted((a, b)), int(row["year"]))
            intensity[key] = max(intensity[key], int(row["intensity_level"]))
    ours = collections.Counter()
    for a, b, day, quad, mutual in ties:
        if quad == 4 and day and not (mutual and a > b):
            ours[(*sorted((a, b)), day // 10000)] += 1
    dyads = {k[:2] for k in intensity} | {k[:2] for k in ours if k[2] in YEARS}
    pairs = [(ours[(*d, y)], intensity.get((*d, y), 0)) for d in sorted(dyads) for y in YEARS]
    report("UCDP, state against state", pairs, area(pairs))
    fought = [p for d in sorted({k[:2] for k in intensity}) for y in YEARS for p in [(ours[(*d, y)], intensity.get((*d, y), 0))]]
    report("UCDP, the same, dyads that ever fought alone", fought, area(fought))


def inside(db, states, gw):
    intensity = collections.defaultdict(int)
    for row in conflicts():
        if row["type_of_conflict"] in ("3", "4"):
            for number in row["gwno_loc"].split(","):
                if number.strip() in gw:
                    key = (gw[number.strip()], int(row["year"]))
                    intensity[key] = max(intensity[key], int(row["intensity_level"]))
    ours = collections.Counter()
    query = """SELECT DISTINCT o.id, coalesce(pl.country, c.code), coalesce(o.date, o.first_published) / 10000
      FROM occurrences o JOIN reports r ON r.id = o.best JOIN event_types t ON t.id = r.event_type AND t.name = 'ASSAULT'
        LEFT JOIN places pl ON pl.id = o.place LEFT JOIN report_participants p ON p.report = r.id AND p.role = 1
        LEFT JOIN entities e ON e.id = p.entity LEFT JOIN codes c ON c.id = e.code
      WHERE o.superseded IS NULL AND r.status = 1"""
    for _, code, year in db.execute(query):
        ours[code, year] += 1
    pairs = [(ours[s, y], intensity[s, y]) for s in sorted(states) for y in YEARS]
    report("UCDP, state against group, state-years", pairs, area(pairs))
    by_state = [(sum(ours[s, y] for y in YEARS), sum(intensity[s, y] for y in YEARS)) for s in sorted(states)]
    report("the same, states, all years together", by_state, area(by_state))


def conflicts():
    with open(common.shared("reference/conflict/UcdpPrioConflict_v24_1.csv"), encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if int(row["year"]) in YEARS]


def report(name, pairs, more=""):
    low, high = interval(pairs)
    print(f"{name}: Spearman {spearman(pairs):.2f} ({low:.2f} to {high:.2f}), {len(pairs)} units{', ' + more if more else ''}")


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    out, i = [0.0] * len(values), 0
    while i < len(order):
        j = i
        while j + 1 < len(order) and values[order[j + 1]] == values[order[i]]:
            j += 1
        for k in order[i:j + 1]:
            out[k] = (i + j) / 2
        i = j + 1
    return out


def spearman(pairs):
    x, y = ranks([p[0] for p in pairs]), ranks([p[1] for p in pairs])
    n = len(pairs)
    mx, my = sum(x) / n, sum(y) / n
    cov = sum((a - mx) * (b - my) for a, b in zip(x, y))
    vx, vy = sum((a - mx) ** 2 for a in x), sum((b - my) ** 2 for b in y)
    return cov / (vx * vy) ** 0.5 if vx and vy else float("nan")


def interval(pairs, times=1000):
    dice = random.Random(1)
    times = times if len(pairs) < 2000 else 200
    drawn = sorted(spearman([pairs[dice.randrange(len(pairs))] for _ in pairs]) for _ in range(times))
    return drawn[int(times * 0.025)], drawn[int(times * 0.975)]


def area(pairs):
    """The probability that a unit in conflict has more events than one that is not; ties count half."""
    r = ranks([p[0] for p in pairs])
    yes = [r[i] for i, p in enumerate(pairs) if p[1]]
    no = len(pairs) - len(yes)
    if not yes or not no:
        return ""
    return f"AUC {(sum(yes) + len(yes) - len(yes) * (len(yes) + 1) / 2) / (len(yes) * no):.2f}, {len(yes)} there"


if __name__ == "__main__":
    common.main(main)
