"""alliances.tsv: ATOP's dyad-years as intervals, and hand-written treaties with exact dates."""
from collections import defaultdict
from itertools import combinations

from common import padded, read, rows, write
from memberships import KNOWN_TO, number_to_code, rda

TYPES = ["defence", "offence", "neutrality", "non-aggression", "entente"]
COLUMNS = ["atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul"]
ATOP_END = 2018
# Alliances whose parties are the members of an organisation: organisation, types, treaty.
ORGANISED = [("NATO", "defence,entente", "North Atlantic Treaty"), ("CSTO", "defence,non-aggression,entente", "Collective Security Treaty"),
             ("WARSAWPACT", "defence,entente", "Warsaw Treaty")]


def later(a, b):
    """The later of two beginnings or the earlier text where one is blank."""
    return max(a, b)


def earlier(a, b):
    """The earlier of two ends; a blank one is open."""
    return min(filter(None, (a, b)), default="")


def hand():
    """Pairs from gazetteer/source/alliances.txt and from the memberships of the allied organisations."""
    out, replaced = [], {}
    for fields in rows("alliances.txt"):
        types, start, end, states, treaty, note = padded(fields, 6)
        wins = types.startswith("!")
        types = types.lstrip("!")
        assert set(types.split(",")) <= set(TYPES), fields
        for a, b in combinations(sorted(states.split()), 2):
            out.append((a, b, types, start, end, "" if end else max(KNOWN_TO, start), treaty, "hand", note))
            if wins:
                replaced[(a, b)] = start
    for org, types, treaty in ORGANISED:
        members = [r for r in read("memberships.tsv") if r["organisation"] == org and r["status"] in ("member", "suspended")]
        joined = defaultdict(list)
        for row in sorted(members, key=lambda r: r["from"]):
            runs = joined[row["state"]]
            if runs and row["status"] == "suspended":
                runs[-1] = (runs[-1][0], row["to"])
            else:
                runs.append((row["from"], row["to"]))
        for a, b in combinations(sorted(joined), 2):
            for first in joined[a]:
                for second in joined[b]:
                    start, end = later(first[0], second[0]), earlier(first[1], second[1])
                    if not end or start <= end:
                        out.append((a, b, types, start, end, "" if end else KNOWN_TO, treaty, "hand", ""))
    return out, replaced


def atop(replaced):
    """Pairs from ATOP: types that hold together in a run of years."""
    find = number_to_code()
    table = rda("ps_atop_alliance.rda")
    flags = table[COLUMNS].astype(int).values.tolist()
    pairs = defaultdict(dict)
    for one, two, year, held in zip(table["ccode1"].tolist(), table["ccode2"].tolist(), table["year"].astype(int).tolist(), flags):
        if one < two and year >= 1945 and any(held):
            a, b = find(one, year), find(two, year)
            if a and b and a != b:
                a, b = sorted((a, b))
                if year <= int(replaced.get((a, b), "9999")[:4]):
                    pairs[(a, b)][year] = ",".join(t for t, on in zip(TYPES, held) if on)
    out = []
    for (a, b), years in pairs.items():
        run = None
        for year in sorted(years) + [9999]:
            if run and year == run[1] + 1 and years[year] == run[2]:
                run[1] = year
                continue
            if run and run[1] >= 1990:
                goes_on = run[1] == ATOP_END
                out.append((a, b, run[2], str(run[0]), "" if goes_on else str(run[1]), f"{ATOP_END}-12-31" if goes_on else "", "", "ATOP", ""))
            run = [year, year, years.get(year)]
    return out


def build():
    """Writes the table of alliances."""
    written, replaced = hand()
    merged = defaultdict(list)
    for a, b, *rest in [*written, *atop(replaced)]:
        merged[(a, *rest)].append(b)
    write("alliances.tsv", [
        "Alliances between states in force in 1990 or later: a row binds the state to each of its partners (the pair stands once, in the",
        "order of the codes). types, in ATOP's terms: defence (pact), offence, neutrality, non-aggression, entente (a promise to consult).",
        "to: last day or year; a blank end is no end: seen is the day up to which the source attests the row, after it nothing is known.",
        "ATOP's dyad-years name no treaty and start in 1945 here at the earliest. Sources: hand (facts, gazetteer/source/alliances.txt, CC0);",
        "ATOP (Alliance Treaty Obligations and Provisions, dyad-years to 2018, facts; cite Leeds, Ritter, Mitchell and Long 2002)."],
        ["state", "partners", "types", "from", "to", "seen", "treaty", "source", "note"],
        [[key[0], ";".join(sorted(set(partners))), *key[1:]] for key, partners in merged.items()])
