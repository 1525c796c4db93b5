"""Looks the hand-written holders of 2021 and later up in the sources at hand: python3 gazetteer/build/attest.py.

Writes source/attested.tsv (what attests each term) and prints what the sources say and the table does not: a person named with
the title of an office in a dated text who does not hold it in the table on that day, and other "since" dates in the Factbook.
Needs the raw material (LEGATION_DATA, else ../shared/data): current events 2021-2024, readouts 2021-2025, the Factbook.
"""
import csv
import glob
import os
import re
import tarfile
from collections import defaultdict

from common import SOURCE, read, shared, without_diacritics
from holders import alike
from leaders import FACTBOOK, FILES, MONTHS, near
from offices import classify

TITLES = {
    "head-of-state": r"President|King|Queen|Emir|Amir|Sultan|Emperor|Supreme Leader|Grand Duke|Pope",
    "head-of-government": r"Prime Minister|Premier|Chancellor|Taoiseach|Chief Executive",
    "foreign-minister": r"(?:Foreign|External Affairs) (?:Affairs )?Minister|Minister (?:of|for) (?:Europe and )?(?:Foreign|External) (?:and European )?Affairs"
                        r"|Foreign Secretary|Secretary of State|top diplomat",
    "defence-minister": r"Defen[cs]e Minister|Minister (?:of|for) (?:National )?Defen[cs]e|Defen[cs]e Secretary|Secretary of Defen[cs]e",
    "interior-minister": r"Interior Minister|Minister of (?:the )?(?:Interior|Internal Affairs)|Home Secretary|Home Minister",
    "finance-minister": r"Finance Minister|Minister of (?:the )?Finance|Chancellor of the Exchequer|Treasury Secretary|Secretary of the Treasury",
    "vice-president": r"Vice President", "security-adviser": r"National Security Advis[eo]r",
    "speaker": r"(?:House )?Speaker|President of the European Parliament",
}
NAME = r"(?:[A-ZÀ-ŽĐŞİ][\w'’ʻ`\-]+|[A-Z]\.|al-[A-Z]\w+|el-[A-Z]\w+|bin|ibn|al|el|de|da|dos|von|van|der|ul|la|vel)"
FULL = rf"[A-ZÀ-ŽĐŞİ][\w'’ʻ\-]+(?: {NAME}){{1,5}}"
NOT = re.compile(r"(?i)\b(former|ex-?|deputy|vice|acting|late|then|future|opposition|shadow|designate|elect|first|assistant|under)[- ]?$")


def texts():
    """The dated texts, one sentence or paragraph at a time: (day, sentence, source)."""
    root = shared()
    with tarfile.open(os.path.join(root, "current_events", "wikipedia_current_events_2002-2024.tar.gz")) as tar:
        for member in tar:
            day = re.search(r"(20\d\d)-(\d\d)-(\d\d)", member.name)
            if member.isfile() and day and day[1] >= "2021" and member.size < 30_000:
                for line in tar.extractfile(member).read().decode("utf-8", "replace").splitlines():
                    yield "-".join(day.groups()), line, "events"
    with tarfile.open(os.path.join(root, "readouts", "white_house_readouts.tar.gz")) as tar:
        for member in tar:
            day = re.search(r"(20\d\d-\d\d-\d\d)", member.name)
            if member.isfile() and day:
                for line in tar.extractfile(member).read().decode("utf-8", "replace").splitlines():
                    yield day[1], line, "readouts"


def nations():
    """Names and adjectives of states, longest first, with their codes."""
    found = {}
    for row in read("states.tsv"):
        if row["to"] and row["to"] < "2021":
            continue
        for column in ("names", "adjectives"):
            for name in row[column].split(";"):
                found.setdefault(name.rstrip("?"), row["code"])
    found.pop("", None)
    return found


def mentions(day, line, states, pattern):
    """What a line says of holders: (state, office, name)."""
    for office, regex in pattern.items():
        for match in regex.finditer(line):
            groups = match.groupdict()
            if NOT.search(line[:match.start("title")][-14:]) or NOT.search(line[:match.start()][-14:]):
                continue
            state = states[groups.get("s1") or groups.get("s2") or groups.get("s3")]
            name = re.sub(r"['’]s?$", "", groups["name"]).strip()
            yield state, office, name


def patterns(states):
    """One expression for each office and order of state, title and name."""
    one = "|".join(re.escape(n) for n in sorted(states, key=len, reverse=True))
    out = {}
    for office, title in TITLES.items():
        title = rf"(?P<title>(?i:{title}))"
        out[office] = [re.compile(rf"\b(?P<s1>{one})(?:['’]s?)? {title},? (?P<name>{FULL})"),
                       re.compile(rf"\b{title} of (?:the )?(?P<s2>{one}),? (?P<name>{FULL})"),
                       re.compile(rf"\b{title} (?P<name>{FULL}?) of (?:the )?(?P<s3>{one})\b"),
                       re.compile(rf"(?P<name>{FULL}), (?:the )?(?P<s1>{one})(?:['’]s?)? {title}\b")]
    return out


def like(name, row):
    """Whether a name in a text may be the person of a row."""
    for spelling in [row["person"], *filter(None, row["aliases"].split(";"))]:
        hits, count, _ = alike(name, spelling, 0.8)
        if count and hits == count or without_diacritics(name).lower() == without_diacritics(spelling).lower():
            return True
    return False


def plain(text):
    """Lower case without diacritics, hyphens as spaces."""
    return without_diacritics(text).lower().replace("-", " ").replace("’", "'")


