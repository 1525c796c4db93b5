#!/usr/bin/env python3
"""Measures `legation mediators`: where do the true mediators of known mediations stand in its list?

    python3 eval/mediators.py LEGATION RECORD [--fit] [--rows]

Two sets: eval/mediations.tsv (compiled for the project) and, where ../shared/data has it, the civil war mediations of
cwm.csv from 2003 on (measuring only). Each case is asked with --on the day it began, so that nothing of that day or later
is used. The rank is that of the best placed true mediator among all third parties, other true mediators left out; a rank
shared by several is their middle. A group that neither the record nor the gazetteer knows is asked for as the opponents within
its state.

Compared with: size (occurrences in the record before that day, halved after four years), permanent membership of the
Security Council (with the UN; then size), proximity (borders shared with the sides, then distance between the middles of
the countries; mledoze/countries, measuring only), past mediations (the same count the ranking uses; then size).

--fit: fits the weights of the grounds anew (conditional logit, five folds) and prints what they would give.
Prints what stands in eval/mediators.md.
"""

import argparse
import csv
import datetime
import io
import json
import math
import random
import re
import subprocess

from common import ROOT, Absent, main, shared

KINDS = ["ties_a", "ties_b", "mediating", "hosting", "with_both", "acceptance", "nearness", "shared_organisations", "house"]
PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA", "UN")
DRAWS = 2000


def run():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("record")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--rows", action="store_true", help="print each case with its rank")
    args = parser.parse_args()
    own = [case for case in own_set()]
    sets = [("known mediations", own),
            ("  between states", [c for c in own if is_code(c["a"]) and is_code(c["b"])]),
            ("  with a group", [c for c in own if not (is_code(c["a"]) and is_code(c["b"]))]),
            ("  2003-2013", [c for c in own if c["begins"] < "2014"]),
            ("  2014-2024", [c for c in own if c["begins"] >= "2014"])]
    try:
        sets.append(("civil war mediations", list(civil_wars())))
    except Absent as reason:
        print(f"civil war mediations: skipped, {reason}")
    answers = {}
    for case in own + sets[-1][1]:
        key = (case["begins"], case["a"], case["b"])
        if key not in answers:
            answers[key] = ask(args.binary, args.record, case), case.get("by name", False)
        case["answer"], case["by name"] = answers[key]
    scorers = {"ranking": lambda row, case: float(row["score"]), **baselines()}
    for name, cases in sets:
        if not cases:
            continue
        known = sum(1 for case in cases if case["by name"])
        print(f"\n{name}: {len(cases)} cases, {known} by the names of the sides")
        ranks = {}
        for scorer, score in scorers.items():
            ranks[scorer] = [rank(case, score) for case in cases]
            report(scorer, ranks[scorer])
        for scorer in scorers:
            if scorer != "ranking":
                low, high = paired(ranks["ranking"], ranks[scorer])
                print(f"    ranking − {scorer}: MRR {mrr(ranks['ranking']) - mrr(ranks[scorer]):+.3f} [{low:+.3f}, {high:+.3f}]")
    if args.rows:
        for case in own:
            top = ", ".join(row["code"] for row in case["answer"][:5])
            place = rank(case, scorers["ranking"])
            print(f"{case['begins']}  {case['a']}-{case['b']}: {'/'.join(case['true'])} at {place:g}; first {top}")
    if args.fit:
        fit(own)
    return 0


def is_code(name):
    return re.fullmatch("[A-Z]{3}", name) is not None


def own_set():
    with open(ROOT / "eval" / "mediations.tsv", encoding="utf-8") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        for row in rows:
            yield {"begins": row["begins"], "a": row["a"], "b": row["b"], "true": row["mediators"].split(";")}


