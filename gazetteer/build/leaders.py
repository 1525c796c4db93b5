"""leaders.tsv: holders of offices with dates, from the hand-written facts and four open sources."""
import csv
import glob
import json
import os
import re
from collections import Counter, defaultdict

import holders
from common import common_words, names, read, rows, shared, without_diacritics, write
from offices import classify, sectors
from persons import FAMILY_FIRST, fold, from_factbook, full_variants, surname, surname_variants
from spellings import spellings as further

FIRST = "1990"
MONTHS = {m: i + 1 for i, m in enumerate(
    "January February March April May June July August September October November December".split())}
FILES = {"us-cabinet": "USA", "saudi-ministers": "SAU", "uae-ministers": "ARE", "swiss-federal-council": "CHE",
         "congo-brazzaville": "COG", "congo-kinshasa-ministers": "COD", "ivory-coast": "CIV", "czech-ministers": "CZE",
         "bosnia-herzegovina-ministers": "BIH", "north-korea": "PRK", "south-korea-ministers": "KOR",
         "artsakh-ministers": "AZE PRE", "abkhazia-ministers": "GEO PRE", "donetsk": "UKR PRE", "luhansk-ministers": "UKR PRE",
         "northern-cyprus": "CYP PRE", "somaliland": "SOM PRE", "south-ossetia": "GEO PRE", "hong-kong": "HKG",
         "gambia-ministers": "GMB", "turkey-ministers": "TUR"}
FACTBOOK = {"Korea, North": "PRK", "Korea, South": "KOR", "Burma": "MMR", "Bahamas, The": "BHS", "Gambia, The": "GMB", "The Gambia": "GMB", "The Bahamas": "BHS",
            "Congo, Democratic Republic of the": "COD", "Congo, Republic of the": "COG", "Congo": "COG", "Zaire": "COD",
            "Holy See (Vatican City)": "VAT", "Holy See": "VAT", "Micronesia, Federated States of": "FSM",
            "Turkey (Turkiye)": "TUR", "Cote d'Ivoire": "CIV", "Macedonia, The Former Yugoslav Republic of": "MKD",
            "Macedonia": "MKD", "Serbia and Montenegro": "SCG", "Swaziland": "SWZ", "Western Samoa": "WSM"}
SEEN_WIKIDATA = "2022-06"


