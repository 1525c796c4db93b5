"""memberships.tsv and complete.tsv: hand-written exact dates first, then COW and the Factbook. alliances.py is the sister.

Reading the .rda files needs the package rdata (PyPI, 1.1 or later).
"""
import csv
import gzip
import os
import warnings
from collections import Counter, defaultdict
from datetime import date, timedelta

from common import padded, read, rows, shared, write

STATUSES = ["member", "observer", "partner", "applicant", "suspended"]
KNOWN_TO = "2025-06-30"  # the day up to which the hand-written facts are kept
COW_END, FACTBOOK_END = 2014, 2025
# Our code → the Factbook's abbreviations, COW's name.
COMPILED = {
    "ADB": ("AsDB ADB", "AsDB"), "AFDB": ("AfDB", "AfDB"), "BIS": ("BIS", "BIS"),
    "CARICOM": ("Caricom CARICOM", "CARICOM"), "CEI": ("CEI", "CEI"), "CELAC": ("CELAC", ""), "CERN": ("CERN", "CERN"),
    "CICA": ("CICA", "CICA"), "COMESA": ("COMESA", "COMESA"), "COMECON": ("CEMA", "CMEA"), "CENTO": ("", "CENTO"),
    "COMMONWEALTH": ("C|Commonwealth|Commonwealth of Nations", "ComSec"), "EBRD": ("EBRD", "EBRD"),
    "ECCAS": ("CEEAC", "ECCAS"), "EIB": ("EIB", "EIB"), "ESA": ("ESA", "ESA"), "FAO": ("FAO", "FAO"), "FATF": ("FATF", ""),
    "G10": ("G-10", ""), "G15": ("G-15", "G15"), "G24": ("G-24", "G24"), "G77": ("G-77", ""), "GATT": ("GATT", "GATT"),
    "IAEA": ("IAEA", "IAEA"), "ICAO": ("ICAO", "ICAO"), "ICC": ("ICCt ICCT", ""), "IDB": ("IADB", "IADB"), "IEA": ("IEA", "IEA"),
    "IFAD": ("IFAD", "IFAD"), "IFC": ("IFC", "IFC"), "IGAD": ("IGAD IGADD", "IGAD"), "IHO": ("IHO", "IHO"), "ILO": ("ILO", "ILO"),
    "IMF": ("IMF", "IMF"), "IMO": ("IMO", "IMO"), "INTERPOL": ("Interpol INTERPOL", "INTERPOL"), "IOM": ("IOM", "IOMig"),
    "IPU": ("IPU", ""), "IRENA": ("", "IRENA"), "ISDB": ("IDB", "ISDB"), "ITU": ("ITU", "ITU"), "IWC": ("", "IWhale"),
    "MTCR": ("MTCR", ""), "NONALIGNED": ("NAM", ""), "NEA": ("NEA", ""), "NSG": ("NSG", ""), "OAPEC": ("OAPEC", "OAPEC"),
    "OAU": ("OAU", "OAU"), "OECS": ("OECS", "OECS"), "OIF": ("OIF ACCT", ""), "OPCW": ("OPCW", ""), "PCA": ("PCA", "PCA"),
    "PIF": ("PIF SPF", "PIF"), "RIOGROUP": ("RG", "RIOgroup"), "SEATO": ("", "SEATO"), "SICA": ("SICA", "SICA"),
    "TURKSOY": ("", "Turksoy"), "UNASUR": ("UNASUR", ""), "UNESCO": ("UNESCO", "UNESCO"), "UNIDO": ("UNIDO", "UNIDO"),
    "UNWTO": ("UNWTO WToO", ""), "UPU": ("UPU", "UPU"), "WASSENAAR": ("Wassenaar Arrangement", "Wassen"), "WB": ("IBRD", "IBRD"),
    "WCO": ("WCO CCC", "WCO"), "WHO": ("WHO", "WHO"), "WIPO": ("WIPO", "WIPO"), "WMO": ("WMO", "WMO"), "WTO": ("WTrO WTO", "WTO"),
}
# The Factbook's short name meant the tourism organisation before.
SINCE = {"WTO": 1995}
QUALIFIERS = {"": "member", "nonregional member": "member", "regional": "member", "non-regional": "member", "nonregional": "member",
              "nonregional members": "member", "new member": "member", "observer": "observer", "associate": "partner",
              "associate member": "partner", "associated member": "partner", "partner": "partner", "dialogue partner": "partner",
              "partners": "partner", "applicant": "applicant", "candidate": "applicant", "pending member": "applicant",
              "suspended": "suspended", "temporarily suspended": "suspended"}
