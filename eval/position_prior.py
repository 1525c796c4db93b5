#!/usr/bin/env python3
"""What a prior would make of the multi-vector index where the record is too thin for one.

    python3 eval/position_prior.py BINARY [STATE …]

Among Russia, the United States and the EU with its members, the whole time of the record. Rates of cooperation with each power
are drawn from Gamma(n + 1/2, 1), as Poisson counts under Jeffreys' prior have them; the warmth of each tie from
Beta(1/2 + c, 1/2 + h), c and h the weights of cooperation and conflict; the powers' hostility is held fixed, as the index holds
it (docs/multivector.md). Beside the posterior (median, 90 %) stands what the same priors give without a single event.
"""

import json
import math
import random
import subprocess
import sys

POWERS = "RUS,USA,EU"
STATES = ["AZE", "KAZ", "SRB", "IND", "TUR", "BLR", "POL", "ARM", "GEO"]
YARDSTICK = "TUR"  # has cooperation with all three: its shares tell the powers' prominence
DRAWS = 4000


def position(binary, state):
    command = [binary, "position", state, "--among", POWERS, "--with-members", "--format", "json"]
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8").stdout)


def sums(answer, *fields):
    return [sum(year["ties"][i][f] for year in answer["years"] for f in fields) for i in range(len(answer["among"]))]


def prominence(binary):
    """The powers' prominence up to a factor: cooperation by share (the half unit of the formula is small beside it)."""
    answer = position(binary, YARDSTICK)
    weights = [c / s for c, s in zip(sums(answer, "cooperation_score"), answer["index"]["shares"])]
    return [w / sum(weights) for w in weights]


def index(rates, warmths, prominences, relations):
    relative = [rate / p for rate, p in zip(rates, prominences)]
    shares = [r / sum(relative) for r in relative]
    evenness = -sum(s * math.log(s) for s in shares if s > 0) / math.log(len(shares))
    warmth = math.prod(warmths) ** (1 / len(warmths))
    bridged = weight = 0.0
    for pair in relations:
        i, j, square = pair["one"], pair["other"], pair["hostility"] ** 2
        even = 2 * min(shares[i], shares[j]) / (shares[i] + shares[j])
        bridged += square * even * min(warmths[i], warmths[j])
        weight += square
    return (evenness * warmth * bridged / weight) ** (1 / 3)


def told(draws):
    ordered = sorted(draws)
    low, middle, high = (ordered[int(p * (len(ordered) - 1))] for p in (0.05, 0.5, 0.95))
    return f"{middle:.2f} [{low:.2f}, {high:.2f}]"


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    binary, states = sys.argv[1], sys.argv[2:] or STATES
    dice = random.Random(1)
    yardstick = prominence(binary)
    for state in states:
        answer = position(binary, state)
        counts = sums(answer, "verbal_cooperation", "material_cooperation")
        up = [score / 10 for score in sums(answer, "cooperation_score")]
        down = [-score / 10 for score in sums(answer, "conflict_score")]

        def draw(known):
            rates = [dice.gammavariate(0.5 + known * n, 1) for n in counts]
            warmths = [dice.betavariate(0.5 + known * c, 0.5 + known * h) for c, h in zip(up, down)]
            return index(rates, warmths, yardstick, answer["relations"])

        value = answer["index"]["value"]
        own = f"{value['value']:.2f}" if value else "none"
        posterior, prior = ([draw(known) for _ in range(DRAWS)] for known in (1, 0))
        print(f"{state}  cooperation {counts}  index {own}  posterior {told(posterior)}  prior {told(prior)}")


if __name__ == "__main__":
    main()
