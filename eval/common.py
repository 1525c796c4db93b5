"""What the measuring scripts share: running the coder, finding the raw material, scores with intervals.

Python 3.11 or later, nothing but its standard library.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
NONE = "–"  # the answer of a sentence without an event


class Absent(Exception):
    """Raw material that is not on this machine: a reason to skip, not a failure."""


def shared(relative):
    """Path of a raw file beside the repository; `Absent` where it is not there."""
    path = SHARED / relative
    if not path.exists():
        raise Absent(f"{relative} is not in ../shared/data (raw material is not part of the repository)")
    return path


def add_binary(parser):
    parser.add_argument(
        "binary", nargs="?", default=str(ROOT / "target" / "release" / "legation"),
        help="the legation program to measure [default: target/release/legation]")


def main(function):
    """Runs a script; missing raw material is said and is no failure, a missing program is one."""
    try:
        sys.exit(function())
    except Absent as reason:
        print(f"skipped: {reason}")
        sys.exit(0)
    except (FileNotFoundError, PermissionError, subprocess.CalledProcessError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)


def code_documents(binary, documents, threads=None):
    """Codes JSONL documents (dicts with id and text); returns {document id: [event, …]} in output order."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "documents.jsonl"
        with source.open("w", encoding="utf-8") as out:
            for document in documents:
                out.write(json.dumps(document, ensure_ascii=False) + "\n")
        output, _ = code_path(binary, source, threads)
    by_document = {}
    for line in output.decode("utf-8").splitlines():
        event = json.loads(line)
        by_document.setdefault(event["document"]["id"], []).append(event)
    return by_document


def code_path(binary, path, threads=None):
    """Raw JSON Lines and the summary that `legation code` gives for a file or folder.

    Exit code 1 (some input unreadable) is passed on as an error: a measurement on part of the input misleads.
    """
    command = [str(Path(binary).resolve()), "code", "--format", "jsonl"]
    if threads:
        command += ["--threads", str(threads)]
    done = subprocess.run(
        command + [str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "NO_COLOR": "1"})
    if done.returncode != 0:
        sys.stderr.write(done.stderr.decode("utf-8", "replace")[-2000:])
        raise subprocess.CalledProcessError(done.returncode, command)
    return done.stdout, done.stderr.decode("utf-8", "replace")


def overlaps(a, b):
    return a[0] < b[1] and b[0] < a[1]


def gap(a, b):
    """Bytes between two spans, 0 where they touch or overlap."""
    return max(0, a[0] - b[1], b[0] - a[1])


def per_class(gold, answers, classes):
    """{class: (precision, recall, F1, gold count, answer count)}."""
    table = {}
    for c in classes:
        right = sum(1 for g, a in zip(gold, answers) if g == a == c)
        n_gold, n_answer = gold.count(c), answers.count(c)
        precision = right / n_answer if n_answer else 0.0
        recall = right / n_gold if n_gold else 0.0
        f1 = 2 * right / (n_gold + n_answer) if right else 0.0
        table[c] = (precision, recall, f1, n_gold, n_answer)
    return table


def macro_f1(gold, answers, classes):
    """Mean F1 over the classes that the gold has; an uncoded sentence is a miss of its class."""
    right, n_gold, n_answer = {}, {}, {}
    for g, a in zip(gold, answers):
        n_gold[g] = n_gold.get(g, 0) + 1
        n_answer[a] = n_answer.get(a, 0) + 1
        if g == a:
            right[g] = right.get(g, 0) + 1
    present = [c for c in classes if c in n_gold]
    return sum(2 * right.get(c, 0) / (n_gold[c] + n_answer.get(c, 0)) for c in present) / max(1, len(present))


def accuracy(gold, answers):
    return sum(g == a for g, a in zip(gold, answers)) / max(1, len(gold))


def interval(gold, answers, measure, rounds=1000, seed=20240819):
    """Bootstrap 95 % interval of a measure: sentences drawn with replacement, fixed seed."""
    pairs = list(zip(gold, answers))
    if not pairs:
        return 0.0, 0.0
    draw = random.Random(seed)
    values = []
    for _ in range(rounds):
        sample = draw.choices(pairs, k=len(pairs))
        values.append(measure([g for g, _ in sample], [a for _, a in sample]))
    values.sort()
    return values[int(0.025 * rounds)], values[int(0.975 * rounds) - 1]