class Book:
    """Persons and their terms while they are put together."""

    def __init__(self, organisations):
        self.organisations = organisations
        self.persons = {}  # key → {"name", "item", "aliases", "terms"}
        self.by_state = defaultdict(list)  # state → keys
        self.usual = {}
        self.aliases = defaultdict(list)

    def person(self, name, item, state):
        name = self.usual.get(name, name)
        key = None
        for other in self.persons if state in self.organisations else self.by_state[state]:
            found = self.persons[other]
            if (item and found["item"] == item) or fold(found["name"]) == fold(name):
                key = other
        if key is None and item:
            key = next((k for k in (item,) if k in self.persons), None)
        if key is None:
            key = item or f"{state}:{fold(name)}"
            self.persons.setdefault(key, {"name": name, "item": item, "terms": [], "aliases": []})
        if item and not self.persons[key]["item"]:
            self.persons[key]["item"] = item
        if fold(self.persons[key]["name"]) != fold(name) and name not in self.persons[key]["aliases"]:
            self.persons[key]["aliases"].append(name)
        if key not in self.by_state[state]:
            self.by_state[state].append(key)
        return key

    def match(self, state, full, last, start):
        """The person of a state that a source writes otherwise: same surname and initial, or same surname and start."""
        candidates = []
        for key in self.by_state[state]:
            person = self.persons[key]
            spellings = [person["name"], *person["aliases"], *self.aliases[person["name"]]]
            lasts = {fold(v) for s in spellings for v in surname_variants(s, state)} | {fold(s.split()[-1]) for s in spellings}
            wholes = {fold(re.sub(r" of .*", "", s)) for s in spellings}
            # Where the family name comes first, the initial says nothing more than it.
            initials = set() if state in FAMILY_FIRST else {fold(s)[:1] for s in spellings}
            mine = {fold(last), fold(last.split()[-1]), fold(re.sub(r"^[Aa]l-", "", last))}
            if fold(full) in wholes or (mine & lasts and (
                    fold(full)[:1] in initials
                    or any(near(t["from"], start) for t in person["terms"]))):
                candidates.append(key)
        candidates.sort(key=lambda key: not any(near(t["from"], start) for t in self.persons[key]["terms"]))
        return candidates[0] if candidates else None

    def at_start(self, state, office, full, start):
        """The person who began in the same seat within days of `start`, or as a head within weeks with the same initial:
        one and the same, written otherwise."""
        heads = ("head-of-state", "head-of-government", "leader")
        for key in self.by_state[state]:
            person = self.persons[key]
            for term in person["terms"]:
                if term["state"] == state and term["office"] in heads and len(term["from"]) == len(start) == 10:
                    apart = distance(term["from"], start)
                    alike = fold(full)[:1] == fold(person["name"])[:1]
                    if (term["office"] == office and apart <= 7) or ("leader" in (office, term["office"]) and apart <= 45 and alike):
                        return key
        return None

    def add(self, key, state, office, title, start, end, known, seen, source, pre=False):
        """Adds a term unless one of the same office begins at the same time; then only what is missing is filled in."""
        for term in self.persons[key]["terms"]:
            if term["state"] == state and term["office"] == office and near(term["from"], start):
                if source == "hand" and term["title"] != title:
                    continue
                if not term["to"] and not end:
                    term["seen"] = max(term["seen"], seen)
                elif not term["to"] and end and term["source"] != "hand" and end[:len(term["from"])] >= term["from"][:len(end)]:
                    term["to"], term["known"], term["seen"] = end, known, ""
                return
        self.persons[key]["terms"].append({
            "state": state, "office": office, "title": title, "from": start, "to": end, "known": known, "seen": seen,
            "source": source, "sectors": self.organisations.get(state) or sectors(office, title, pre)})


def without_brackets(name):
    """The name without what a source adds in brackets."""
    return re.sub(r"\s*\([^)]*\)", "", name).strip()


def distance(a, b):
    """Days between two dates, a month counted as thirty; a date without day or month stands for the middle."""
    def days(date):
        parts = [int(part) for part in date.split("-")] + [7, 15]
        return parts[0] * 365 + parts[1] * 30 + parts[2] if len(date) != 7 else parts[0] * 365 + parts[1] * 30 + 15
    return abs(days(a) - days(b))


def near(a, b):
    """Whether two dates lie within about two months of each other (or a year, where only the year is given)."""
    return bool(a and b) and distance(a, b) <= (200 if min(len(a), len(b)) == 4 else 62)


def hand(book, later=False):
    """Terms, other names and usual names of gazetteer/source/leaders.txt; those in organisations `later`, when the
    persons are known by their earlier national offices."""
    terms = []
    for fields in rows("leaders.txt"):
        if fields[0] == "alias" and not later:
            book.aliases[fields[1]] += names(fields[2])
        elif fields[0] == "name":
            book.usual[fields[1]] = fields[2]
        elif fields[0] == "term":
            terms.append((fields[1:] + [""])[:7])
    for state, office, title, links, seen in holders.chains():
        terms += [(state, office, title, person, start, end, "" if end else max(seen, start)) for person, start, end in links]
    for state, office, title, person, start, end, seen in terms:
        if (state in book.organisations) != later:
            continue
        key = book.person(person, "", state)
        book.add(key, state, office, title, start, end, "yes" if end else "no", seen, "hand")


