"""Compiles the gazetteer's tables: python3 gazetteer/build/build.py [states actors leaders places places_index memberships alliances references wars].

Needs the raw material described in the tables' comment lines (LEGATION_DATA, else ../shared/data beside the
repository); python3 and its standard library are enough, but memberships and alliances read R files with the package rdata. Ends with the hashes in SHA256SUMS.
"""
import hashlib
import os
import sys

import actors
import alliances
import leaders
import memberships
import places
import places_index
import references
import states
import wars
from common import GAZETTEER


def main():
    modules = {"states": states, "actors": actors, "leaders": leaders, "places": places, "places_index": places_index, "memberships": memberships,
               "alliances": alliances, "references": references, "wars": wars}
    for name, module in modules.items():
        if name in (sys.argv[1:] or modules):
            module.build()
    tables = sorted(n for n in os.listdir(GAZETTEER) if n.endswith((".tsv", ".index")))
    with open(os.path.join(GAZETTEER, "SHA256SUMS"), "w", encoding="utf-8", newline="\n") as file:
        for name in tables:
            with open(os.path.join(GAZETTEER, name), "rb") as table:
                file.write(f"{hashlib.sha256(table.read()).hexdigest()}  {name}\n")


if __name__ == "__main__":
    main()
