#!/usr/bin/env python3
"""Measures `legation position`: known cases, who gets a value at all, volume, UN votes, time.

    python3 eval/position.py LEGATION RECORD [--part cases|volume|votes|time]

cases: the index of seven known states among Russia, the United States, China and the European Union, and without China;
an organisation stands for its members too. volume: the same for all states; rank correlation of the index with the number
of events. votes: cooperation between states by year against the similarity of their votes in the UN General Assembly
(S of Signorino and Ritter 1999 with equal weights), which needs ../shared/data and the PyPI package `rdata`. time: the
program's wall-clock and processor time, best of five.

Prints what stands in eval/position.md. Intervals: bootstrap, 95 %, seeded.
"""

import argparse
import json
import math
import os
import random
import sqlite3
import subprocess
import time
from collections import defaultdict

from common import ROOT, Absent, main, shared

CASES = ["AZE", "KAZ", "SRB", "IND", "TUR", "BLR", "POL"]
MORE = ["UKR", "PAK", "SAU", "ISR", "IRN", "JPN", "KOR", "PRK", "VNM", "GEO", "SYR", "EGY", "CUB", "VEN", "GBR", "FRA"]
ORGANS = {"GOV", "MIL", "LEG", "JUD", "COP", "SPY"}
COOPERATION = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"}
DRAWS = 1000


def run():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("record")
    parser.add_argument("--part", choices=["cases", "volume", "votes", "time"])
    args = parser.parse_args()
    for name, part in (("cases", cases), ("volume", volume), ("votes", votes), ("time", timing)):
        if args.part in (None, name):
            print(f"\n== {name}")
            try:
                part(args)
            except Absent as reason:
                print(f"skipped: {reason}")
    return 0


def position(args, state, among, *more):
    command = [args.binary, "position", state, "--among", among, "--with-members", "--record", args.record, "--format", "json", *more]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def told(estimate):
    return f"{estimate['value']:.2f} [{estimate['low']:.2f}, {estimate['high']:.2f}]" if estimate else "none"


def part_value(estimate):
    return f"{estimate['value']:.2f}" if estimate else "–"


def cases(args):
    for among in ("RUS,USA,CHN,EU", "RUS,USA,EU"):
        powers = among.split(",")
        print(f"\namong {among}, 2002-2024\n| state | events with each | index [90 %] | evenness | warmth | bridging | shares |")
        for state in CASES + MORE:
            found = position(args, state, among)
            index = found["index"]
            events = [sum(year["ties"][i]["events"] for year in found["years"]) for i in range(len(powers))]
            shares = " ".join(f"{p} {s * 100:.0f}" for p, s in zip(powers, index["shares"]))
            if not index["value"]:
                few = [powers[i] for i in index["unmeasured"]]
                shares = "too little on " + ", ".join(few) if few else "fewer than 15 events"
            cells = [state, "/".join(map(str, events)), told(index["value"]), *(part_value(index[k]) for k in ("evenness", "warmth", "bridging")), shares]
            print("| " + " | ".join(cells) + " |")
    print("\nwindows of eight years, among RUS,USA,EU")
    for state in CASES:
        found = position(args, state, "RUS,USA,EU", "--window", "8")
        windows = [(w["from"], w["to"], w["value"]) for w in found["windows"]]
        row = [f"{a}-{b} {told(value)}" for a, b, value in windows if b in (2009, 2014, 2019, 2024)]
        print(f"{state}: " + "; ".join(row))


