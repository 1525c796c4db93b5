"""Checks the tables against each other and their hashes: python3 gazetteer/build/check.py. Prints what is wrong, exits 1."""
import hashlib
import os
import re
import sys
from collections import defaultdict

from actors import SECTORS
from alliances import TYPES
from common import GAZETTEER, read
from memberships import STATUSES

KEYS = {"states": ["code"], "state_codes": ["code", "system", "number"], "territories": ["code"], "partial": ["name"],
        "metonyms": ["code", "sectors"], "organisations": ["code", "sectors"], "groups": ["code", "name", "from"],
        "agents": ["lemma"], "places": ["geonameid", "name", "code"],
        "leaders": ["person", "wikidata", "state", "office", "title", "from"],
        "memberships": ["organisation", "state", "status", "from", "first_seen"],
        "alliances": ["state", "partners", "types", "from", "source"], "complete": ["table", "organisation", "statuses"]}
BETWEEN = {"memberships", "alliances", "complete"}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def faults():
    """Every fault as a sentence."""
    states = {r["code"] for r in read("states.tsv")} | {r["code"] for r in read("territories.tsv")}
    organisations = {r["code"] for r in read("organisations.tsv")}
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
            start, end = row.get("from", ""), row.get("to", "")
            for date in filter(None, (start, end, row.get("seen", ""), row.get("first_seen", ""))):
                if not DATE.fullmatch(date):
                    yield f"{name}: {date} is no date in {found}"
            shared = min(len(start), len(end))
            if start[:shared] > end[:shared]:
                yield f"{name}: ends before it begins: {found}"
    yield from of_memberships()
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
    for name in sorted(n for n in os.listdir(GAZETTEER) if n.endswith(".tsv")):
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
        allowed = set(STATUSES if row["table"] == "memberships" else TYPES)
        if row["table"] not in BETWEEN or not set(row["statuses"].split(",")) <= allowed or not row["to"]:
            yield f"complete.tsv: {row}"


if __name__ == "__main__":
    found = list(faults())
    print("\n".join(found) or "gazetteer: no faults")
    sys.exit(bool(found))