def cabinets(book, alpha3):
    """National cabinets from Wikidata; ends of rows that end before they start and unnamed persons are left out."""
    folder = os.path.join(shared(), "reference", "leaders")
    with open(os.path.join(folder, "foreign_ministers_wikidata_2022.csv"), encoding="utf-8") as file:
        current = {(r["person"], r["start"][:10]) for r in csv.DictReader(file)}
    with open(os.path.join(folder, "epscrapers_world_leaders_wikidata_2022.csv"), encoding="utf-8") as file:
        ruling = {r["officeholder"] for r in csv.DictReader(file) if not r["end_year"]}
    for path in sorted(glob.glob(os.path.join(folder, "cabinets", "*.csv"))):
        stem = os.path.basename(path)[:-4]
        code = FILES.get(stem) or alpha3[re.sub(r"-(cabinet|ministers)$", "", stem).replace("-", " ")]
        state, pre = code[:3], code.endswith("PRE")
        with open(path, encoding="utf-8") as file:
            found = list(csv.DictReader(file))
        for row in found:
            title, name, item, start, end = (row[k].strip() for k in ("position", "person", "personID", "start", "end"))
            name = without_brackets(name)
            office = classify(title, state)
            if office is None or re.match(r"^Q\d+$", name) or not re.fullmatch(r"\d{4}(-\d\d){0,2}", start):
                continue
            if end and (not re.fullmatch(r"\d{4}(-\d\d){0,2}", end) or end[:len(start)] < start[:len(end)] or end < FIRST):
                continue
            if (not end and start < "1970") or start > "2023-12":
                continue
            seen = SEEN_WIKIDATA if not end and start <= SEEN_WIKIDATA and ((item, start) in current or (
                item in ruling and office in ("head-of-state", "head-of-government"))) else ""
            key = book.person(name, item, state)
            book.add(key, state, office, title, start, end, "yes" if end else "no", seen, "wikidata", pre)


def factbook(book, alpha3, independent):
    """Chiefs of state and heads of government by the yearly Factbook: start dates, and the years that still name them."""
    path = os.path.join(shared(), "reference", "leaders", "cia_executive_1990_2025.csv")
    since = re.compile(r"\((?:[a-z ]*,? ?)?since (?:NA )?(?:(\d{1,2}) )?([A-Z][a-z]+) (\d{4})")
    heads = defaultdict(dict)  # (state, office, start) → {"name", "last", "years"}
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            state = FACTBOOK.get(row["country"]) or alpha3.get(row["country"].lower())
            if state not in independent or not row["text"]:
                continue
            text = re.sub(r"\s+", " ", row["text"])
            parts = re.split(r"(?i)(chief of state and head of government|chief of state|head of government|cabinet|elections)\s*:", text)
            for label, body in zip(parts[1::2], parts[2::2]):
                label = label.lower()
                if label not in ("chief of state and head of government", "chief of state", "head of government"):
                    continue
                hit = since.search(body[:400])
                if not hit or hit[2] not in MONTHS:
                    continue
                name = from_factbook(body[:hit.start()])
                if name is None or re.search(r"(?i)deputy|vice", re.split(r"[;:|]", body[:hit.start()])[-1]):
                    continue
                start = f"{hit[3]}-{MONTHS[hit[2]]:02d}" + (f"-{int(hit[1]):02d}" if hit[1] else "")
                if not re.fullmatch(r"(19|20)\d\d-.*", start):
                    continue
                # The Factbook wrote "Serbia and Montenegro" of the Federal Republic of Yugoslavia too.
                if state == "SCG" and start < "2003-02-04":
                    state = "YUG"
                offices = ["head-of-state"] if label != "head of government" else ["head-of-government"]
                title = re.split(r"[;:]", body[:hit.start()])[-1].replace(name[0], "").strip()
                record = heads.setdefault((state, offices[0], start), {"name": name, "years": set(), "title": title})
                record["years"].add(int(row["year"]))
                if name[2] is False:
                    record["name"] = name
    last_year = max(y for h in heads.values() for y in h["years"])
    by_office = defaultdict(list)
    for (state, office, start), record in heads.items():
        by_office[(state, office)].append((start, record))
    skipped = 0
    for (state, office), found in sorted(by_office.items()):
        found.sort(key=lambda f: f[0])
        for i, (start, record) in enumerate(found):
            full, last, broken = record["name"]
            full = book.usual.get(full, full)
            key = book.match(state, full, last, start) or book.at_start(state, office, full, start)
            year = max(record["years"])
            seen = f"{year}-12" if year == last_year else f"{year}-06"
            if seen < start[:7]:
                seen = start
            # Where Wikidata or a hand-written fact fills the seat, the Factbook's name is another spelling or another seat.
            if any(t["state"] == state and t["office"] == office and t["source"] != "factbook" and k != key
                   and distance(t["from"], start) < 10_000 and t["from"] <= start and t["to"] and distance(t["to"], start) > 45
                   and start < t["to"]
                   for k in book.by_state[state] for t in book.persons[k]["terms"]):
                continue
            if key is None:
                if broken or len(full.split()) < 2:
                    skipped += 1
                    continue
                key = book.person(" ".join(full.split()), "", state)
                tokens = full.split()
                if fold(f"{tokens[0]} {last}") != fold(full) and not last.startswith(tokens[0]):
                    book.persons[key]["aliases"].append(f"{tokens[0]} {last}")
            terms = [t for t in book.persons[key]["terms"] if t["state"] == state and t["office"] in (office, "leader", "head-of-state", "head-of-government")]
            inside = [t for t in terms if t["from"] <= start and (not t["to"] or start < t["to"])]
            if inside and any(near(t["from"], start) or t["office"] == office for t in inside):
                for term in inside:
                    if not term["to"] and term["office"] == office:
                        term["seen"] = max(term["seen"], seen)
                continue
            # The term ends when the next holder of the seat begins, by whatever source, unless that is long after the
            # last year that names this one.
            after = [s for s, r in found[i + 1:] if fold(r["name"][1]) != fold(last)]
            after += [t["from"] for k in book.by_state[state] for t in book.persons[k]["terms"]
                      if k != key and t["state"] == state and t["office"] == office and t["from"] > start and "PRE" not in t["sectors"]]
            end = min(after) if after and seen[:7] <= min(after)[:7] and distance(min(after), seen) < 800 else ""
            if after and not end and min(after) < seen:
                end = min(after)
            title = "head of state" if office == "head-of-state" else "head of government"
            book.add(key, state, office, title, start, end, "no", "" if end else seen, "factbook")
    print("factbook: left out", skipped, "holders whose names are damaged in the source")