def volume(args):
    with open(ROOT / "gazetteer" / "states.tsv", encoding="utf-8") as file:
        rows = [line.split("\t") for line in file if not line.startswith("#")][1:]
    states = [row[0] for row in rows if not row[4]]
    for among in ("RUS,USA,CHN,EU", "RUS,USA,EU"):
        values = []
        for state in states:
            if state in among.split(","):
                continue
            index = position(args, state, among)["index"]
            if index["value"]:
                values.append((index["value"]["value"], index["events"], state, index["value"]["high"] - index["value"]["low"]))
        print(f"among {among}: {len(values)} of {len(states)} states have a value")
        if len(values) > 5:
            rho, low, high = correlation([(v, n) for v, n, _, _ in values])
            print(f"  rank correlation of the index with the number of events {rho:+.2f} [{low:+.2f}, {high:+.2f}]")
            rho, low, high = correlation([(w, n) for _, n, _, w in values])
            print(f"  of the interval's width with the number of events {rho:+.2f} [{low:+.2f}, {high:+.2f}]")
            values.sort(reverse=True)
            print("  from high to low: " + ", ".join(f"{s} {v:.2f}" for v, _, s, _ in values))


def votes(args):
    try:
        import rdata
    except ImportError:
        raise Absent("the PyPI package rdata is not installed") from None
    import warnings
    warnings.simplefilter("ignore")
    table = rdata.read_rda(shared("reference/un_votes_1946_2019.rda"))["un_votes"]
    calls = rdata.read_rda(shared("reference/un_roll_calls.rda"))["un_roll_calls"]
    epoch = 1970
    year_of = {int(r): epoch + int(d // 365.2425) for r, d in zip(calls["rcid"], calls["date"]) if d == d}
    alpha3 = {}
    with open(ROOT / "gazetteer" / "states.tsv", encoding="utf-8") as file:
        for line in file:
            cells = line.split("\t")
            if len(cells) > 4 and cells[1] and not cells[4]:
                alpha3[cells[1]] = cells[0]
    value = {"yes": 1.0, "abstain": 0.5, "no": 0.0}
    cast = defaultdict(lambda: defaultdict(dict))
    for rcid, code, vote in zip(table["rcid"], table["country_code"], table["vote"]):
        year = year_of.get(int(rcid))
        if year and year >= 2002 and str(code) in alpha3 and str(vote) in value:
            cast[year][alpha3[str(code)]][int(rcid)] = value[str(vote)]
    acts = dyad_years(args.record)
    print("| years | dyads with 5 events or more | warmth and S | cooperation's count and S |")
    for first, last in ((2003, 2008), (2009, 2013), (2014, 2019), (2003, 2019)):
        pairs, counts = [], []
        for (a, b, year), (up, down, number, cooperative) in acts.items():
            if first <= year <= last and number >= 5:
                s = similarity(cast[year].get(a, {}), cast[year].get(b, {}))
                if s is not None:
                    pairs.append(((up + 0.5) / (up + down + 1), s))
                    counts.append((cooperative, s))
        rho = correlation(pairs) if len(pairs) > 5 else (math.nan,) * 3
        other = correlation(counts) if len(counts) > 5 else (math.nan,) * 3
        print(f"| {first}-{last} | {len(pairs)} | {rho[0]:+.2f} [{rho[1]:+.2f}, {rho[2]:+.2f}] | {other[0]:+.2f} [{other[1]:+.2f}, {other[2]:+.2f}] |")
    print("\nby year, warmth and S, dyads with 3 events or more:")
    for year in range(2003, 2020):
        pairs = []
        for (a, b, y), (up, down, number, _) in acts.items():
            if y == year and number >= 3:
                s = similarity(cast[year].get(a, {}), cast[year].get(b, {}))
                if s is not None:
                    pairs.append(((up + 0.5) / (up + down + 1), s))
        if len(pairs) > 5:
            rho = correlation(pairs)
            print(f"  {year}: {rho[0]:+.2f} [{rho[1]:+.2f}, {rho[2]:+.2f}] ({len(pairs)} dyads)")


def similarity(one, other):
    """S with equal weights: 1 for equal votes, −1 for opposite ones."""
    both = one.keys() & other.keys()
    if len(both) < 10:
        return None
    return 1 - 2 * sum(abs(one[r] - other[r]) for r in both) / len(both)


def dyad_years(path):
    """(a, b, year) → weight of cooperation and conflict, events, cooperative events; acts of states and their organs."""
    record = sqlite3.connect(f"file:{os.path.abspath(path)}?mode=ro", uri=True)
    types = dict(record.execute("SELECT id, name FROM event_types"))
    codes = dict(record.execute("SELECT id, code FROM codes"))
    sectors = dict(record.execute("SELECT id, names FROM sectors")) if has(record, "sectors", "names") else dict(record.execute("SELECT * FROM sectors"))
    entities = {i: codes.get(c) for i, c in record.execute("SELECT id, code FROM entities")}
    parts = defaultdict(list)
    for report, role, entity, sector in record.execute("SELECT report, role, entity, sector FROM report_participants"):
        own = (sectors.get(sector) or "").split("; ")
        code = entities[entity]
        if code and (own[0] == "" or own[0] in ORGANS) and "PRE" not in own:
            parts[report].append((code, role))
    everybody = dict(record.execute("SELECT report, count(*) FROM report_participants GROUP BY report"))
    mutual = {r for r, roles in record.execute("SELECT report, sum(role) FROM report_participants GROUP BY report") if roles == 0}
    acts = defaultdict(lambda: [0.0, 0.0, 0, 0])
    query = """SELECT o.best, coalesce(o.date, o.first_published) / 10000, r.event_type, r.score FROM occurrences o
               JOIN reports r ON r.id = o.best JOIN statuses s ON s.id = r.status
               WHERE o.superseded IS NULL AND s.name IN ('actual', 'historical')"""
    for best, year, event_type, score in record.execute(query):
        if not year or everybody.get(best, 0) > 40:
            continue
        sides = parts.get(best, [])
        done = set()
        for a, role_a in sides:
            for b, role_b in sides:
                if a < b and (role_a != role_b or best in mutual) and (a, b) not in done:
                    done.add((a, b))
                    act = acts[a, b, year]
                    cooperative = types[event_type] in COOPERATION
                    act[0 if cooperative else 1] += abs(score) / 10
                    act[2] += 1
                    act[3] += cooperative
    return acts


def has(record, table, column):
    return any(row[1] == column for row in record.execute(f"PRAGMA table_info({table})"))


def correlation(pairs):
    """Spearman's rho with a bootstrap interval over the pairs."""
    dice = random.Random(1)
    own = spearman(pairs)
    draws = sorted(spearman([pairs[dice.randrange(len(pairs))] for _ in pairs]) for _ in range(DRAWS if len(pairs) < 500 else 300))
    return own, draws[int(len(draws) * 0.025)], draws[int(len(draws) * 0.975)]


def spearman(pairs):
    xs, ys = ranks([p[0] for p in pairs]), ranks([p[1] for p in pairs])
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    top = sum((x - mx) * (y - my) for x, y in zip(xs, ys))
    below = math.sqrt(sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys))
    return top / below if below else 0.0


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    i = 0
    while i < len(order):
        j = i
        while j + 1 < len(order) and values[order[j + 1]] == values[order[i]]:
            j += 1
        for k in range(i, j + 1):
            found[order[k]] = (i + j) / 2
        i = j + 1
    return found


def timing(args):
    for name, command in (
        ("position", ["position", "Turkey", "--among", "RUS,USA,CHN,EU", "--with-members"]),
        ("position with a picture", ["position", "Turkey", "--among", "RUS,USA,CHN,EU", "--plot", ""]),
        ("mediators", ["mediators", "Russia", "Ukraine", "--on", "2022-03-10"]),
        ("mediators, a group", ["mediators", "Israel", "Hamas", "--on", "2023-11-22"]),
    ):
        if "picture" in name:
            command[-1] = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"position-{os.getpid()}.png")
        walls, processors = [], []
        for _ in range(5):
            before, start = os.times(), time.perf_counter()
            subprocess.run([args.binary, *command, "--record", args.record], capture_output=True, check=True)
            after = os.times()
            walls.append(time.perf_counter() - start)
            processors.append(after.children_user + after.children_system - before.children_user - before.children_system)
        print(f"{name}: {min(walls):.2f} s, {min(processors):.2f} s of processor time")
        if "picture" in name:
            os.remove(command[-1])


if __name__ == "__main__":
    main(run)
