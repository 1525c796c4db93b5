"""states.tsv, state_codes.tsv, territories.tsv, partial.tsv and metonyms.tsv."""
import csv
import json
import os
from collections import defaultdict

from common import names, padded, read, rows, shared, write

LANGUAGE = "names, adjectives and peoples: written by hand (gazetteer/source), facts of the English language, CC0"

# Days on which a code changes inside a year; elsewhere the year tables decide.
DAYS = {("COW", "260", "to"): "1990-10-02", ("COW", "255", "from"): "1990-10-03", ("COW", "678", "to"): "1990-05-21",
        ("COW", "679", "from"): "1990-05-22", ("COW", "680", "to"): "1990-05-21", ("GW", "680", "to"): "1990-05-21",
        ("COW", "265", "to"): "1990-10-02", ("GW", "265", "to"): "1990-10-02", ("COW", "315", "to"): "1992-12-31",
        ("GW", "315", "to"): "1992-12-31", ("GW", "345", "to"): "2006-06-04", ("GW", "340", "from"): "2006-06-05"}
# Micro-states that Gleditsch and Ward list apart from the year table at hand.
MICRO = {"54", "55", "56", "57", "58", "60", "221", "223", "232", "331", "403", "591", "816", "935", "970", "971",
         "972", "973", "983", "986", "987", "990"}
# One number, several states in turn: state, system, number, from, to.
SHARED = {("SUN", "365"): ("1945", "1991-12-25"), ("RUS", "365"): ("1991-12-26", ""),
          ("YUG", "345"): ("1945", "2003-02-03"), ("SCG", "345"): ("2003-02-04", "2006-06-04"),
          ("SRB", "345"): ("2006-06-05", "")}
WIKIDATA = {"SUN": "Q15180", "YUG": "Q36704", "CSK": "Q33946", "DDR": "Q16957", "SCG": "Q37024", "YMD": "Q199841",
            "RVN": "Q180573", "XKX": "Q1246", "TWN": "Q865", "COK": "Q26988", "NIU": "Q34020", "VAT": "Q237"}


def year_runs(path, number):
    """Number → (abbreviation, last unbroken run of years that reaches 1945 or later)."""
    years, short = defaultdict(set), {}
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            years[row[number]].add(int(row["year"]))
            short[row[number]] = row.get("cowc") or row.get("gwc")
    out = {}
    for key, found in years.items():
        last = max(found)
        if last < 1945:
            continue
        first = last
        while first - 1 in found:
            first -= 1
        out[key] = (short[key], first, last)
    return out