OLD_FIPS = {"ur": "SUN", "cz": "CSK", "lo": "SVK", "ez": "CZE", "yi": "SCG", "yo": "YUG", "gc": "DDR", "ge": "DEU", "ys": "YMD",
            "sr": "SCG", "yr": "SCG", "kv": "XKX", "ri": "SRB", "mj": "MNE", "we": "PSE", "gz": "PSE", "tw": "TWN", "od": "SSD", "su": "SDN",
            "wa": "NAM", "vt": "VAT", "ax": "", "ee": "EU", "rb": "SRB", "mw": "MNE", "hk": "HKG"}


def rda(name):
    """The object in an R data file of the organisations' folder."""
    import rdata
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = rdata.read_rda(os.path.join(shared(), "reference", "organisations", name))
    return next(iter(found.values()))


def number_to_code():
    """(COW number, year) → our code."""
    spans = defaultdict(list)
    for row in read("state_codes.tsv"):
        if row["system"] == "COW":
            spans[int(row["number"])].append((int(row["from"][:4]), int((row["to"] or "9999")[:4]), row["code"]))
    def find(number, year):
        fits = [code for start, end, code in sorted(spans[int(number)]) if start <= year <= end]
        return fits[-1] if fits else None
    return find


def shift(day, by):
    """The ISO day `by` days later."""
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()


def hand():
    """Rows of gazetteer/source/memberships.txt with suspensions cut out of memberships, and what is declared whole."""
    out, whole = [], []
    for fields in rows("memberships.txt"):
        if fields[0] == "whole":
            org, statuses, start, end = fields[1:5]
            assert set(statuses.split(",")) <= set(STATUSES), fields
            whole.append((org, statuses, start, end))
            continue
        org, status, start, end, states, note = padded(fields, 6)
        assert status in STATUSES and start, fields
        out += [[org, state, status, start, end, note] for state in states.split()]
    suspended = defaultdict(list)
    for org, state, status, start, end, _ in out:
        if status == "suspended":
            suspended[(org, state)].append((start, end))
    cut = []
    for org, state, status, start, end, note in out:
        pieces = [(start, end)]
        for first, last in suspended[(org, state)] if status == "member" else ():
            rest = []
            for a, b in pieces:
                if (b and first > b) or (last and last < a):
                    rest.append((a, b))
                    continue
                if a < first:
                    rest.append((a, shift(first, -1) if len(first) == 10 else first))
                if last and (not b or last < b):
                    rest.append((shift(last, 1) if len(last) == 10 else last, b))
            pieces = rest
        cut += [[org, state, status, a, b, note] for a, b in pieces]
    return cut, whole


def runs(years):
    """Unbroken runs of years; a gap of one or two editions is none."""
    out = []
    for year in sorted(years):
        if out and year - out[-1][1] <= 3:
            out[-1][1] = year
        else:
            out.append([year, year])
    return out


