#!/usr/bin/env python3
"""Fits the confidence to judged events and measures how well it is calibrated.

    python3 eval/confidence.py [BINARY] [--write]

Codes the items of eval/judged.tsv with BINARY, takes over each verdict as far as it still says something about what is
coded now, and fits a logistic regression with a ridge penalty to the features that `--explain` shows. All figures are
of cross-validation by item, so that no event helps to estimate itself or its neighbours. With --write the weights go
to codebook/confidence.tsv (rebuild afterwards) and the report to eval/confidence.md.
"""

import argparse
import collections
import math
import random
from pathlib import Path

import corpus
from common import ROOT, add_binary, code_documents, main, wilson

JUDGED = Path(__file__).resolve().parent / "judged.tsv"
WEIGHTS = ROOT / "codebook" / "confidence.tsv"
REPORT = Path(__file__).resolve().parent / "confidence.md"
RIDGES = (1, 3, 10, 30, 100)
FOLDS, SEED = 10, 7


def judged():
    with JUDGED.open(encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def label(row, event):
    """1 right, 0 wrong, None where the verdict says nothing about the event as it is coded now."""
    people = tuple("; ".join(p["code"] or "?" for p in event[side]) for side in ("actors", "recipients"))
    same = (row["type"], row["status"], row["actors"], row["recipients"]) == (event["event_type"], event["status"], *people)
    if row["verdict"] == "right":
        # What was right and is coded otherwise now is wrong, unless only a code was added that the text does not give.
        return 1 if same else 0
    if row["verdict"] == "no event":
        return 0
    if row["verdict"] == "wrong type":
        return 0 if row["type"] == event["event_type"] else None
    return 0 if same else None


def rows(binary):
    """(item, features, label, confidence now) of every judged event that is still coded."""
    verdicts = judged()
    wanted = {row["item"] for row in verdicts}
    documents = [d for d in corpus.documents() if d["id"] in wanted]
    coded = code_documents(binary, documents, options=["--explain"])
    out, lost = [], collections.Counter()
    for row in verdicts:
        start, end = map(int, row["span"].split(":"))
        near = [e for e in coded.get(row["item"], [])
                if e["evidence"]["trigger"]["start"] < end and start < e["evidence"]["trigger"]["end"]]
        near.sort(key=lambda e: (e["event_type"] != row["type"], e["evidence"]["trigger"]["start"]))
        if not near:
            lost["no longer coded"] += 1
            continue
        verdict = label(row, near[0])
        if verdict is None:
            lost["coded otherwise now; the verdict does not say whether rightly"] += 1
            continue
        out.append((row["item"], near[0]["explanation"]["features"], verdict, near[0]["confidence"]))
    return out, len(verdicts), lost


def sigmoid(x):
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, x))))


def solve(a, b):
    """Gauss elimination with pivots."""
    n = len(b)
    a = [list(row) + [b[i]] for i, row in enumerate(a)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(a[r][i]))
        a[i], a[p] = a[p], a[i]
        for r in range(i + 1, n):
            f = a[r][i] / a[i][i]
            for c in range(i, n + 1):
                a[r][c] -= f * a[i][c]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (a[i][n] - sum(a[i][c] * x[c] for c in range(i + 1, n))) / a[i][i]
    return x


def fit(data, names, ridge):
    """Bias and weights of the features as they are; the penalty is on weights of standardised features."""
    means = [sum(x[n] for x, _ in data) / len(data) for n in names]
    scales = [math.sqrt(sum((x[n] - m) ** 2 for x, _ in data) / len(data)) or 1.0 for n, m in zip(names, means)]
    table = [[1.0] + [(x[n] - m) / s for n, m, s in zip(names, means, scales)] for x, _ in data]
    w = [0.0] * (len(names) + 1)
    for _ in range(30):  # Newton's method
        p = [sigmoid(sum(a * b for a, b in zip(w, row))) for row in table]
        gradient = [sum(row[j] * (y - q) for row, (_, y), q in zip(table, data, p)) - (ridge * w[j] if j else 0)
                    for j in range(len(w))]
        hessian = [[0.0] * len(w) for _ in w]
        for j in range(len(w)):
            weighted = [row[j] * q * (1 - q) for row, q in zip(table, p)]
            for k in range(j + 1):
                value = sum(a * row[k] for a, row in zip(weighted, table))
                hessian[j][k] = hessian[k][j] = value + (ridge if j == k and j else 1e-9)
        step = solve(hessian, gradient)
        w = [a + b for a, b in zip(w, step)]
        if max(abs(s) for s in step) < 1e-7:
            break
    weights = {n: w[i + 1] / s for i, (n, s) in enumerate(zip(names, scales))}
    return w[0] - sum(weights[n] * m for n, m in zip(names, means)), weights


def estimate(bias, weights, x):
    return sigmoid(bias + sum(w * x[n] for n, w in weights.items()))


def crossed(data, names, ridge):
    """Estimates for every row by a model that has not seen its item."""
    items = sorted({item for item, *_ in data})
    random.Random(SEED).shuffle(items)
    fold = {item: i % FOLDS for i, item in enumerate(items)}
    out = [0.0] * len(data)
    for k in range(FOLDS):
        train = [(x, y) for item, x, y, _ in data if fold[item] != k]
        bias, weights = fit(train, names, ridge)
        for i, (item, x, *_) in enumerate(data):
            if fold[item] == k:
                out[i] = estimate(bias, weights, x)
    return out


