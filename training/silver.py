"""Silver entity labels: a peer's named entities over news sentences, for the entity head only (see the model card)."""

import argparse
import glob
import json
import random
import re

import spacy

KIND = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


def lines(folder):
    """News sentences of the current-events files, the press source in brackets removed."""
    for path in sorted(glob.glob(folder + "/**/*.yaml", recursive=True)):
        raw = open(path, encoding="utf8").read()
        if len(raw) > 30000:
            continue
        for item in re.split(r"\n\s*- ", re.sub(r"\n {4,}(?=\S)", " ", raw)):
            item = re.sub(r"\s*\([^()]*\)\s*$", "", item.strip())
            if 60 < len(item) < 500 and item.endswith("."):
                yield item


a = argparse.ArgumentParser()
a.add_argument("--current-events", required=True)
a.add_argument("--spacy", required=True, help="folder of en_core_web_md")
a.add_argument("--out", required=True)
a.add_argument("--count", type=int, default=20000)
a = a.parse_args()
random.seed(1)
texts = list(lines(a.current_events))
random.shuffle(texts)
nlp = spacy.load(a.spacy, disable=["tagger", "parser", "lemmatizer", "attribute_ruler"])
with open(a.out, "w", encoding="utf8") as out:
    for doc in nlp.pipe(texts[: a.count], batch_size=128):
        tags = ["O"] * len(doc)
        for e in doc.ents:
            if e.label_ not in KIND:
                continue
            start = e.start + (doc[e.start].lower_ == "the")
            end = e.end - (doc[e.end - 1].lower_ in ("'s", "’s"))
            for k in range(start, end):
                tags[k] = ("B-" if k == start else "I-") + KIND[e.label_]
        keep = [k for k in range(len(doc)) if not doc[k].is_space]
        print(json.dumps([[doc[k].text for k in keep], [tags[k] for k in keep]]), file=out)