def factbook():
    """(our code, state) → status → years listed."""
    wanted = {}
    for code, (names, _) in COMPILED.items():
        for name in filter(None, names.split("|") if "|" in names else names.split() if names != "Wassenaar Arrangement" else [names]):
            wanted[name] = code
    base = os.path.join(shared(), "reference")
    with open(os.path.join(base, "countries", "datahub_country-codes.csv"), encoding="utf-8") as file:
        fips = {r["FIPS"].lower(): r["ISO3166-1-Alpha-3"] for r in csv.DictReader(file) if r["FIPS"]}
    fips |= OLD_FIPS
    out = defaultdict(lambda: defaultdict(set))
    lost = Counter()
    with gzip.open(os.path.join(base, "organisations", "cia_org_membership_1990_2025.csv.gz"), "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            code, year = wanted.get(row["org"]), int(row["year"])
            status = QUALIFIERS.get(row["qualifier"])
            if not code or not status or year < SINCE.get(code, 0) or (row["org"] == "WTO" and year < 2006):
                continue
            state = fips.get(row["gec"].lower(), "")
            # One Factbook code, several states in turn.
            if state == "SRB" or state == "SCG" or state == "YUG":
                state = "YUG" if year < 2003 else "SCG" if year < 2007 else "SRB"
            if state == "SUN" and year >= 1992:
                state = "RUS"
            if not state:
                lost[row["country"]] += 1
                continue
            out[(code, state)][status].add(year)
    return out


def cow(find):
    """(our code, state) → [(status, first year, last year)], and per code its years and whether a state-year is missing."""
    table = rda("cow_state_year_format3.rda")
    out, about = defaultdict(list), {}
    numbers, years = table["ccode"].astype(int).tolist(), table["year"].astype(int).tolist()
    for code, (_, name) in COMPILED.items():
        if not name:
            continue
        values = table[name.lower()].astype(int).tolist()
        by_state = defaultdict(dict)
        missing, live = set(), set()
        for number, year, value in zip(numbers, years, values):
            state = find(number, year)
            if value == -9:
                missing.add(year)
            if value > 0 and state:
                by_state[state][year] = {1: "member", 2: "partner", 3: "observer"}[value]
                live.add(year)
        about[code] = (live, missing)
        for state, found in by_state.items():
            for year in sorted(found):
                last = out[(code, state)][-1] if out[(code, state)] else None
                if last and last[0] == found[year] and last[2] == year - 1:
                    last[2] = year
                else:
                    out[(code, state)].append([found[year], year, year])
    return out, about


def compiled(states):
    """Rows from COW and the Factbook: organisation, state, status, from, to, first seen, seen, source, note."""
    listed = factbook()
    counted, about = cow(number_to_code())
    out = []
    for key in sorted(set(listed) | set(counted)):
        code, state = key
        if state not in states:
            continue
        fb = {status: runs(years) for status, years in listed.get(key, {}).items()}
        used = set()
        for status, first, last in counted.get(key, []):
            if last < 1990:
                continue
            opening = "" if first <= 1815 else str(first)
            # COW's count of some organisations ends a year or two early.
            goes_on = last == max(about[code][0]) >= COW_END - 2
            seen, source, end = "", "COW", "" if goes_on else str(last)
            if goes_on:
                seen = f"{last}-12-31"
                for run in fb.get(status, []):
                    if run[0] <= COW_END + 3 <= run[1] + 3 and run[1] >= COW_END:
                        seen, source = f"{run[1]}-01-01", "COW; factbook"
                        used.add((status, run[0]))
            out.append([code, state, status, opening, end, "", seen, source, ""])
        have = [(s, a, b) for s, a, b in counted.get(key, [])]
        for status, found in fb.items():
            for first, last in found:
                if (status, first) in used or (last - first < 2 and last < FACTBOOK_END):
                    continue
                # Where COW counts the same status nearby, the Factbook adds nothing but its delay.
                covering = [(a, b) for s, a, b in have if s == status and a <= last and first <= b + 3]
                if covering:
                    after = max(b for _, b in covering) + 1
                    if last - after < 3 or any(b == max(about[code][0]) >= COW_END - 2 for _, b in covering):
                        continue
                    first = after
                out.append([code, state, status, "", "", f"{first}-12-31", f"{last}-01-01", "factbook", ""])
    return out, about


def build():
    """Writes the tables of memberships and of what is complete."""
    states = {r["code"] for r in read("states.tsv")} | {r["code"] for r in read("territories.tsv")}
    organisations = {r["code"] for r in read("organisations.tsv")}
    written, whole = hand()
    closed = {org for org, *_ in whole}
    assert closed | set(COMPILED) <= organisations, sorted((closed | set(COMPILED)) - organisations)
    assert not closed & set(COMPILED), closed & set(COMPILED)
    mine = {(org, state) for org, state, *_ in written}
    table = []
    for org, state, status, start, end, note in written:
        assert org in organisations and (state in states or state in organisations), (org, state)
        seen = "" if end else max(KNOWN_TO, start)
        table.append([org, state, status, start, end, "", seen, "hand", note])
    others, about = compiled(states)
    table += [row for row in others if (row[0], row[1]) not in mine]
    write("memberships.tsv", [
        "Memberships of states (and of organisations) in international organisations. to: last day. A blank end is no end: first_seen",
        "and seen are the days between which a source attests a row whose beginning or end it does not give; outside nothing is known.",
        "status: member, observer, partner (associate, dialogue partner, Partnership for Peace), applicant (applied, or invited and",
        "not yet in), suspended. The EU's first members are dated by its Communities, the CSCE counts as the OSCE; the Sahrawi",
        "Republic, a member of the African Union, has no code of its own here and is left out.",
        "Sources: hand (facts, gazetteer/source/memberships.txt, CC0; these rows win); COW (Correlates of War IGO data 3.0, facts, to 2014;",
        "cite Pevehouse, Nordstrom, McManus and Jamison 2020); factbook (The World Factbook, editions 1990-2025, public domain)."],
        ["organisation", "state", "status", "from", "to", "first_seen", "seen", "source", "note"], table)
    complete = [["memberships", org, statuses, start, end, "hand", ""] for org, statuses, start, end in whole]
    for org, (live, missing) in sorted(about.items()):
        kept = [year for year in live if year >= 1990]
        if kept and not any(year >= 1990 for year in missing) and max(kept) >= COW_END - 2:
            complete.append(["memberships", org, "member", str(min(kept)), str(max(kept)), "COW", "state-years, to the year"])
    complete.append(["alliances", "", "defence,offence,neutrality,non-aggression,entente", "1990", "2018", "ATOP",
                     "written alliances of members of the COW state system, to the year"])
    complete.append(["wars", "", "interstate,internationalised,civil,extrasystemic", "1946", "2023", "UCDP", "conflicts with 25 dead in battle a year or more"])
    write("complete.tsv", [
        "Which tables are complete for which organisations, statuses and time. Only where a table is complete may the absence of a row",
        "contradict a claim; elsewhere it says nothing. Sources: as in memberships.tsv and alliances.tsv."],
        ["table", "organisation", "statuses", "from", "to", "source", "note"], complete)