def brier(estimates, labels):
    return sum((p - y) ** 2 for p, y in zip(estimates, labels)) / len(labels)


def log_loss(estimates, labels):
    return -sum(math.log(max(1e-9, p if y else 1 - p)) for p, y in zip(estimates, labels)) / len(labels)


def auc(estimates, labels):
    """Share of pairs (right, wrong) in which the right one has the higher estimate."""
    right = [p for p, y in zip(estimates, labels) if y]
    wrong = [p for p, y in zip(estimates, labels) if not y]
    return sum((a > b) + (a == b) / 2 for a in right for b in wrong) / max(1, len(right) * len(wrong))


def curve(estimates, labels, bins=5):
    """Bins of equal size: (mean estimate, right, all)."""
    order = sorted(range(len(labels)), key=lambda i: (estimates[i], i))
    for b in range(bins):
        part = order[b * len(order) // bins:(b + 1) * len(order) // bins]
        yield sum(estimates[i] for i in part) / len(part), sum(labels[i] for i in part), len(part)


def report(data, total, lost, estimates, ridge, bias, weights):
    labels = [y for *_, y, _ in data]
    base = [sum(labels) / len(labels)] * len(labels)
    out = ["# Confidence", "",
           "What an event's `confidence` is worth: the estimated probability that type, actors, recipients and status are",
           "all right, by the verdicts in `judged.tsv`. Made by `python3 eval/confidence.py --write`; run it again when verdicts are",
           "added or the coder changes.", "",
           f"**It stands on {len(data)} judged events** ({sum(labels)} right) of {len({d[0] for d in data})} current-events items. Of",
           f"{total} verdicts, " + "; ".join(f"{n} are lost ({why})" for why, n in sorted(lost.items())) + ". One reader judged each; two",
           "of one sheet agreed with kappa .87 (reading.md). What was judged right and is coded otherwise now counts as wrong. The items shaped what was",
           "mended since, so the present coder is better on them than on unseen text: the curve may be too high as a whole,",
           "the order of events by confidence less so.", "",
           f"Logistic regression over {len(weights)} features (`crates/coder/src/confidence.rs`), ridge penalty {ridge} on standardised weights, chosen",
           f"by log loss; all figures by {FOLDS}-fold cross-validation over items.", "",
           "| | Brier score | log loss | AUC |", "|---|---|---|---|",
           f"| share of right events for all | {brier(base, labels):.3f} | {log_loss(base, labels):.3f} | .500 |",
           f"| confidence | {brier(estimates, labels):.3f} | {log_loss(estimates, labels):.3f} | {auc(estimates, labels):.3f} |", "",
           "## Reliability", "", "Fifths of the events by confidence; in brackets the 95 % Wilson interval.", "",
           "| mean confidence | right | share right | |", "|---|---|---|---|"]
    for mean, k, n in curve(estimates, labels):
        low, high = wilson(k, n)
        bar = "".join("●" if round(k / n * 20) == i else "|" if round(mean * 20) == i else "·" for i in range(21))
        out.append(f"| {mean:.2f} | {k}/{n} | {k / n:.2f} [{low:.2f}, {high:.2f}] | `{bar}` |")
    out += ["", "In the last column `●` is the share right, `|` the mean confidence (left 0, right 1; where only `●` stands, they fall together).", "",
            "## What `--min-confidence` does", "",
            "| keeps | at least | right | precision |", "|---|---|---|---|"]
    order = sorted(zip(estimates, labels), reverse=True)
    for share in (1, .75, .5, .25, .1):
        part = order[:max(1, round(share * len(order)))]
        k = sum(y for _, y in part)
        low, high = wilson(k, len(part))
        out.append(f"| {share:.0%} | {part[-1][0]:.2f} | {k}/{len(part)} | {k / len(part):.2f} [{low:.2f}, {high:.2f}] |")
    out += ["", "## Weights", "", "| feature | weight |", "|---|---|", f"| bias | {bias:.3f} |"]
    out += [f"| {name} | {w:.3f} |" for name, w in weights.items()]
    return "\n".join(out) + "\n"


def script():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_binary(parser)
    parser.add_argument("--write", action="store_true", help="write codebook/confidence.tsv and eval/confidence.md")
    args = parser.parse_args()
    data, total, lost = rows(args.binary)
    names = list(data[0][1])
    labels = [y for *_, y, _ in data]
    tried = {ridge: crossed(data, names, ridge) for ridge in RIDGES}
    ridge = min(RIDGES, key=lambda r: log_loss(tried[r], labels))
    bias, weights = fit([(x, y) for _, x, y, _ in data], names, ridge)
    text = report(data, total, lost, tried[ridge], ridge, bias, weights)
    print(text)
    now = [c for *_, c in data]
    print(f"the confidence that {args.binary} gives now, on the same events (seen in fitting, if it was fitted): "
          f"Brier {brier(now, labels):.3f}, AUC {auc(now, labels):.3f}")
    if args.write:
        REPORT.write_text(text, encoding="utf-8")
        table = [f"# Weights of the confidence (docs/codebook-format.md), fitted to {len(data)} judged events by eval/confidence.py.",
                 "feature\tweight", f"bias\t{bias:.4f}"]
        WEIGHTS.write_text("\n".join(table + [f"{n}\t{w:.4f}" for n, w in weights.items()]) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    main(script)
