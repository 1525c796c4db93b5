#!/usr/bin/env python3
"""Speed from raw text to events, memory and start-up time.

    python3 eval/speed.py [BINARY] [--sentences 20000] [--json FILE]

Runs the current-events corpus on one and on two threads and compares their output byte by byte. The figures are of
the machine as it is: run it when nothing else runs.
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import tempfile
import time
from pathlib import Path

import corpus
from common import add_binary, main

SENTENCE_END = re.compile(r"[.!?][\"”]?(?:\s|$)")


def measure(command):
    """Seconds, peak memory in MB and the output's hash of one run; the memory is the child's own (wait4)."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=output, stderr=errors, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            raise subprocess.CalledProcessError(child.returncode, command)
        output.seek(0)
        errors.seek(0)
        digest = hashlib.file_digest(output, "sha256").hexdigest()
        return {"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "megabytes": usage.ru_maxrss / 1024,
                "hash": digest, "summary": errors.read().decode("utf-8", "replace")}


def script():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_binary(parser)
    parser.add_argument("--sentences", type=int, default=20_000, help="stop after about so many [default: 20000]")
    parser.add_argument("--json", help="write the figures to this file")
    args = parser.parse_args()
    program = [str(Path(args.binary).resolve()), "code", "--format", "jsonl"]
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        source, empty = Path(folder) / "corpus.jsonl", Path(folder) / "empty.jsonl"
        about = 0
        with source.open("w", encoding="utf-8") as out:
            for document in corpus.documents():
                out.write(json.dumps(document, ensure_ascii=False) + "\n")
                about += max(1, len(SENTENCE_END.findall(document["text"])))
                if about >= args.sentences:
                    break
        empty.write_text('{"id": "empty", "text": ""}\n', encoding="utf-8")
        runs = {}
        for threads in (1, 2):
            runs[threads] = run = measure(program + ["--threads", str(threads), str(source)])
            counted = re.search(r"([\d,]+) sentences?", run["summary"])
            sentences = int(counted.group(1).replace(",", "")) if counted else about
            figures[f"threads{threads}.sentences_per_second"] = sentences / run["seconds"]
            figures[f"threads{threads}.megabytes"] = run["megabytes"]
            print(f"{threads} thread{'s' if threads > 1 else ' '}: {sentences} sentences in {run['seconds']:.1f} s "
                  f"({run['cpu']:.1f} s of CPU): {sentences / run['seconds']:.0f} sentences/s, "
                  f"{sentences / run['cpu']:.0f} per CPU second, peak {run['megabytes']:.0f} MB")
        starts = sorted(measure(program + ["--threads", "1", str(empty)])["seconds"] for _ in range(7))
        figures["startup_seconds"] = starts[len(starts) // 2]
        figures["same_output"] = runs[1]["hash"] == runs[2]["hash"]
        print(f"start-up (a document without text, median of {len(starts)}): {figures['startup_seconds']:.3f} s")
        print(f"output on one and on two threads: {'identical' if figures['same_output'] else 'DIFFERENT'}")
        print(f"load average over the last minute: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if args.json:
        Path(args.json).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0 if figures["same_output"] else 1


if __name__ == "__main__":
    main(script)