def reign(book, by_cow):
    """Leaders by REIGN (to March 2021): closes open ends, adds leaders the others lack."""
    path = os.path.join(shared(), "reference", "leaders", "REIGN_leaderlist_2021_03.csv")
    skipped = []
    with open(path, encoding="latin-1") as file:
        for row in csv.DictReader(file):
            if int(row["eyear"] or 9999) < 1990:
                continue
            start = f"{row['syear']}-{int(row['smonth']):02d}-{int(row['sdate']):02d}"
            # A blank end is a term that still ran when the list was made.
            end = f"{row['eyear']}-{int(row['emonth']):02d}" if row["eyear"] else "2021-03"
            running = end >= "2021-02"
            state = by_cow(row["ccode"], start)
            name = without_brackets(row["leader"].strip())
            if state is None or not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-\d\d", start):
                continue
            if ", " in name:
                name = " ".join(reversed(name.split(", ", 1)))
            last = name.split()[-1]
            key = book.match(state, name, last, start) or book.at_start(state, "leader", name, start)
            # A running leader confirms a term that is known; new ones would be second spellings and designates.
            if key is None:
                if not row["eyear"] or len(name.split()) < 2 or re.match(r"^[A-Z]\.", name) or not name.isascii():
                    skipped.append((state, name))
                    continue
                key = book.person(name, "", state)
            # Who rules another state by occupation holds no office of it.
            if any(fold(p["name"]) == fold(name) and t["state"] != state and t["source"] == "hand" and t["from"] <= start < (t["to"] or end)
                   for p in book.persons.values() for t in p["terms"]):
                continue
            terms = [t for t in book.persons[key]["terms"] if t["state"] == state and t["office"] in ("leader", "head-of-state", "head-of-government")]
            overlapping = [t for t in terms if t["from"][:7] <= end and (not t["to"] or t["to"] >= start[:len(t["to"])])]
            for term in overlapping:
                if not term["to"] and term["source"] != "hand":
                    if running:
                        term["seen"] = max(term["seen"], "2021-02")
                    elif not term["seen"] or term["seen"] < end:
                        term["to"], term["known"], term["seen"] = end, "yes", ""
            if not overlapping and row["eyear"]:
                book.add(key, state, "leader", "leader", start, "" if running else end, "no" if running else "yes",
                         "2021-02" if running else "", "REIGN")
    print("REIGN: left out", len(skipped), "leaders not known otherwise: given by surname only, or running")


