"""Cross-checks the heads of state and government of three sources against each other, and the gazetteer against them.

python3 eval/offices.py            agreement, and the disagreements that offices.md does not explain; exits 1 where some are left
python3 eval/offices.py --list     every disagreement, of all states

The sources: the yearly Factbook (chief of state and head of government with their "since"), REIGN (one ruling leader a state,
to 2021, no office) and Wikidata (national cabinets). The holders on 1 July of each year are compared. Two names are one person
where a part of three letters or more is the same or one of four or more nearly so (ratio 0.8); REIGN agrees where its leader
is either holder, and is compared where both seats are known. Python 3.11, standard library; skips where the raw material is absent.
"""
import csv
import difflib
import glob
import os
import re
import sys
from collections import defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
# The build's own modules read the sources; its `common` is meant, not the one beside this script.
sys.path.insert(0, os.path.join(HERE, "..", "gazetteer", "build"))
from common import read, shared, without_diacritics  # noqa: E402
from leaders import FACTBOOK, FILES, MONTHS  # noqa: E402
from offices import classify  # noqa: E402
from persons import from_factbook  # noqa: E402

YEARS = (1992, 2000, 2010, 2020)
OFFICES = ("head-of-state", "head-of-government")
# G20, South Caucasus, Central Asia, Ukraine: each disagreement about them is explained in offices.md.
WATCHED = set("ARG AUS BRA CAN CHN DEU FRA GBR IDN IND ITA JPN KOR MEX RUS SAU TUR USA ZAF "
              "ARM AZE GEO KAZ KGZ TJK TKM UZB UKR".split())


def same(one, other):
    """Whether two names are of one person, as far as spelling tells."""
    def parts(name):
        return [p for p in re.split(r"[^a-z]+", without_diacritics(name).lower().replace("'", "")) if len(p) >= 3]
    for a in parts(one):
        for b in parts(other):
            if a == b or (min(len(a), len(b)) >= 4 and difflib.SequenceMatcher(None, a, b).ratio() >= 0.8):
                return True
    return False


