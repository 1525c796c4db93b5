#!/usr/bin/env python3
"""Measures the record: imports millions of events, asks for a dyad and for panels.

    python3 eval/record.py LEGATION FOLDER [EVENTS]

Events (5 million unless told otherwise) are drawn from the two days of ICEWS in shared/data: actor, recipient, code and
place of a random row, a random day of 2000-2020; so dyads and types are as uneven as they are there. Writes into FOLDER,
which it makes. Prints what stands in eval/record.md.
"""

import csv
import os
import random
import resource
import subprocess
import sys
import time

from common import shared

SAMPLE = "events/icews_2018-06-01_02_sample.tab"


def main():
    legation, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 5_000_000
    os.makedirs(folder, exist_ok=True)
    table, record = f"{folder}/events.tab", f"{folder}/events.sqlite"
    if not os.path.exists(table):
        draw(table, count)
    if not os.path.exists(record):
        run(legation, "init", "--record", record)
        seconds = run(legation, "import", "--record", record, "--from", "icews", table)
        size = os.path.getsize(record)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"import: {count} rows in {seconds:.0f} s, {count / seconds:.0f} rows/s, {size / count:.0f} bytes an event, "
              f"peak memory {peak:.0f} MB")
    asked = ["--record", record]
    for name, *arguments in [
        ("one dyad's history", "events", *asked, "--dyad", "VNM", "BGD", "--format", "csv", "--out", f"{folder}/dyad.csv"),
        ("a frequent dyad's history", "events", *asked, "--dyad", "USA", "PRK", "--format", "csv", "--out", f"{folder}/d2.csv"),
        ("one dyad, count", "sql", *asked, "SELECT count(*), min(yyyymmdd) FROM dyads WHERE actor = 'VNM' AND recipient = 'BGD'"),
        ("dyad-month panel of all states", "export", *asked, "dyad-month", "--no-coverage", "--out", f"{folder}/panel.csv"),
        ("the same with its coverage", "export", *asked, "dyad-month", "--out", f"{folder}/panel2.csv"),
        ("the same as Parquet", "export", *asked, "dyad-month", "--no-coverage", "--format", "parquet", "--out", f"{folder}/panel.parquet"),
        ("dyad-year panel, balanced", "export", *asked, "dyad-year", "--balanced", "--no-coverage", "--out", f"{folder}/year.csv"),
        ("status", "status", *asked),
        ("verify", "verify", *asked),
    ]:
        times = [run(legation, *arguments) for _ in range(1 if name == "verify" else 2)]
        print(f"{name}: {times[-1]:.2f} s warm, {times[0]:.2f} s first")


def draw(table, count):
    with open(shared(SAMPLE), encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    header, rows = rows[0], [r for r in rows[1:] if r[6][:2] not in ("01", "02")]
    dice = random.Random(1)
    days = [f"{y}-{m:02}-{d:02}" for y in range(2000, 2021) for m in range(1, 13) for d in range(1, 29)]
    with open(table, "w", encoding="utf-8") as file:
        file.write("\t".join(header) + "\n")
        for number in range(count):
            row = list(dice.choice(rows))
            row[0], row[1], row[11] = str(number), dice.choice(days), str(number // 2)
            file.write("\t".join(row) + "\n")


def run(*arguments):
    begin = time.perf_counter()
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


main()