def wlc(book, alpha3):
    """Thirty leaders in office in August 2026."""
    path = os.path.join(shared(), "reference", "leaders", "wlc_all_leaders_2026-08-22.json")
    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    day = data["snapshot_date"]
    for country, row in sorted(data["leaders"].items()):
        state = alpha3.get(country.replace("_", " ").replace("-", " "))
        if state is None:
            print("wlc: unknown state", country)
            continue
        for office, field in (("head-of-state", "head_of_state"), ("head-of-government", "head_of_government")):
            name, start = row.get(field), row.get(field + "_since")
            if not name or not start or not re.fullmatch(r"\d{4}-\d\d-\d\d", start):
                continue
            key = book.match(state, name, surname(name, state) or name, start) or book.person(name, "", state)
            # A successor who came after the hand-written fact was last known to hold ends it; any other is an error.
            rivals = [t for k in book.by_state[state] for t in book.persons[k]["terms"] if k != key and not t["to"]
                      and t["state"] == state and t["office"] == office and t["source"] == "hand"]
            if any(start <= t["seen"] for t in rivals):
                print("wlc: left out", state, office, name, start)
                continue
            for term in rivals:
                term["to"], term["seen"] = start, ""
            running = [t for t in book.persons[key]["terms"] if t["state"] == state and t["office"] == office and not t["to"]]
            for term in running:
                term["seen"] = max(term["seen"], day)
            if not running and not any(t["state"] == state and t["office"] == office and near(t["from"], start) for t in book.persons[key]["terms"]):
                book.add(key, state, office, office.replace("-", " "), start, "", "no", day, "wlc")


def close(book):
    """An open term whose title has a successor ends, as far as we know, when the successor begins."""
    single = {"head-of-state", "head-of-government", "foreign-minister", "defence-minister", "interior-minister", "finance-minister"}
    seats = defaultdict(list)
    for person in book.persons.values():
        for term in person["terms"]:
            if term["office"] in single:
                seats[(term["state"], term["office"], "PRE" in term["sectors"])].append((term["from"], person["name"], term))
    for terms in seats.values():
        terms.sort(key=lambda t: (t[0], t[1]))
        for i, (start, name, term) in enumerate(terms):
            if term["to"] or term["source"] in ("hand", "factbook"):
                continue
            later = [s for s, n, t in terms[i + 1:] if n != name and s[:4] > start[:4] and s > (term["seen"] or "")
                     and (t["title"] == term["title"] or t["source"] == "hand")]
            if later:
                term["to"], term["known"] = later[0], "no"
                term["seen"] = ""