def factbook(alpha3, day):
    """(state, office) → name on the day: the edition of the year, else the next ones, else the one before."""
    year = int(day[:4])
    found = defaultdict(dict)  # seat → edition → (since, name)
    since = re.compile(r"\((?:[a-z ]*,? ?)?since (?:NA )?(?:(\d{1,2}) )?([A-Z][a-z]+) (\d{4})")
    with open(os.path.join(shared(), "reference", "leaders", "cia_executive_1990_2025.csv"), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            edition = int(row["year"])
            state = FACTBOOK.get(row["country"]) or alpha3.get(without_diacritics(row["country"]).lower())
            if not state or not row["text"] or not year - 1 <= edition <= year + 3:
                continue
            text = re.sub(r"\s+", " ", row["text"])
            parts = re.split(r"(?i)(chief of state and head of government|chief of state|head of government|cabinet|elections)\s*:", text)
            for label, body in zip(parts[1::2], parts[2::2]):
                label = label.lower()
                hit = since.search(body[:400])
                if label in ("cabinet", "elections") or not hit or hit[2] not in MONTHS:
                    continue
                name = from_factbook(body[:hit.start()])
                if name is None or re.search(r"(?i)deputy|vice", re.split(r"[;:|]", body[:hit.start()])[-1]):
                    continue
                start = f"{hit[3]}-{MONTHS[hit[2]]:02d}-{int(hit[1] or 1):02d}"
                for office in OFFICES if " and " in label else [label.replace(" ", "-").replace("chief", "head")]:
                    found[(state, office)][edition] = (start, name[0])
    out = {}
    for seat, editions in found.items():
        for edition in (year, year + 1, year + 2, year + 3, year - 1):
            if edition in editions and editions[edition][0] <= day:
                out[seat] = editions[edition][1]
                break
    return out


def reign(by_cow, day):
    """State → name of the ruling leader on the day."""
    out = {}
    with open(os.path.join(shared(), "reference", "leaders", "REIGN_leaderlist_2021_03.csv"), encoding="latin-1") as file:
        for row in csv.DictReader(file):
            start = f"{row['syear']}-{int(row['smonth']):02d}-{int(row['sdate']):02d}"
            # REIGN gives the month of the end; a blank one is a term that ran in March 2021.
            end = f"{row['eyear']}-{int(row['emonth']):02d}" if row["eyear"] else "2021-03"
            state = by_cow(row["ccode"], day)
            if state and start <= day and day[:7] <= end and (end > day[:7] or state not in out):
                out[state] = row["leader"].strip()
    return out


def wikidata(alpha3, day):
    """(state, office) → names on the day, from the national cabinets; a blank end is passed over where another follows.
    And the states of which the cabinets know heads of government at some time."""
    out, parliamentary = defaultdict(list), set()
    for path in sorted(glob.glob(os.path.join(shared(), "reference", "leaders", "cabinets", "*.csv"))):
        stem = os.path.basename(path)[:-4]
        code = FILES.get(stem) or alpha3[re.sub(r"-(cabinet|ministers)$", "", stem).replace("-", " ")]
        if code.endswith("PRE"):
            continue
        with open(path, encoding="utf-8") as file:
            rows = [r for r in csv.DictReader(file) if classify(r["position"], code[:3]) in OFFICES]
        if any(classify(r["position"], code[:3]) == OFFICES[1] for r in rows):
            parliamentary.add(code[:3])
        for row in rows:
            start, end = row["start"], row["end"]
            if start > day or (end and end < day[:len(end)]):
                continue
            later = [r for r in rows if r["position"] == row["position"] and start < r["start"] <= day and r["personID"] != row["personID"]]
            # Without an end, a term is over when the next of the same title begins.
            if not end and later:
                continue
            out[(code[:3], classify(row["position"], code[:3]))].append(row["person"])
    return out, parliamentary


def gazetteer(day):
    """(state, office) → names on the day by leaders.tsv, and state → those and leaders without a named office."""
    out = defaultdict(list)
    for row in read("leaders.tsv"):
        until = row["to"] or row["seen"]
        if row["from"] <= day and until and day[:len(until)] <= until and "PRE" not in row["sectors"]:
            out[(row["state"], row["office"])].append(row["person"])
    return out


def check(day, alpha3, by_cow):
    """Rows of agreement: (pair, agreeing, compared) and the disagreements: (state, what, what each source says)."""
    fb, rg, own = factbook(alpha3, day), reign(by_cow, day), gazetteer(day)
    wd, parliamentary = wikidata(alpha3, day)
    agreement, apart = [], []
    for office in OFFICES:
        seats = [s for s in fb if s[1] == office and s in wd]
        bad = [s for s in seats if not any(same(fb[s], name) for name in wd[s])]
        agreement.append((f"Factbook and Wikidata, {office}", len(seats) - len(bad), len(seats)))
        apart += [(s[0], office, f"Factbook {fb[s]}", f"Wikidata {', '.join(wd[s])}", own.get(s, [])) for s in bad]
    for name, table in (("Factbook", {k: [v] for k, v in fb.items()}), ("Wikidata", wd)):
        holders = defaultdict(list)
        for (state, _), names in table.items():
            holders[state] += names
        # A source that misses one of the two seats cannot disagree about who rules.
        whole = [s for s in rg if all((s, office) in table for office in OFFICES)]
        whole += [s for s in rg if name == "Wikidata" and s not in parliamentary and (s, OFFICES[0]) in table]
        states = [s for s in rg if s in whole]
        bad = [s for s in states if not any(same(rg[s], other) for other in holders[s])]
        agreement.append((f"REIGN and {name}, ruling leader", len(states) - len(bad), len(states)))
        apart += [(s, "leader", f"REIGN {rg[s]}", f"{name} {', '.join(holders[s])}",
                   own.get((s, "head-of-state"), []) + own.get((s, "head-of-government"), []) + own.get((s, "leader"), [])) for s in bad]
    for name, table in (("Factbook", {k: [v] for k, v in fb.items()}), ("Wikidata", wd)):
        seats = [s for s in table if s in own]
        good = sum(any(same(a, b) for a in table[s] for b in own[s]) for s in seats)
        agreement.append((f"gazetteer and {name}, both offices", good, len(seats)))
    return agreement, sorted(apart)


def report():
    """Prints the agreement; the exit code."""
    if not os.path.isdir(os.path.join(shared(), "reference", "leaders")):
        print("skipped: reference/leaders is not in ../shared/data (raw material is not part of the repository)")
        return 0
    alpha3 = {}
    for row in read("states.tsv") + read("territories.tsv"):
        for name in [row["name"], *row["names"].split(";")]:
            alpha3.setdefault(without_diacritics(name.rstrip("?")).lower(), row["code"])
            alpha3.setdefault(without_diacritics(name.rstrip("?")).lower().replace("-", " "), row["code"])
    codes = [r for r in read("state_codes.tsv") if r["system"] == "COW"]

    def by_cow(number, day):
        found = [r["code"] for r in codes if r["number"] == number and r["from"] <= day and (not r["to"] or day[:len(r["to"])] <= r["to"])]
        return found[0] if found else None

    explained = set()
    with open(os.path.join(HERE, "offices.md"), encoding="utf-8") as file:
        for line in file:
            explained |= set(re.findall(r"`(\d{4} [A-Z]{3} [a-z-]+)`", line))
    table, left, stale = defaultdict(dict), [], set(explained)
    for year in YEARS:
        agreement, apart = check(f"{year}-07-01", alpha3, by_cow)
        for pair, good, count in agreement:
            table[pair][year] = f"{100 * good / count:.1f} % ({good}/{count})"
        for state, what, one, other, own in apart:
            key = f"{year} {state} {what}"
            stale.discard(key)
            if "--list" in sys.argv or (state in WATCHED and key not in explained):
                print(f"{key}: {one}; {other}; gazetteer: {', '.join(dict.fromkeys(own)) or 'nobody'}")
            if state in WATCHED and key not in explained:
                left.append(key)
    print("| pair | " + " | ".join(map(str, YEARS)) + " |\n|---|" + "---|" * len(YEARS))
    for pair, years in table.items():
        print(f"| {pair} | " + " | ".join(years[year] for year in YEARS) + " |")
    for key in sorted(stale):
        print(f"offices.md explains {key}, on which the sources agree")
    print(f"{len(left)} disagreements about watched states without an explanation")
    return 1 if left or stale else 0


if __name__ == "__main__":
    sys.exit(report())