def civil_wars():
    """Mediations with a state or organisation of states among the third parties, by the names in the source's words."""
    names = gazetteer_names()
    path = shared("reference/conflict/cwm.csv")
    with open(path, encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            begins = re.fullmatch(r"(\d+)/(\d+)/(\d\d)", row["med.begins"].strip())
            if row["Med_yes.no"] != "1" or not begins:
                continue
            month, day, year = map(int, begins.groups())
            year += 2000 if year < 30 else 1900
            if not 2003 <= year <= 2024:
                continue
            home = names.get(re.sub(r" \(.*", "", row["country"].strip()))
            third = codes_in(row["name.of.third.party"], names) - {home}
            group = re.split(r",| - ", row["sideb"])[0].strip()
            if home and third:
                begins = datetime.date(year, month, day).isoformat()
                yield {"begins": begins, "a": home, "b": group, "home": home, "true": sorted(third)}


def gazetteer_names():
    """Name or adjective → code, of states and organisations of states."""
    names = {}
    for table, columns in (("states.tsv", ("names", "adjectives")), ("organisations.tsv", ("names",))):
        with open(ROOT / "gazetteer" / table, encoding="utf-8") as file:
            for row in csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"):
                if "sectors" in row and "IGO" not in row["sectors"]:
                    continue
                for column in columns:
                    for name in row[column].split(";"):
                        names.setdefault(name.rstrip("?"), row["code"])
                names.setdefault(row["code"], row["code"])
    names.update({"Libyan": "LBY", "UN": "UN", "OAU": "AU", "Kofi Annan": "UN", "US": "USA", "UK": "GBR"})
    return names


def codes_in(text, names):
    found = set()
    for name, code in names.items():
        if name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            # "Congo" inside "Democratic Republic of Congo" and the like: the longer name counts.
            longer = any(name != other and name in other and re.search(rf"(?<!\w){re.escape(other)}(?!\w)", text) for other in names)
            if not longer:
                found.add(code)
    return found


def ask(binary, record, case):
    """The list; a group that neither record nor gazetteer knows is asked for as the opponents within its state."""
    for b in [case["b"], case.get("home") or home({}, case["b"])]:
        if not b:
            continue
        command = [binary, "mediators", case["a"], b, "--on", case["begins"], "--record", record, "--limit", "0",
                   "--format", "csv", "--evidence", "0"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 5:
            done.check_returncode()
            case["by name"] = b == case["b"]
            return list(csv.DictReader(io.StringIO(done.stdout)))
    return []


def baselines():
    scorers = {
        "size": lambda row, case: float(row["reach"]),
        "permanent member, then size": lambda row, case: (row["code"] in PERMANENT) * 1e9 + float(row["reach"]),
        "past mediations, then size": lambda row, case: float(row["mediating"] or 0) * 1e9 + float(row["reach"]),
    }
    try:
        countries = json.loads(shared("reference/countries/mledoze_countries.json").read_text(encoding="utf-8"))
    except Absent:
        return scorers
    borders = {c["cca3"]: set(c["borders"]) for c in countries}
    middles = {c["cca3"]: c["latlng"] for c in countries}
    homes = {}

    def proximity(row, case):
        sides = [case.get("home") or home(homes, side) for side in (case["a"], case["b"])]
        near = sum(side in borders.get(row["code"], ()) for side in sides)
        return near * 1e6 - sum(distance(middles, row["code"], side) for side in sides)

    return {**scorers, "proximity": proximity}


def home(homes, side):
    """The state of a side, by eval's own table for groups: the code of the group in the gazetteer."""
    if is_code(side):
        return side
    if side not in homes:
        with open(ROOT / "gazetteer" / "groups.tsv", encoding="utf-8") as file:
            for row in csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"):
                known = {row["name"], *(name.rstrip("?") for name in row["names"].split(";"))}
                if side in known:
                    homes[side] = row["code"]
    return homes.get(side)


def distance(middles, one, other):
    if one not in middles or other not in middles:
        return 20000
    (a, b), (c, d) = (map(math.radians, middles[x]) for x in (one, other))
    return 6371 * math.acos(max(-1, min(1, math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d))))


def rank(case, score):
    scores = {row["code"]: score(row, case) for row in case["answer"]}
    others = [value for code, value in scores.items() if code not in case["true"]]
    places = []
    for code in case["true"]:
        if code in scores:
            own = scores[code]
            places.append(1 + sum(v > own for v in others) + sum(v == own for v in others) / 2)
    return min(places, default=math.inf)


def mrr(ranks):
    return sum(1 / r for r in ranks) / len(ranks)


def interval(measure, number):
    dice = random.Random(1)
    draws = sorted(measure([dice.randrange(number) for _ in range(number)]) for _ in range(DRAWS))
    return draws[int(DRAWS * 0.025)], draws[int(DRAWS * 0.975)]


def report(name, ranks):
    number = len(ranks)
    cells = []
    for label, value in (("MRR", lambda r: 1 / r), ("hits@5", lambda r: r <= 5), ("hits@10", lambda r: r <= 10)):
        low, high = interval(lambda drawn: sum(value(ranks[i]) for i in drawn) / number, number)
        cells.append(f"{label} {sum(map(value, ranks)) / number:.3f} [{low:.3f}, {high:.3f}]")
    middle = sorted(ranks)[number // 2]
    print(f"    {name:28}{'  '.join(cells)}  median rank {middle:g}")


def paired(ours, theirs):
    differences = [1 / a - 1 / b for a, b in zip(ours, theirs)]
    return interval(lambda drawn: sum(differences[i] for i in drawn) / len(differences), len(differences))


def fit(cases):
    """Weights of the grounds by conditional logit with a small penalty: five folds, then all cases."""
    data = []
    for case in cases:
        rows = [[float(row[f"{kind}_points"] or 0) for kind in KINDS] for row in case["answer"]]
        true = [row["code"] in case["true"] for row in case["answer"]]
        data.append((case, rows, true))
    order = list(range(len(data)))
    random.Random(2).shuffle(order)
    ranks = [0.0] * len(data)
    for fold in range(5):
        test = set(order[fold::5])
        weights = learned([d for i, d in enumerate(data) if i not in test])
        for i in test:
            case, rows, _ = data[i]
            scores = {row["code"]: sum(w * x for w, x in zip(weights, xs)) for row, xs in zip(case["answer"], rows)}
            ranks[i] = rank(case, lambda row, _: scores[row["code"]])
    print("\nweights fitted anew, by five folds:")
    report("fitted", ranks)
    weights = learned(data)
    print("  as multiples of those in use: " + ", ".join(f"{k} {w:.2f}" for k, w in zip(KINDS, weights)))


def learned(data, steps=150, penalty=0.5):
    usable = [(rows, true) for _, rows, true in data if any(true)]
    weights = [1.0] * len(KINDS)
    speed = [0.0] * len(KINDS)
    for _ in range(steps):
        slope = [-penalty * (w - 1.0) for w in weights]
        for rows, true in usable:
            heights = [sum(w * x for w, x in zip(weights, xs)) for xs in rows]
            top = max(heights)
            odds = [math.exp(h - top) for h in heights]
            total, right = sum(odds), sum(true)
            for xs, odd, is_true in zip(rows, odds, true):
                gap = is_true / right - odd / total
                if abs(gap) > 1e-6:
                    for k, x in enumerate(xs):
                        slope[k] += gap * x
        for k in range(len(KINDS)):
            speed[k] = 0.8 * speed[k] + slope[k] / len(usable)
            weights[k] += 0.3 * speed[k]
    return weights


if __name__ == "__main__":
    main(run)
