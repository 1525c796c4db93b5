"""references.tsv: nouns that come back to what was named; given_names.tsv: given names borne by one sex only.

Given names: ministers of the national cabinets (Wikidata, CC0) with their sex, and the lists of given names of the 1990
census of the United States (public domain), as the package names 0.3.0 ships them (LEGATION_CENSUS: its folder).
"""
import csv
import glob
import os
from collections import Counter, defaultdict

from common import rows, shared, without_diacritics, write

# States whose names are written with the family name first.
FAMILY_FIRST = ("china", "korea", "taiwan", "hong-kong", "vietnam", "cambodia", "hungary", "japan")
# Share of the bearers that must be of one sex.
PURE = 0.98
# Given names of women in one language, of men in another.
BOTH = {"Andrea", "Nicola", "Jan", "Jean", "Kim", "Simone", "Sasha", "Sasa", "Michele", "Gabriele", "Daniele", "Dominique", "Joan",
        "Carmel", "Laurence", "Rene", "Robin", "Jo", "Noor", "Nur", "Ming", "Min", "Young", "An", "Van", "Thanh"}


def ministers():
    seen, counts = set(), defaultdict(Counter)
    for path in sorted(glob.glob(os.path.join(shared(), "reference", "leaders", "cabinets", "*.csv"))):
        if os.path.basename(path).startswith(FAMILY_FIRST):
            continue
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                sex, words = row.get("gender"), row["person"].split()
                if sex in ("male", "female") and row["personID"] not in seen and len(words) > 1:
                    seen.add(row["personID"])
                    counts[words[0]][sex] += 1
    return counts


def census():
    folder = os.environ["LEGATION_CENSUS"]
    counts = defaultdict(Counter)
    for sex in ("male", "female"):
        with open(os.path.join(folder, f"dist.{sex}.first"), encoding="utf-8") as file:
            for line in file:
                name, share = line.split()[:2]
                # In thousandths of a percent; the sexes are about equally many.
                counts[name.title()][sex] += round(float(share) * 1000)
    return counts


def given_names():
    borne, counted = ministers(), census()
    for name in sorted(set(borne) | set(counted)):
        if not name.isalpha() or len(name) < 3 or without_diacritics(name) in BOTH:
            continue
        verdicts = set()
        enough = False
        for counts, least in ((borne.get(name), 2), (counted.get(name), 4)):
            if counts:
                sex, most = counts.most_common(1)[0]
                total = sum(counts.values())
                verdicts.add(sex if most >= PURE * total else "both")
                enough |= total >= least
        if enough and len(verdicts) == 1 and verdicts != {"both"}:
            sex = verdicts.pop()[0]
            yield name, sex
            if without_diacritics(name) != name and without_diacritics(name) not in borne and without_diacritics(name) not in counted:
                yield without_diacritics(name), sex


def build():
    write("references.tsv",
          ["Nouns by which a text comes back to what it has named, what they may stand for (state, league: an organisation of states,",
           "body: an organisation or group, pair: one of two sides), and gender where the noun tells it.",
           "Source: written by hand from general knowledge (gazetteer/source/references.txt), facts, CC0"],
          ["noun", "stands_for", "gender"], [row[:3] for row in rows("references.txt")])
    write("given_names.tsv",
          ["Given names that are borne by one sex only (98 of 100 bearers or more); they decide between he and she, nothing else.",
           "Sources: ministers of the national cabinets of every-politician-scrapers (an extract of Wikidata, CC0, to 2022-2023), two",
           "bearers or more; lists of given names of the 1990 census of the United States (public domain), as in names 0.3.0"],
          ["name", "gender"], sorted(set(given_names())))
