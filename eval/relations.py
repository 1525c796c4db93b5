#!/usr/bin/env python3
"""Holds what the record says of pairs of states against outside data: interstate conflicts (UCDP/PRIO) and strategic rivalries
(Thompson, Sakuwa & Suhas), and measures how long the answers take.

    python3 eval/relations.py [LEGATION] [--record FILE]

Without --record the world of 2002-2024 that comes with the program is asked. Prints what stands in relations.md. The outside
tables are looked for in shared/data, where a part without its table is skipped and says so; the table of rivalries is an R
file and needs the package rdata. Every interval is a 95 % bootstrap over pairs of states: the years of a pair hang together.
"""

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time

from common import Absent, shared

FIRST, LAST = 2003, 2024  # the first year that the world's record covers whole, and the last
DRAWS = 400


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("legation", nargs="?", default="target/release/legation")
    parser.add_argument("--record")
    args = parser.parse_args()
    legation = os.path.abspath(args.legation)
    record = ["--record", os.path.abspath(args.record)] if args.record else []
    panel = read_panel(legation, record)
    iso = {system: codes(system) for system in ("COW", "GW")}
    years = existing(iso["GW"])
    conflicts(panel, iso["GW"], years)
    onsets(legation, record)
    rivalries(panel, iso["COW"], years)
    timing(legation, record)


def read_panel(legation, record):
    """Counts by pair and year: {(a, b, year): {column: number}}."""
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, "panel.csv")
        subprocess.run([legation, "dyads", *record, "--by", "month", "--format", "csv", "--out", name], check=True,
                       stderr=subprocess.DEVNULL)
        panel = {}
        with open(name, encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                cell = panel.setdefault((row["a"], row["b"], int(row["year"])), {})
                for column in ("events", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "assault"):
                    cell[column] = cell.get(column, 0) + int(row[column])
                score = float(row["score_mean"] or 0) * int(row["events"])
                cell["score"] = cell.get("score", 0) + score
    print(f"record: {sum(c['events'] for c in panel.values())} events of {len({k[:2] for k in panel})} pairs of states\n")
    return panel


def codes(system):
    """[(alpha-3, number, first year, last year)] of the gazetteer."""
    found = []
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "..", "gazetteer", "state_codes.tsv"), encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if line.startswith("#") or len(cells) < 6 or cells[1] != system:
                continue
            first, last = (int(cells[4][:4]) if cells[4] else 0), (int(cells[5][:4]) if cells[5] else 9999)
            found.append((cells[0], int(cells[2]), first, last))
    return found


def iso_of(table, number, year):
    return next((code for code, n, first, last in table if n == number and first <= year <= last), None)


def existing(table):
    """The states of each year."""
    return {year: sorted({c for c, _, first, last in table if first <= year <= last}) for year in range(FIRST, LAST + 1)}


def pairs_of(states):
    return [(a, b) for i, a in enumerate(states) for b in states[i + 1:]]


def interval(rows):
    """AUC of rows (pair, score, flag), ties counting half, with its interval: pairs are drawn again, those with a positive and
    those without apart. Pairs that score 0 throughout, which the record never tells of, are many and alike: they stay."""
    by_pair, silent = {}, 0
    for pair, score, flag in rows:
        by_pair.setdefault(pair, []).append((score, flag))
    with_flag, without = [], []
    for own in by_pair.values():
        if any(flag for _, flag in own):
            with_flag.append(own)
        elif any(score for score, _ in own):
            without.append(own)
        else:
            silent += len(own)
    dice = random.Random(1)
    def drawn():
        return dice.choices(with_flag, k=len(with_flag)) + (dice.choices(without, k=len(without)) if without else [])
    found = sorted(auc(drawn(), silent) for _ in range(DRAWS))
    return auc(with_flag + without, silent), found[int(0.025 * DRAWS)], found[int(0.975 * DRAWS)]