def inside(day, row):
    """Whether a day lies in a term."""
    end = row["to"] or row["seen"] or "2026-12-31"
    return row["from"] <= day[:len(row["from"])] and day[:len(end)] <= end


def since():
    """The Factbook's beginnings: (state, name) → dates."""
    alpha3 = {}
    for row in read("states.tsv"):
        for name in row["names"].split(";"):
            alpha3.setdefault(without_diacritics(name.rstrip("?")).lower(), row["code"])
    found = defaultdict(set)
    path = os.path.join(shared(), "reference", "leaders", "cia_executive_1990_2025.csv")
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            state = FACTBOOK.get(row["country"]) or alpha3.get(row["country"].lower())
            if row["year"] < "2021" or not state:
                continue
            for match in re.finditer(r"([^;:()]{4,60}?) \((?:[a-z ]*)since (?:(\d{1,2}) )?([A-Z][a-z]+) (\d{4})", row["text"]):
                if match[3] in MONTHS:
                    day = f"{match[4]}-{MONTHS[match[3]]:02d}" + (f"-{int(match[2]):02d}" if match[2] else "")
                    found[state].add((match[1].strip(), day))
    return found


def wikidata():
    """The beginnings of the national cabinets: (state, office) → (person, day)."""
    alpha3 = {}
    for row in read("states.tsv"):
        for name in [row["name"], *row["names"].split(";")]:
            alpha3.setdefault(without_diacritics(name.rstrip("?")).lower().replace("-", " "), row["code"])
    found = defaultdict(list)
    for path in sorted(glob.glob(os.path.join(shared(), "reference", "leaders", "cabinets", "*.csv"))):
        stem = os.path.basename(path)[:-4]
        state = FILES.get(stem) or alpha3.get(re.sub(r"-(cabinet|ministers)$", "", stem).replace("-", " "))
        if state is None:
            continue
        with open(path, encoding="utf-8") as file:
            for row in csv.DictReader(file):
                office = classify(row["position"].strip(), state[:3])
                if office:
                    found[(state, office)].append((row["person"].strip(), row["start"].strip()))
    return found


def main():
    rows = [r for r in read("leaders.tsv") if not r["to"] or r["to"] >= "2021"]
    by_seat, by_state = defaultdict(list), defaultdict(list)
    for row in rows:
        by_seat[(row["state"], row["office"])].append(row)
        by_state[row["state"]].append(row)
    states = nations()
    pattern = patterns(states)
    seen, wrong, named = defaultdict(list), defaultdict(list), defaultdict(set)
    people = defaultdict(list)
    for row in rows:
        for spelling in [row["person"], *filter(None, row["aliases"].split(";"))]:
            if row["source"] == "hand" and len(spelling.split()) > 1:
                people[plain(spelling)].append(row)
    whole = re.compile(r"\b(" + "|".join(sorted(map(re.escape, people), key=len, reverse=True)) + r")\b")
    quick = re.compile("(?i)" + "|".join(TITLES.values()))
    for day, line, source in texts():
        for match in whole.finditer(plain(line)):
            for row in people[match[1]]:
                if inside(day, row):
                    named[(row["state"], row["office"], row["person"], row["from"])].add(day)
        if not quick.search(line):
            continue
        for office, regexes in pattern.items():
            for regex in regexes:
                for state, _, name in mentions(day, line, states, {office: regex}):
                    rulers = ("head-of-state", "head-of-government", "leader")
                    seats = rulers if office in rulers else (office,)
                    held = [r for r in by_state[state] if r["office"] in seats and like(name, r)]
                    good = [r for r in held if inside(day, r)]
                    for row in good:
                        seen[(row["state"], row["office"], row["person"], row["from"])].append((day, source))
                    if not good:
                        wrong[(state, office, name, "; ".join(f"{r['from']}/{r['to']}" for r in held))].append(day)
    factbook, cabinets = since(), wikidata()
    out = []
    for row in rows:
        if row["source"] != "hand":
            continue
        key = (row["state"], row["office"], row["person"], row["from"])
        days = sorted(seen[key])
        starts = sorted(d for n, d in factbook[row["state"]] if like(n, row) and row["office"] in ("head-of-state", "head-of-government"))
        same = [d for d in starts if d[:len(row["from"])] == row["from"][:len(d)]]
        if starts and not same:
            print("factbook:", *key, "since", *starts)
        cabinet = sorted(d for n, d in cabinets[(row["state"], row["office"])] if d and near(d, row["from"]) and like(n, row))
        out.append("\t".join([*key, same[0] if same else "", cabinet[0] if cabinet else "", days[0][0] if days else "", days[-1][0] if days else "", str(len(days)),
                              str(len(named[key]))]))
    with open(os.path.join(SOURCE, "attested.tsv"), "w", encoding="utf-8", newline="\n") as file:
        file.write("# What attests the hand-written terms that ran in 2021 or later (build/attest.py): the beginnings that the Factbook (public\n"
                   "# domain) and Wikidata's national cabinets (CC0, to 2022) give; texts: dated texts that name state, title and person together,\n"
                   "# the first and the last; days: those in the term whose texts name the person at all (Wikipedia's current events 2021-2024,\n"
                   "# White House readouts 2021-2025). A row with nothing is general knowledge alone.\n"
                   "state\toffice\tperson\tfrom\tfactbook\twikidata\tfirst\tlast\ttexts\tdays\n" + "\n".join(sorted(set(out))) + "\n")
    print("text: agreeing mentions of all holders:", sum(len(d) for d in seen.values()), "others:", sum(len(d) for d in wrong.values()))
    for key, days in sorted(wrong.items()):
        print("text:", *key, len(days), min(days), max(days))


if __name__ == "__main__":
    main()
