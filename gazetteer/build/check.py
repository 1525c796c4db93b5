"""Checks the tables against each other and their hashes: python3 gazetteer/build/check.py. Prints what is wrong, exits 1."""
import hashlib
import os
import re
import sys
from collections import defaultdict

from actors import SECTORS
from common import GAZETTEER, read

KEYS = {"states": ["code"], "state_codes": ["code", "system", "number"], "territories": ["code"], "partial": ["name"],
        "metonyms": ["code", "sectors"], "organisations": ["code", "sectors"], "groups": ["code", "name", "from"],
        "agents": ["lemma"], "places": ["geonameid", "name", "code"],
        "leaders": ["person", "wikidata", "state", "office", "title", "from"]}
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
            state = row.get("state") if table == "leaders" else row.get("code") if table != "organisations" else None
            known = states | organisations if table == "leaders" else states
            if state is not None and state not in known:
                yield f"{name}: unknown state {state} in {found}"
            if not set(filter(None, row.get("sectors", "").split(","))) <= SECTORS:
                yield f"{name}: unknown sector in {found}"
            start, end = row.get("from", ""), row.get("to", "")
            for date in filter(None, (start, end, row.get("seen", ""))):
                if not DATE.fullmatch(date):
                    yield f"{name}: {date} is no date in {found}"
            shared = min(len(start), len(end))
            if start[:shared] > end[:shared]:
                yield f"{name}: ends before it begins: {found}"
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


if __name__ == "__main__":
    found = list(faults())
    print("\n".join(found) or "gazetteer: no faults")
    sys.exit(bool(found))
