"""Checks the tables against each other and their hashes: python3 gazetteer/build/check.py. Prints what is wrong, exits 1."""
import hashlib
import os
import re
import sys
from collections import defaultdict

from actors import SECTORS
from alliances import TYPES
from common import GAZETTEER, read
from holders import OFFICES as SHORT, SINGLE, days, sound
from memberships import STATUSES

KEYS = {"states": ["code"], "state_codes": ["code", "system", "number"], "territories": ["code"], "partial": ["name"],
        "metonyms": ["code", "sectors"], "organisations": ["code", "sectors"], "groups": ["code", "name", "from"],
        "agents": ["lemma"], "references": ["noun"], "given_names": ["name"], "places": ["geonameid", "name", "code"],
        "leaders": ["person", "wikidata", "state", "office", "title", "from"],
        "memberships": ["organisation", "state", "status", "from", "first_seen"],
        "alliances": ["state", "partners", "types", "from", "source"], "complete": ["table", "organisation", "statuses"],
        "wars": ["conflict", "type", "side_a", "second_a", "side_b", "second_b", "opponent", "from"]}
OFFICES = set(SHORT.values())
BETWEEN = {"memberships", "alliances", "complete"}
WARS = {"interstate", "internationalised", "civil", "extrasystemic"}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def faults():
    """Every fault as a sentence."""
    states = {r["code"] for r in read("states.tsv")} | {r["code"] for r in read("territories.tsv")}
    organisations = {r["code"] for r in read("organisations.tsv")}
    for code in sorted(states & organisations):
        yield f"organisations.tsv: {code} is the code of a state"
    for table, key in KEYS.items():
        name = table + ".tsv"
        with open(os.path.join(GAZETTEER, name), encoding="utf-8") as file:
            if not any(line.startswith("#") and "ource" in line for line in file):
                yield f"{name} names no source"
        seen = set()
        for row in read(name):
            found = tuple(row[k] for k in key)
            if found in seen:
                yield f"{name}: {found} twice"
            seen.add(found)
            of_state = table in ("leaders", "memberships", "alliances")
            state = row.get("state") if of_state else row.get("code") if table != "organisations" else None
            for code in filter(None, [state, *row.get("partners", "").split(";")]):
                if code not in (states | organisations if of_state else states):
                    yield f"{name}: unknown state {code} in {found}"
            if table in BETWEEN and row.get("organisation") and row["organisation"] not in organisations:
                yield f"{name}: unknown organisation in {found}"
            if not set(filter(None, row.get("sectors", "").split(","))) <= SECTORS:
                yield f"{name}: unknown sector in {found}"
            if table == "wars":
                parties = [row[c] for c in ("side_a", "second_a", "side_b", "second_b")]
                for code in filter(None, ";".join(parties).split(";")):
                    if code not in states:
                        yield f"{name}: unknown state {code} in {found}"
            start, end = row.get("from", ""), row.get("to", "")
            for date in filter(None, (start, end, row.get("seen", ""), row.get("first_seen", ""))):
                if not DATE.fullmatch(date):
                    yield f"{name}: {date} is no date in {found}"
            shared = min(len(start), len(end))
            if start[:shared] > end[:shared]:
                yield f"{name}: ends before it begins: {found}"
    yield from of_memberships()
    yield from of_leaders()
    yield from of_names()
    meanings = defaultdict(set)
    for name in ("states.tsv", "territories.tsv", "partial.tsv", "organisations.tsv", "groups.tsv"):
        for row in read(name):
            if name == "groups.tsv" and row["from"]:
                continue
            for text in filter(None, row["names"].split(";")):
                if not text.endswith("?"):
                    meanings[text].add(row["code"])
    for text, codes in sorted(meanings.items()):
        if len(codes) > 1:
            yield f"{text} means {sorted(codes)}: mark it with ? in the source"
    with open(os.path.join(GAZETTEER, "SHA256SUMS"), encoding="utf-8") as file:
        sums = dict(reversed(line.split()) for line in file)
    for name in sorted(n for n in os.listdir(GAZETTEER) if n.endswith((".tsv", ".index"))):
        with open(os.path.join(GAZETTEER, name), "rb") as table:
            if hashlib.sha256(table.read()).hexdigest() != sums.get(name):
                yield f"{name} is not the table that SHA256SUMS names"