def build():
    """Writes leaders.tsv."""
    states = read("states.tsv")
    alpha3 = {}
    for row in states + read("territories.tsv"):
        for name in row["names"].split(";"):
            alpha3.setdefault(without_diacritics(name.rstrip("?")).lower().replace("-", " "), row["code"])
        alpha3.setdefault(without_diacritics(row["name"]).lower(), row["code"])
    codes = [r for r in read("state_codes.tsv") if r["system"] == "COW"]

    def by_cow(number, day):
        found = [r["code"] for r in codes if r["number"] == number and r["from"] <= day and (not r["to"] or day[:len(r["to"])] <= r["to"])]
        return found[0] if found else None

    book = Book({r["code"]: r["sectors"].split(",")[0] for r in reversed(read("organisations.tsv"))})
    hand(book)
    cabinets(book, alpha3)
    factbook(book, alpha3, {r["code"] for r in states} | {"HKG"})
    reign(book, by_cow)
    wlc(book, alpha3)
    hand(book, later=True)
    holders.merge(book)
    holders.only(book)
    close(book)
    write("leaders.tsv", [
        "Holders of offices with dates. The rows of a person stand together. office: class of the office; title: as the source has it.",
        "to: last day or the successor's first, blank where unknown or still running; to_known: yes where the source gives the end,",
        "no where it is blank or follows from the successor. seen: day up to which a source attests an open term; after it nothing is known.",
        "surnames: a trailing ? marks one that is not looked up in running text by itself (a common word, a given name, a minor office).",
        "Sources: hand (facts, gazetteer/source/leaders.txt, CC0); wikidata (national cabinets of every-politician-scrapers, an extract of",
        "Wikidata, CC0, to 2022-2023); factbook (The World Factbook 1992-2025, public domain); REIGN (leader list of March 2021, facts);",
        "wlc (world leaders of 2026-08-22, facts)."],
        ["person", "wikidata", "aliases", "surnames", "state", "office", "title", "sectors", "from", "to", "to_known", "seen", "source"],
        table(book, states))


def table(book, states):
    """The rows, with each person's spellings."""
    given = Counter()
    for person in book.persons.values():
        given.update({without_diacritics(person["name"].split()[0])})
    words = {w for r in states for c in ("names", "adjectives", "people", "capitals") for w in without_diacritics(r[c]).replace("?", "").split(";")}
    days = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Easter Ramadan Christmas Dow Liverpool Cambridge Junior Santa"
    common = {w.capitalize() for w in common_words()} | set(MONTHS) | set(days.split())
    serious = {"head-of-state", "head-of-government", "leader", "foreign-minister", "vice-president", "defence-minister", "security-adviser"}
    # A short form or another way to write a name counts only where it is nobody else's name.
    written, formed = defaultdict(set), defaultdict(set)
    for key, person in book.persons.items():
        if person["terms"]:
            for spelling in [person["name"], *person["aliases"], *book.aliases[person["name"]]]:
                written[without_diacritics(spelling)].add(key)
                for variant in full_variants(spelling, person["terms"][0]["state"]):
                    formed[without_diacritics(variant), person["terms"][0]["state"]].add(key)
    out = []
    for key, person in book.persons.items():
        if not person["terms"]:
            continue
        state = person["terms"][0]["state"]
        spellings = [person["name"], *person["aliases"], *book.aliases[person["name"]]]
        aliases, lasts = [], []
        for spelling in spellings:
            if len(spelling.split()) > 1:
                aliases.append(spelling)
                aliases += [v for v in full_variants(spelling, state) if "." in spelling
                            or len(formed[without_diacritics(v), state] | written[without_diacritics(v)]) < 2]
                lasts += surname_variants(spelling, state)
            else:
                lasts.append(spelling)
        if any(t["office"] in serious for t in person["terms"]):
            for spelling in further(person["name"], state) if len(person["name"].split()) > 1 else []:
                if written[without_diacritics(spelling)] <= {key} and formed[without_diacritics(spelling), state] <= {key}:
                    aliases.append(spelling)
                    lasts += surname_variants(spelling, state)
        aliases = [a for a in dict.fromkeys(aliases) if without_diacritics(a) != without_diacritics(person["name"])]
        big = any(t["office"] in serious for t in person["terms"])
        marked = []
        for last in dict.fromkeys(without_diacritics(x) for x in lasts if x):
            plain = last in words or last in common or given[last] >= 2 or not big or len(last) < 3
            marked.append(last + ("?" if plain else ""))
        for t in person["terms"]:
            out.append([person["name"], person["item"], ";".join(aliases), ";".join(marked), t["state"], t["office"], t["title"],
                        t["sectors"], t["from"], t["to"], t["known"], t["seen"], t["source"]])
    return list({tuple(map(str, r)): r for r in out}.values())
