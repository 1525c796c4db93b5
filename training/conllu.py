"""Reading treebanks: words with UPOS, features, head, relation; entity labels from GUM and UNER."""

import re


def sentences(path):
    """Yields lists of CoNLL-U rows (words only)."""
    rows = []
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if not line:
            if rows:
                yield rows
            rows = []
        elif line[0] != "#":
            c = line.split("\t")
            if c[0].isdigit():
                rows.append(c)
    if rows:
        yield rows


KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}
TITLES = set("mr. mrs. ms. dr. president minister prime king queen sir lord sen. gen. professor prof. "
             "chancellor secretary vice governor pope senator general".split())


def gum_entities(rows):
    """BIO labels of the named entities of a GUM sentence: mentions whose head is a proper noun, cut to its name."""
    tags, stack = ["O"] * len(rows), []
    mentions = []
    for i, c in enumerate(rows):
        m = re.search(r"(?:^|\|)Entity=([^|]*)", c[9])
        if not m:
            continue
        for opening, body, closing in re.findall(r"(\()?([^()]+)(\))?", m.group(1)):
            if opening:
                stack.append((body, i))
            if closing:
                group = body.split("-")[0] if not opening else body
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k][0] == body or stack[k][0].split("-")[0] == group.split("-")[0]:
                        b, start = stack.pop(k)
                        mentions.append((start, i, b))
                        break
    for start, end, body in sorted(mentions, key=lambda m: (m[0] - m[1])):
        f = body.split("-")
        if len(f) < 6 or f[1] not in KINDS:
            continue
        head = start + int(re.match(r"\d+", f[5]).group()) - 1 if re.match(r"\d+", f[5]) else end
        if head > end or rows[head][3] != "PROPN":
            continue
        ok = lambda k: rows[k][3] == "PROPN" or rows[k][1] == "-" or (
            rows[k][1].lower() in ("of", "the", "and", "for") and start < k < end and f[1] != "person"
            and rows[k + 1][3] in ("PROPN", "DET") and rows[k - 1][3] == "PROPN") or (
            rows[k][3] in ("ADJ", "NOUN", "NUM") and rows[k][1][:1].isupper() and f[1] != "person")
        a = head
        while a > start and ok(a - 1):
            a -= 1
        z = head
        while z < end and ok(z + 1):
            z += 1
        while a < head and (rows[a][1] == "-" or f[1] == "person" and rows[a][1].lower() in TITLES):
            a += 1
        while z > head and rows[z][1].lower() in ("-", "of", "the", "and", "for"):
            z -= 1
        if any(t != "O" for t in tags[a : z + 1]):
            continue
        for k in range(a, z + 1):
            tags[k] = ("B-" if k == a else "I-") + KINDS[f[1]]
    return tags


def iob2(path):
    """Yields (words, tags) of an IOB2 file whose second column is the tag; other columns are ignored."""
    words, tags = [], []
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if not line:
            if words:
                yield words, tags
            words, tags = [], []
        elif line[0] != "#" or line[1:2] == "\t":
            c = line.split("\t")
            words.append(c[1])
            tags.append(c[2] if c[2].split("-")[-1] in ("PER", "ORG", "LOC") else "O")
    if words:
        yield words, tags