def of_memberships():
    """Faults in memberships, alliances and what is declared complete."""
    rows = defaultdict(list)
    for row in read("memberships.tsv"):
        key = (row["organisation"], row["state"])
        if row["status"] not in STATUSES:
            yield f"memberships.tsv: unknown status in {row}"
        if not row["to"] and not row["seen"]:
            yield f"memberships.tsv: neither an end nor a day on which it is seen: {row}"
        if not row["from"] and not row["first_seen"]:
            yield f"memberships.tsv: neither a beginning nor a day on which it is first seen: {row}"
        if row["source"] == "hand":
            rows[key].append(row)
    for key, found in rows.items():
        found.sort(key=lambda r: r["from"])
        for one, two in zip(found, found[1:]):
            inside = {one["status"], two["status"]} <= {"member", "suspended"}
            shared = min(len(one["to"]), len(two["from"]))
            if inside and (not one["to"] or one["to"][:shared] > two["from"][:shared]):
                yield f"memberships.tsv: two at a time in {key}: {one['from']}, {two['from']}"
    for row in read("alliances.tsv"):
        if not row["types"] or not set(row["types"].split(",")) <= set(TYPES):
            yield f"alliances.tsv: unknown type in {row}"
        if any(partner <= row["state"] for partner in row["partners"].split(";")):
            yield f"alliances.tsv: not in the order of the codes: {row}"
    for row in read("complete.tsv"):
        allowed = {"memberships": set(STATUSES), "alliances": set(TYPES), "wars": WARS}.get(row["table"], set())
        if not set(row["statuses"].split(",")) <= allowed or not row["to"]:
            yield f"complete.tsv: {row}"


def of_leaders():
    """Faults in the holders of offices that only one person holds at a time, from 2021 on, and in who is who."""
    seats, spelled, items = defaultdict(list), defaultdict(set), defaultdict(set)
    for row in read("leaders.tsv"):
        if row["office"] not in OFFICES:
            yield f"leaders.tsv: unknown office {row['office']}"
        if row["to"] and row["seen"]:
            yield f"leaders.tsv: an end and a day on which it is seen: {row['person']} {row['from']}"
        shared = min(len(row["seen"]), len(row["from"]))
        if row["seen"] and row["seen"][:shared] < row["from"][:shared]:
            yield f"leaders.tsv: seen before it begins: {row['person']} {row['from']}"
        if row["office"] in SINGLE and "PRE" not in row["sectors"]:
            seats[row["state"], row["office"]].append(row)
        if row["source"] == "hand":
            spelled[row["state"], sound(row["person"])].add(row["person"])
        if row["wikidata"]:
            items[row["wikidata"]].add(row["person"])
    for item, persons in items.items():
        if len(persons) > 1:
            yield f"leaders.tsv: {item} is {sorted(persons)}"
    for (state, _), persons in spelled.items():
        if len(persons) > 1:
            yield f"leaders.tsv: two spellings of one person of {state}: {sorted(persons)}"
    for (state, office), rows in seats.items():
        rows.sort(key=lambda r: r["from"])
        for i, one in enumerate(rows):
            for two in rows[i + 1:]:
                end = one["to"] or one["seen"]
                shared = min(len(end), len(two["from"]))
                # Rival governments bear their own titles; a hand-over may take some days.
                rivals = one["source"] == two["source"] == "hand" and one["title"] != two["title"]
                if (one["person"] != two["person"] and two["from"] >= "2021" and end[:shared] > two["from"][:shared]
                        and not rivals and days(end) - days(two["from"]) > 7):
                    yield f"leaders.tsv: two {office} of {state}: {one['person']} to {end}, {two['person']} from {two['from']}"


def of_names():
    """Names of groups and organisations that are a common noun, a holder of office or nothing that a text can say."""
    lemmas = {r["lemma"] for r in read("agents.tsv")}
    leaders = read("leaders.tsv")
    persons = {r["person"].lower() for r in leaders if " " in r["person"]}
    surnames = {text for r in leaders for text in r["surnames"].split(";") if not text.endswith("?")}
    for name in ("organisations.tsv", "groups.tsv", "metonyms.tsv"):
        for row in read(name):
            texts = row["names"].split(";")
            if not any(" (" not in text or text.endswith(")?") for text in texts):
                yield f"{name}: no text has the name {row['names']}"
            for text in texts:
                # What the role nouns say of a whole class is no name of one of its members.
                if not text.endswith("?") and text.islower() and text in lemmas:
                    yield f"{name}: {text} is a role noun"
                if name == "organisations.tsv" and (text.lower() in persons or text in surnames):
                    yield f"{name}: {text} is a person in leaders.tsv: mark it with ? in the source"
    seen = defaultdict(list)
    for row in read("groups.tsv"):
        for text in row["names"].split(";"):
            seen[row["code"], text.rstrip("?")].append((row["from"], row["to"] or "9999", row["name"]))
    for (code, text), spans in seen.items():
        spans.sort()
        for one, two in zip(spans, spans[1:]):
            if one[2] != two[2] and one[1] > two[0]:
                yield f"groups.tsv: {text} ({code}) is {one[2]} and {two[2]} at a time"


if __name__ == "__main__":
    found = list(faults())
    print("\n".join(found) or "gazetteer: no faults")
    sys.exit(bool(found))
