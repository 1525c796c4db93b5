#!/usr/bin/env python3
"""Opens what `legation export` writes with other tools: DuckDB, Polars and pandas from PyPI, csv and json of Python.

    python3 tests/exports.py LEGATION

Installs them into a virtual environment of its own (folder in LEGATION_VENV, else one that goes away); where they cannot
be installed, their part is skipped and the reason printed.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.join(HERE, "..", "examples")

OTHERS = r'''
import sys
import json
import duckdb, pandas, polars
folder = sys.argv[1]
for name in ["events", "reports", "dyad-month", "dyad-year", "coverage"]:
    path = f"{folder}/parquet/{name}.parquet"
    frame = polars.read_parquet(path)
    rows = duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall()[0][0]
    table = polars.read_csv(f"{folder}/csv/{name}.csv", infer_schema_length=None)
    assert rows == frame.height == table.height, (name, rows, frame.height, table.height)
    codec = {r[0] for r in duckdb.sql(f"SELECT DISTINCT compression FROM parquet_metadata('{path}')").fetchall()}
    assert codec == {"ZSTD"}, codec
meetings = duckdb.sql(f"""SELECT id, actors[1].code, date.value FROM '{folder}/parquet/events.parquet'
    WHERE event_type = 'CONSULT' AND date.precision = 'day' ORDER BY id""").fetchall()
frame = polars.read_parquet(f"{folder}/parquet/events.parquet").filter(polars.col("event_type") == "CONSULT")
frame = frame.with_columns(day=polars.col("date").struct.field("value"), exact=polars.col("date").struct.field("precision"))
frame = frame.filter(polars.col("exact") == "day").sort("id")
assert len(meetings) > 3 and [m[0] for m in meetings] == frame["id"].to_list()
assert [m[2] for m in meetings] == frame["day"].to_list()
panel = duckdb.sql(f"""SELECT sum(events), sum(consult), max(covered) FROM '{folder}/parquet/dyad-month.parquet' """).fetchall()[0]
same = duckdb.sql(f"""SELECT sum(events), sum(consult), max(covered) FROM '{folder}/csv/dyad-month.csv' """).fetchall()[0]
assert panel == same and panel[0] > 5, (panel, same)
facts = f"{folder}/facts.parquet"
first = duckdb.sql(f"SELECT count(*), count(DISTINCT occurrence), count(*) FILTER (WHERE best) FROM '{facts}'").fetchall()[0]
frame, table = polars.read_parquet(facts), pandas.read_parquet(facts)
assert first[0] == frame.height == len(table) and first[1] == first[2] == frame["best"].sum() == table["best"].sum(), first
stated = {r[0].decode(): r[1].decode() for r in duckdb.sql(f"SELECT key, value FROM parquet_kv_metadata('{facts}')").fetchall()}
assert stated["title"] == "Examples" and stated["licence"] == "CC0-1.0", stated
months = json.loads(stated["coverage"])
assert len(months["month"]) == len(months["documents"]) and sum(months["documents"]) >= sum(months["with_events"]) > 0
tied = duckdb.sql(f"""SELECT count(*) FROM '{facts}' WHERE best AND status = 'actual'
    AND list_contains([p.code for p in list_concat(actors, recipients)], 'AZE')""").fetchall()[0][0]
assert tied > 3, tied
balanced = polars.read_csv(f"{folder}/balanced.csv", infer_schema_length=None)
print("DuckDB", duckdb.__version__, "and Polars", polars.__version__, "read the same:", panel)
zero = balanced.filter((polars.col("covered") == 1) & polars.col("events").is_null())
silent = balanced.filter((polars.col("covered") == 0) & (polars.col("events") == 0))
assert zero.height == 0 and silent.height == 0, "a zero where nothing is known, or nothing where there is a zero"
assert balanced.filter(polars.col("events") == 0).height > 0 and balanced.filter(polars.col("events").is_null()).height > 0
'''


def main():
    legation = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        def run(*arguments):
            subprocess.run([legation, *arguments, "--record", f"{folder}/r.sqlite"], check=True, stderr=subprocess.DEVNULL)

        run("init", "--title", "Examples", "--licence", "CC0-1.0")
        run("add", EXAMPLES)
        for form in ["csv", "parquet"]:
            run("export", "package", "--out", f"{folder}/{form}", "--format", form)
        run("export", "dyad-month", "--balanced", "--directed", "--out", f"{folder}/balanced.csv")
        run("export", "icews", "--out", f"{folder}/icews.tab")
        run("export", "facts", "--out", f"{folder}/facts.parquet")
        package(folder)
        formulas(folder)
        round_trips(legation, folder)
        others(folder)


def package(folder):
    """The package's schema names the columns of the tables and their types."""
    with open(f"{folder}/csv/datapackage.json", encoding="utf-8") as file:
        described = json.load(file)
    with open(f"{folder}/csv/codebook.md", encoding="utf-8") as file:
        codebook = file.read()
    for resource in described["resources"]:
        fields = resource["schema"]["fields"]
        with open(f"{folder}/csv/{resource['path']}", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == [f["name"] for f in fields], resource["path"]
        for row in rows[1:]:
            for cell, field in zip(row, fields, strict=True):
                if cell and field["type"] == "integer":
                    int(cell)
                if cell and field["type"] == "number":
                    float(cell)
        for field in fields:
            assert field["description"] and f"| `{field['name']}` |" in codebook, field
    print("data package:", ", ".join(r["path"] for r in described["resources"]))


def formulas(folder):
    """No text cell begins like a formula; numbers are as they are."""
    for name in ["events", "reports", "coverage"]:
        with open(f"{folder}/csv/{name}.csv", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column, cell in row.items():
                    if cell[:1] in "=+-@\t\r" and cell:
                        float(cell)  # a number, or the test fails
                        assert column in ("score", "place_lat", "place_lon"), (column, cell)


def round_trips(legation, folder):
    """What is exported can be imported: the same events, and importing again brings nothing."""
    def events(record):
        out = subprocess.run([legation, "events", "--record", record, "--status", "all", "--format", "jsonl"],
                             check=True, capture_output=True, text=True).stdout
        # Facts have no words: of a date its value counts, not the words that say it.
        keep = ["id", "event_type", "status", "reports", "sources", "publishers", "occurrence"]
        found = [json.loads(line) for line in out.splitlines()]
        return [[e[k] for k in keep] + [e["date"] and (e["date"]["value"], e["date"]["precision"])] for e in found]

    for kind, path in [("legation", "facts.parquet"), ("icews", "icews.tab")]:
        record = f"{folder}/{kind}.sqlite"
        subprocess.run([legation, "init", "--record", record], check=True, stderr=subprocess.DEVNULL)
        for _ in range(2):
            subprocess.run([legation, "import", "--record", record, "--from", kind, f"{folder}/{path}"], check=True,
                           stderr=subprocess.DEVNULL)
        subprocess.run([legation, "verify", "--record", record], check=True, stdout=subprocess.DEVNULL)
    assert events(f"{folder}/legation.sqlite") == events(f"{folder}/r.sqlite"), "facts made another record"
    print("facts and ICEWS columns are read again")


def others(folder):
    venv = os.environ.get("LEGATION_VENV") or f"{folder}/venv"
    python = f"{venv}/bin/python"
    try:
        if not os.path.exists(python):
            subprocess.run([sys.executable, "-m", "venv", venv], check=True, capture_output=True, timeout=120)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "duckdb", "polars", "pandas", "pyarrow"], check=True, capture_output=True,
                       timeout=300)
    except (subprocess.SubprocessError, OSError) as error:
        print(f"skipped: DuckDB, Polars and pandas cannot be installed ({type(error).__name__})")
        return
    subprocess.run([python, "-c", OTHERS, folder], check=True)


main()
