"""Further spellings of a name by the usual ways to bring it into Latin letters (source/spellings.txt)."""
from itertools import islice, product

from common import names, rows, without_diacritics

MOST = 11


def load():
    """The spellings of given names, the endings of surnames and the letters, each with the states they hold for."""
    groups, given, endings, letters = {}, [], [], []
    for kind, states, cell in rows("spellings.txt"):
        if kind == "group":
            groups[states] = set(names(cell))
            continue
        where = None if states == "*" else groups.get(states) or {states}
        if kind == "given":
            given.append((where, names(cell)))
        elif kind == "ending":
            endings.append((where, [n.lstrip("-") for n in names(cell)]))
        else:
            letters.append((where, [n.split("=") for n in names(cell)]))
    return given, endings, letters


GIVEN, ENDINGS, LETTERS = load()


def of_token(token, state):
    """A token and its other spellings."""
    found = [token]
    for where, spellings in GIVEN:
        if (where is None or state in where) and token in spellings:
            found += spellings
    for where, endings in ENDINGS:
        if where is None or state in where:
            own = [e for e in endings if token.endswith(e) and len(token) > len(e) + 1]
            if own:
                stem = token[:-len(max(own, key=len))]
                found += [stem + e for e in endings]
    return list(dict.fromkeys(found))


def spellings(name, state):
    """Up to `MOST` other spellings of a name, those with the fewest changes first."""
    tokens = name.split()
    choices = [of_token(t, state) for t in tokens]
    found = sorted(islice(product(*choices), 200), key=lambda c: sum(a != b for a, b in zip(c, tokens)))
    out = [" ".join(c) for c in found]
    for where, pairs in LETTERS:
        if where is None or state in where:
            written = name
            for old, new in pairs:
                written = written.replace(old, new)
            out.insert(1, without_diacritics(written))
    plain = without_diacritics(name)
    return [o for o in dict.fromkeys(out) if without_diacritics(o) != plain][:MOST]
