"""What the measuring scripts share: running the coder, finding the raw material, scores.

Python 3.11 or later, nothing but its standard library.
"""

import json
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"


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


def wilson(right, total):
    """95 % interval of a share (Wilson 1927)."""
    if not total:
        return 0.0, 1.0
    z, p = 1.959964, right / total
    middle, width = p + z * z / (2 * total), z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    return max(0.0, (middle - width) / (1 + z * z / total)), min(1.0, (middle + width) / (1 + z * z / total))


def code_documents(binary, documents, threads=None, options=()):
    """Codes JSONL documents (dicts with id and text); returns {document id: [event, …]} in output order."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "documents.jsonl"
        with source.open("w", encoding="utf-8") as out:
            for document in documents:
                out.write(json.dumps(document, ensure_ascii=False) + "\n")
        output, _ = code_path(binary, source, threads, options)
    by_document = {}
    for line in output.decode("utf-8").splitlines():
        event = json.loads(line)
        by_document.setdefault(event["document"]["id"], []).append(event)
    return by_document


def code_path(binary, path, threads=None, options=()):
    """Raw JSON Lines and the summary that `legation code` gives for a file or folder.

    Exit code 1 (some input unreadable) is passed on as an error: a measurement on part of the input misleads.
    """
    command = [str(Path(binary).resolve()), "code", "--format", "jsonl", *options]
    if threads:
        command += ["--threads", str(threads)]
    done = subprocess.run(
        command + [str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "NO_COLOR": "1"})
    if done.returncode != 0:
        sys.stderr.write(done.stderr.decode("utf-8", "replace")[-2000:])
        raise subprocess.CalledProcessError(done.returncode, command)
    return done.stdout, done.stderr.decode("utf-8", "replace")


def score(binary, gold, *options):
    """The figures {name: value} that `legation eval` gives for a gold file whose texts it codes itself."""
    command = [str(Path(binary).resolve()), "eval", str(gold), "--json", *map(str, options)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        sys.stderr.write(done.stderr.decode("utf-8", "replace")[-2000:])
        raise subprocess.CalledProcessError(done.returncode, command)
    return json.loads(done.stdout)