def build():
    """Writes the tables of states and what belongs to them."""
    base = os.path.join(shared(), "reference", "countries")
    cow = year_runs(os.path.join(base, "cow_country_years.csv"), "cown")
    gw = year_runs(os.path.join(base, "gw_country_years.csv"), "gwn")
    with open(os.path.join(base, "datahub_country-codes.csv"), encoding="utf-8") as file:
        iso = {r["ISO3166-1-Alpha-3"]: r for r in csv.DictReader(file)}
    with open(os.path.join(base, "mledoze_countries.json"), encoding="utf-8") as file:
        common = {c["cca3"]: c for c in json.load(file)}
    common["XKX"] = common.pop("UNK")

    states, codes = [], []
    for fields in rows("states.txt"):
        code, cows, gws, other, adjectives, people, capitals, start, end = padded(fields, 9)
        hand = {"SUN": "Soviet Union", "YUG": "Yugoslavia", "CSK": "Czechoslovakia", "DDR": "East Germany",
                "SCG": "Serbia and Montenegro", "YMD": "South Yemen", "RVN": "South Vietnam", "EZB": "Zanzibar",
                "TUR": "Türkiye", "PSE": "Palestine", "VAT": "Holy See", "COG": "Republic of the Congo",
                "COD": "Democratic Republic of the Congo", "GMB": "The Gambia", "BHS": "The Bahamas"}
        name = hand.get(code) or common[code]["name"]["common"]
        ambiguous = {"GEO", "JOR", "TCD", "GIN", "NER", "DMA", "MLI", "GRD", "EZB"}
        own = name + ("?" if code in ambiguous else "")
        all_names = names(";".join([own, other, common[code]["name"]["official"] if code in common and code not in ("GEO", "DMA", "GRD") else ""]))
        if not start:
            years = [gw[n][1] for n in gws.split(",") if n in gw] or [cow[n][1] for n in cows.split(",") if n in cow]
            start = str(min(years)) if years else ""
        alpha2 = iso.get(code, {}).get("ISO3166-1-Alpha-2", "").strip() or {"XKX": "XK", "SUN": "SU", "YUG": "YU", "CSK": "CS", "DDR": "DD", "SCG": "CS", "YMD": "YD"}.get(code, "")
        item = WIKIDATA.get(code) or iso.get(code, {}).get("wikidata_id", "").rsplit("/", 1)[-1]
        states.append([code, alpha2, name, start, end, item, ";".join(all_names), ";".join(names(adjectives)),
                       ";".join(names(people)), ";".join(names(capitals))])
        for system, numbers, table in (("COW", cows, cow), ("GW", gws, gw)):
            for number in filter(None, numbers.split(",")):
                if (code, number) in SHARED:
                    begin, stop = SHARED[(code, number)]
                    short = table[number][0]
                elif number in table:
                    short, first, last = table[number]
                    closed = last < 2016
                    begin, stop = str(max(first, 1816)), str(last) if closed else ""
                else:
                    assert system == "GW" and number in MICRO, (code, system, number)
                    short, begin, stop = cow[cows][0] if cows in cow else "", start, end
                if number == "260" and system == "GW":
                    stop = ""
                begin = DAYS.get((system, number, "from"), begin)
                stop = DAYS.get((system, number, "to"), stop)
                codes.append([code, system, number, short, begin, stop])
    write("states.tsv", [
        "Every state since 1945, dissolved ones too. Codes: ISO 3166-1 alpha-3 and alpha-2, withdrawn ones from ISO 3166-3;",
        "XKX (Kosovo) is user-assigned; RVN and EZB (South Vietnam, Zanzibar) have no ISO code and stand here under their own.",
        "from: first year (or day) of the present or last existence as a state, by Gleditsch and Ward's and COW's year tables;",
        "to: last day, blank where it goes on. A trailing ? marks a name that also means something else.",
        "Sources: DataHub country-codes (PDDL), mledoze/countries (facts: names), COW and Gleditsch-Ward state lists (facts).",
        LANGUAGE],
        ["code", "alpha2", "name", "from", "to", "wikidata", "names", "adjectives", "people", "capitals"], states)
    write("state_codes.tsv", [
        "Codes of the two state lists with the time each holds. system: COW (Correlates of War, to 2016) or GW (Gleditsch and Ward,",
        "to 2017); a blank end: the code still holds in the last year listed. Years are first and last year of membership.",
        "Sources: Correlates of War state system membership; Gleditsch and Ward 1999 (facts; cite both)."],
        ["code", "system", "number", "abbreviation", "from", "to"], codes)

    territories = []
    for fields in rows("territories.txt"):
        code, sovereign, other, adjectives, people, capital = padded(fields, 6)
        if code == "ESH":
            continue
        item = iso.get(code, {}).get("wikidata_id", "").rsplit("/", 1)[-1]
        alpha2 = iso.get(code, {}).get("ISO3166-1-Alpha-2", "").strip()
        all_names = names(other)
        territories.append([code, alpha2, all_names[0].rstrip("?"), sovereign, item, ";".join(all_names),
                            ";".join(names(adjectives)), ";".join(names(people)), ";".join(names(capital))])
    write("territories.tsv", ["Dependent territories with an ISO 3166-1 code, and the state that answers for them.",
                              "Source: DataHub country-codes (PDDL); " + LANGUAGE],
          ["code", "alpha2", "name", "sovereign", "wikidata", "names", "adjectives", "people", "capitals"], territories)

    partial = []
    for fields in rows("partial.txt"):
        state, name, other, adjectives, people, capital, start, end, item, note = padded(fields, 10)
        partial.append([state, "PRE", name, start, end, item, ";".join(names(name + ";" + other)),
                        ";".join(names(adjectives)), ";".join(names(people)), ";".join(names(capital)), note])
    partial.append(["MAR", "PRE", "Western Sahara", "", "", "Q6250", "Western Sahara", "Sahrawi;Saharawi",
                    "Sahrawi;Sahrawis;Saharawi;Saharawis", "Laayoune", "named in the PLOVER manual; ISO code ESH"])
    write("partial.tsv", ["Partially recognised and self-governing entities: code of the state that claims them, sector PRE (PLOVER manual).",
                          "Source: " + LANGUAGE + "; dates from general knowledge"],
          ["code", "sectors", "name", "from", "to", "wikidata", "names", "adjectives", "people", "capitals", "note"], partial)

    known = {r["code"]: r["name"] for r in read("states.tsv")} | {r["code"]: r["name"] for r in read("territories.tsv")}
    merged = defaultdict(list)
    for code, sector, texts in rows("metonyms.txt"):
        assert code in known, code
        merged[(code, sector)] += names(texts)
    write("metonyms.tsv", ["Seats, buildings, bodies and forces that stand for a state's office, with the PLOVER sector.",
                           "Source: written by hand, facts of the English language, CC0. Capitals as metonyms stand in states.tsv."],
          ["code", "sectors", "names"], [[c, s, ";".join(names(";".join(n)))] for (c, s), n in merged.items()])