def auc(pairs, silent):
    """The probability that a positive scores above a negative, from counts by score."""
    counts = {0: [silent, 0]}
    for own in pairs:
        for score, flag in own:
            counts.setdefault(score, [0, 0])[flag] += 1
    below = total = 0
    for score in sorted(counts):
        negatives, positives = counts[score]
        total += positives * (below + negatives / 2)
        below += negatives
    return total / (sum(c[1] for c in counts.values()) * below)


def show(name, rows):
    point, low, high = interval(rows)
    positives = sum(f for _, _, f in rows)
    print(f"| {name} | {positives} | {len(rows) - positives} | {point:.3f} [{low:.3f}, {high:.3f}] |")


def conflicts(panel, table, years):
    try:
        path = shared("reference/conflict/UcdpPrioConflict_v24_1.csv")
    except Absent as reason:
        print(f"interstate conflicts: skipped, {reason}")
        return
    main_parties, others = set(), set()
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            year = int(row["year"])
            if row["type_of_conflict"] != "2" or not FIRST <= year <= LAST - 1:
                continue  # the table ends with 2023
            side = lambda cell: [iso_of(table, int(n), year) for n in row[cell].split(",") if n.strip()]
            sides = [(side("gwno_a"), side("gwno_a_2nd")), (side("gwno_b"), side("gwno_b_2nd"))]
            for a in sides[0][0] + sides[0][1]:
                for b in sides[1][0] + sides[1][1]:
                    if a and b:
                        primary = a in sides[0][0] and b in sides[1][0]
                        (main_parties if primary else others).add((*sorted((a, b)), year))
    others -= main_parties
    print(f"## Interstate conflicts (UCDP/PRIO 24.1, type 2), {FIRST}-{LAST - 1}\n")
    print("| pairs and years | in conflict | not | AUC |\n|---|---:|---:|---|")
    span = [y for y in years if y <= LAST - 1]
    def rows(score, only=lambda cell: True):
        found = []
        for year in span:
            for pair in pairs_of(years[year]):
                if (*pair, year) in others:
                    continue
                cell = panel.get((*pair, year))
                if only(cell):
                    found.append((pair, score(cell or {}), (*pair, year) in main_parties))
        return found
    material = lambda cell: cell.get("material_conflict", 0)
    show("all, by events of material conflict", rows(material))
    told = lambda cell: cell is not None
    show("those the record tells of in the year, by events of material conflict", rows(material, told))
    show("the same, by ASSAULT alone", rows(lambda c: c.get("assault", 0), told))
    share = lambda cell: (cell["material_conflict"] + cell["verbal_conflict"]) / cell["events"] if cell.get("events") else 0
    show("those with five events or more in the year, by the share of conflict", rows(share, lambda c: c and c["events"] >= 5))
    show("all, by the number of events of any kind (a baseline)", rows(lambda c: c.get("events", 0)))
    found = sorted(main_parties, key=lambda k: (k[2], k))
    hits = [k for k in found if panel.get(k, {}).get("material_conflict", 0) > 0]
    print(f"\nOf {len(found)} years of pairs in conflict the record has material conflict in {len(hits)}. Without: "
          + ", ".join(f"{a}-{b} {y}" for a, b, y in found if (a, b, y) not in hits) + ".\n")


# When fighting began by the table of conflicts, and for two wars that it counts as civil ones by the common date.
ONSETS = [("IRQ", "USA", "2003-03"), ("GEO", "RUS", "2008-08"), ("DJI", "ERI", "2008-06"), ("KHM", "THA", "2011-02"),
          ("SDN", "SSD", "2012-03"), ("ERI", "ETH", "2016-06"), ("ARM", "AZE", "2020-09"), ("CHN", "IND", "2020-06"),
          ("KGZ", "TJK", "2021-04"), ("RUS", "UKR", "2014-03"), ("RUS", "UKR", "2022-02")]


