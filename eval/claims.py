#!/usr/bin/env python3
"""Checks written claims and compares the verdicts with those of a careful reader.

    python3 eval/claims.py [BINARY] [--record FILE] [--set test|test2|test3|test4|test5|tune|varied|edge|all] [--errors]

Prints how many verdicts are right (the reader's own), how many are allowed (also what an open-world record may say of a true
event that it does not have), and the false `contradicted`, each with a 95 % interval (Wilson 1927), by kind of claim.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from common import add_binary, main, wilson

CLAIMS = Path(__file__).resolve().parent / "claims.tsv"


def rows(path=CLAIMS):
    """The written claims as dictionaries."""
    lines = [line.rstrip("\n") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"))) for line in lines[1:]]


def run(binary, wanted, record=None):
    """The reports on the claims, by identifier."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "claims.jsonl"
        with source.open("w", encoding="utf-8") as file:
            for row in wanted:
                file.write(json.dumps({k: row[k] for k in ("id", "text", "published")} | {"language": "en"}) + "\n")
        command = [binary, "check", str(source), "--format", "json", "--quiet"] + (["--record", str(record)] if record else [])
        result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
        if result.returncode not in (0, 3):
            raise subprocess.CalledProcessError(result.returncode, command, result.stdout, result.stderr)
        return {report["document"]: report for report in map(json.loads, result.stdout.splitlines())}


def verdict(row, report):
    """The verdict on the words of the row, and the claim: the one that covers most of them, of the kind that is meant first."""
    start = row["text"].encode().index(row["claim"].encode())
    end = start + len(row["claim"].encode())
    best, found = 0, None
    for claim in report["claims"]:
        shared = min(end, claim["end"]) - max(start, claim["start"])
        weight = shared + (1000 if claim["kind"] == row["kind"] else 0)
        if shared > 0 and weight > best:
            best, found = weight, claim
    return (found["verdict"], found) if found else ("not found", None)


def measure(binary, record=None, which="test", errors=False):
    """Prints the figures and returns those that have floors."""
    wanted = [row for row in rows() if which in ("all", row["set"])]
    reports = run(binary, wanted, record)
    kinds = defaultdict(lambda: [0, 0, 0])
    right = allowed = wrong_no = all_no = stray = 0
    for row in wanted:
        report = reports.get(row["id"], {"claims": []})
        got, claim = verdict(row, report)
        verdicts = row["verdicts"].split(";")
        right += got == verdicts[0]
        allowed += got in verdicts
        no = got == "contradicted"
        all_no += no
        wrong_no += no and "contradicted" not in verdicts
        stray += sum(c["verdict"] == "contradicted" and c is not claim for c in report["claims"] if "contradicted" not in verdicts)
        tally = kinds[row["kind"]]
        tally[0] += 1
        tally[1] += got == verdicts[0]
        tally[2] += got in verdicts
        if errors and got != verdicts[0]:
            mark = "allowed" if got in verdicts else "WRONG"
            print(f"{mark:8}{row['id']} {row['kind']:11}{got} for {row['verdicts']}: {row['claim']}")
            for reading in claim["readings"] if claim else []:
                print(f"           {reading['query']} => {reading['answer']}")
    total = len(wanted)

    def share(name, count, of):
        low, high = wilson(count, of)
        print(f"{name:32}{count:4} of {of:4}  {count / max(of, 1):.3f}  ({low:.3f} to {high:.3f})")

    share("the reader's own verdict", right, total)
    share("allowed", allowed, total)
    share("contradicted though not false", wrong_no, total)
    print(f"{all_no} contradicted in all; {stray} more of claims beside those that are judged")
    for kind, (count, own, fine) in sorted(kinds.items()):
        print(f"  {kind:12}{own:4} own, {fine:4} allowed of {count}")
    return {"own": right / total, "allowed": allowed / total, "not_falsely_contradicted": 1 - wrong_no / total}


def script():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_binary(parser)
    parser.add_argument("--record", help="the record to ask [default: the one that ships with the program]")
    parser.add_argument("--set", choices=["test", "test2", "test3", "test4", "test5", "tune", "varied", "edge", "all"], default="all")
    parser.add_argument("--errors", action="store_true", help="print each claim that is not judged as the reader does")
    args = parser.parse_args()
    measure(args.binary, args.record, args.set, args.errors)
    return 0


if __name__ == "__main__":
    sys.exit(main(script))
