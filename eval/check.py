#!/usr/bin/env python3
"""Compares the coder's scores with the floors in eval/floors.toml; exit code 1 below one.

    python3 eval/check.py [BINARY] [--raise]

Floors only rise: `--raise` lifts those that the run surpasses and never lowers one. A set whose raw material is not on
this machine is skipped with the reason; it is no failure, and no success either.
"""

import argparse
import math
import re
import tomllib
from pathlib import Path

import claims
import readouts
from common import Absent, add_binary, main, score, shared

FLOORS = Path(__file__).resolve().parent / "floors.toml"
MAPPING = Path(__file__).resolve().parent / "plv-mapping.tsv"
SETS = {
    "plv": lambda binary: score(binary, shared("gold/PLV_train.tsv"), "--map", MAPPING),
    "readouts": lambda binary: readouts.run(binary)[1],
    "claims": lambda binary: claims.measure(binary, which="test"),
}


def script():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_binary(parser)
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors that this run surpasses")
    args = parser.parse_args()
    text = FLOORS.read_text(encoding="utf-8")
    below, missing, skipped = 0, [], []
    for name, floors in tomllib.loads(text).items():
        try:
            figures = SETS[name](args.binary)
        except Absent as reason:
            skipped.append(name)
            print(f"skipped {name}: {reason}")
            continue
        for key, floor in floors.items():
            if key not in figures:
                missing.append(f"{name}.{key}")
                continue
            value = figures[key]
            good = value >= floor
            below += not good
            print(f"{'ok   ' if good else 'BELOW'}  {name}.{key}  {value:.4f}  (floor {floor:.3f})")
            lifted = math.floor(value * 1000) / 1000
            if args.lift and lifted > floor:
                text = lift(text, name, key, lifted)
    for key in missing:
        print(f"BELOW  {key} has a floor, but no such figure was measured")
    if args.lift:
        FLOORS.write_text(text, encoding="utf-8")
    summary = "below the floors" if below or missing else "at or above every floor that was measured"
    print(summary + (f"; not measured: {', '.join(skipped)}" if skipped else ""))
    return 1 if below or missing else 0


def lift(text, section, key, value):
    """The text of the floors with one raised; comments and order stay."""
    head, body = text.split(f"[{section}]\n", 1)
    line = re.compile(rf'^"{re.escape(key)}" = [0-9.]+', re.MULTILINE)
    return f"{head}[{section}]\n" + line.sub(f'"{key}" = {value:.3f}', body, count=1)


if __name__ == "__main__":
    main(script)