def onsets(legation, record):
    print("## Turning points at the outset of conflicts\n")
    print("| pair | began | nearest rise of conflict found | between |\n|---|---|---|---|")
    months = lambda text: int(text[:4]) * 12 + int(text[5:7])
    for a, b, began in ONSETS:
        out = subprocess.run([legation, "dyad", a, b, *record, "--format", "json"], check=True, capture_output=True)
        rises = [p for p in json.loads(out.stdout)["turning_points"] if p["of"] == "conflict" and p["after"] > p["before"]]
        near = min(rises, key=lambda p: abs(months(p["month"]) - months(began)), default=None)
        cells = (near["month"], f"{near['between'][0]} to {near['between'][1]}") if near else ("none", "")
        print(f"| {a}-{b} | {began} | {cells[0]} | {cells[1]} |")
    print()


def rivalries(panel, table, years):
    try:
        path = shared("reference/organisations/ps_tss_rivalries.rda")
        import rdata
    except (Absent, ImportError) as reason:
        print(f"rivalries: skipped, {reason}")
        return
    import warnings
    warnings.simplefilter("ignore")
    rivals = set()
    for row in rdata.read_rda(str(path))["tss_rivalries"].to_dict("records"):
        for year in range(max(FIRST, int(row["start"])), min(2020, int(row["end"])) + 1):
            a, b = iso_of(table, int(row["ccode1"]), year), iso_of(table, int(row["ccode2"]), year)
            if a and b:
                rivals.add(tuple(sorted((a, b))))
    total = {}
    for (a, b, year), cell in panel.items():
        if FIRST <= year <= 2020:
            sums = total.setdefault((a, b), {})
            for name, n in cell.items():
                sums[name] = sums.get(name, 0) + n
    states = sorted(set().union(*(years[y] for y in years if y <= 2020)))
    every = pairs_of(states)
    print(f"## Strategic rivalries (TSS, to 2020), events of {FIRST}-2020\n")
    print("| pairs | rivals | not | AUC |\n|---|---:|---:|---|")
    conflict = lambda c: c.get("material_conflict", 0) + c.get("verbal_conflict", 0)
    rows = lambda score, only: [(p, score(total.get(p, {})), p in rivals) for p in every if only(total.get(p, {}))]
    show("all, by events of conflict", rows(conflict, lambda c: True))
    told = lambda n: lambda c: c.get("events", 0) >= n
    show("those the record tells of, by events of conflict", rows(conflict, told(1)))
    show("those with five events or more, by the share of conflict", rows(lambda c: conflict(c) / c["events"], told(5)))
    show("those with five events or more, by the mean score, turned", rows(lambda c: -c["score"] / c["events"], told(5)))
    show("all, by the number of events of any kind (a baseline)", rows(lambda c: c.get("events", 0), lambda c: True))
    found = [p for p in sorted(rivals) if total.get(p, {}).get("events", 0) > 0]
    print(f"\nOf {len(rivals)} rivalries the record tells of {len(found)}.\n")


def timing(legation, record):
    print("## Time\n\n| question | seconds of processor time | seconds by the clock |\n|---|---|---|")
    asked = [("legation dyad RUS UKR", ["dyad", "RUS", "UKR"]), ("legation dyad AZE ARM", ["dyad", "AZE", "ARM"]),
             ("legation meetings USA CHN", ["meetings", "USA", "CHN"]), ("legation dyads", ["dyads"]),
             ("legation dyads --rank meetings", ["dyads", "--rank", "meetings"]),
             ("legation dyads --by month --format csv", ["dyads", "--by", "month", "--format", "csv"])]
    for name, arguments in asked:
        times, used = [], []
        for _ in range(7):
            before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
            subprocess.run([legation, *arguments, *record], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times.append(time.monotonic() - begun)
            used.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        print(f"| `{name}` | {sorted(used)[3]:.2f} | {sorted(times)[3]:.2f} |")


if __name__ == "__main__":
    sys.exit(main())
