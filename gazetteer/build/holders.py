"""Whole chains of holders (source/holders.txt), and persons that the sources spell in two ways made one."""
import re
from difflib import SequenceMatcher
from functools import lru_cache

from common import rows, without_diacritics
from persons import FAMILY_FIRST

OFFICES = {"hos": "head-of-state", "hog": "head-of-government", "leader": "leader", "fm": "foreign-minister", "dm": "defence-minister",
           "im": "interior-minister", "fin": "finance-minister", "vp": "vice-president", "nsa": "security-adviser",
           "chief": "chief-of-defence", "head": "head-of-state", "minister": "minister", "other": "other", "speaker": "speaker",
           "ambassador": "ambassador"}
# One person at a time holds these, whatever the title; of the others, one for each title.
SINGLE = {"head-of-state", "head-of-government", "foreign-minister", "defence-minister"}
SEEN = {True: "2025-12-31", False: "2025-06-30"}
DATE = r"\d{4}(?:-\d\d){0,2}"


def chains():
    """The chains as (state, office, title, [(person, from, to)], seen)."""
    for fields in rows("holders.txt"):
        state, short, title, cell = fields[:4]
        office = OFFICES[short]
        links = []
        for part in cell.split(";"):
            person, start, end = re.fullmatch(rf"(.+?) ({DATE})(?: ({DATE}))?", part.strip()).groups()
            links.append([person, start, end or ""])
        for one, two in zip(links, links[1:]):
            one[2] = one[2] or two[1]
            shared = min(len(one[2]), len(two[1]))
            assert one[1] < two[1] and one[2][:shared] <= two[1][:shared], (state, office, one, two)
        seen = fields[4] if len(fields) > 4 else SEEN[short in ("hos", "hog", "leader")]
        yield state, office, title, links, seen


def only(book):
    """Within the time of a chain nobody else holds its office: takes out what other sources add there."""
    dropped = []
    for state, office, title, links, seen in chains():
        if office not in SINGLE:
            continue
        first, last = links[0][1], links[-1][2] or seen
        own = {person for person, _, _ in links}
        for person in book.persons.values():
            kept = []
            for term in person["terms"]:
                other = (term["state"], term["office"]) == (state, office) and term["source"] != "hand" and "PRE" not in term["sectors"]
                if other and first <= term["from"] <= last:
                    if person["name"] not in own:
                        dropped.append((state, office, person["name"], term["from"], term["source"]))
                    continue
                if other and term["from"] < first and person["name"] != links[0][0] and (term["to"] or term["seen"]) > first:
                    term["to"], term["known"], term["seen"] = first, "no", ""
                kept.append(term)
            person["terms"] = kept
    # A second appointment inside a hand-written term is the same term.
    for person in book.persons.values():
        own = [t for t in person["terms"] if t["source"] == "hand"]
        person["terms"] = [t for t in person["terms"] if t["source"] == "hand" or not any(
            (h["state"], h["office"]) == (t["state"], t["office"]) and h["from"] <= t["from"] < (h["to"] or h["seen"])
            and t["office"] in SINGLE and "PRE" not in t["sectors"] for h in own)]
    for row in sorted(dropped):
        print("holders: left out", *row)


def sound(token):
    """A token as it sounds, however it was brought into Latin letters."""
    text = re.sub(r"[^a-z]", "", without_diacritics(token).lower())
    for old, new in (("dzh", "j"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("sch", "sh"), ("ph", "f"), ("ou", "u"), ("ks", "x"), ("w", "v"),
                     ("q", "k"), ("ck", "k"), ("c", "k"), ("yy", "i"), ("iy", "i"), ("y", "i"), ("j", "i"), ("ee", "i"), ("oo", "u")):
        text = text.replace(old, new)
    return re.sub(r"(.)\1", r"\1", re.sub(r"^ie", "e", text))


@lru_cache(maxsize=None)
def tokens(name):
    """The tokens of a name that say who it is."""
    found = [sound(t) for t in re.split(r"[\s\-]+", re.sub(r" of .*", "", name))]
    return [t for t in found if len(t) > 2 and t not in ("bin", "ibn", "aal", "van", "von", "der", "king", "sheikh", "mohamed", "muhamad")]


@lru_cache(maxsize=None)
def alike(one, two, least):
    """How many tokens of the shorter name have a like one in the longer, how many it has, and whether its first stands at
    an end of the longer."""
    short, long = sorted((tokens(one), tokens(two)), key=len)
    if not short:
        return 0, 0, False
    hits = sum(any(close(a, b, least) for b in long) for a in short)
    return hits, len(short), close(short[0], long[0], 0.75) or close(short[0], long[-1], 0.75)


def close(one, two, least):
    """Whether two tokens are spellings of one; short ones have to be almost the same."""
    return SequenceMatcher(None, one, two).ratio() >= (least if min(len(one), len(two)) > 5 else max(least, 0.8))


def days(date):
    """A date as a number of days, roughly."""
    parts = [int(p) for p in date.split("-")] + [7, 15]
    return parts[0] * 365 + parts[1] * 30 + parts[2]


def same(one, two):
    """Whether two persons of one state are one: the same seat from about the same day and a like name, or seats at
    overlapping times and every token of the shorter name in the longer."""
    if one["item"] and two["item"] and one["item"] != two["item"]:
        return False
    if all(any(t["source"] == "hand" for t in p["terms"]) for p in (one, two)):
        return False
    for a in one["terms"]:
        for b in two["terms"]:
            if a["state"] != b["state"] or ("PRE" in a["sectors"]) != ("PRE" in b["sectors"]):
                continue
            apart = abs(days(a["from"]) - days(b["from"]))
            near = a["office"] == b["office"] not in ("minister", "other", "ambassador") and apart <= (31 if min(len(a["from"]), len(b["from"])) > 4 else 200)
            names = [(x, y) for x in [one["name"], *one["aliases"]] for y in [two["name"], *two["aliases"]]]
            for x, y in names:
                hits, count, outer = alike(x, y, 0.75 if near else 0.86)
                first = x[:1] == y[:1] and a["state"] not in FAMILY_FIRST
                if count == 1 and not re.search(r" of |,| [IVX]+$", x + "|" + y) and not (first and len(min(x, y, key=len)) > 6):
                    continue
                if count and ((near and hits and (first or hits == count)) or (count >= 2 and (outer or a["office"] == b["office"]) and hits == count and apart < 3000)):
                    return True
    return False


def merge(book):
    """Makes one person of two spellings, the hand-written name first; prints what was made one."""
    rank = {"hand": 0, "wlc": 1, "wikidata": 2, "factbook": 3, "REIGN": 4}
    gone = {}
    for state in sorted(book.by_state):
        keys = [k for k in book.by_state[state] if k in book.persons and book.persons[k]["terms"]]
        # Wikidata tells its persons apart itself, so one of two has to come from elsewhere.
        foreign = [k for k in keys if not book.persons[k]["item"]]
        for key in foreign:
            for other in keys:
                one, two = gone.get(key, key), gone.get(other, other)
                if one == two or not same(book.persons[one], book.persons[two]):
                    continue
                first, second = sorted((one, two), key=lambda k: (
                    min(rank[t["source"]] for t in book.persons[k]["terms"]), not book.persons[k]["item"], book.persons[k]["name"]))
                join(book, first, second, state)
                for k, v in list(gone.items()):
                    gone[k] = first if v == second else v
                gone[second] = first


def join(book, first, second, state):
    """Adds the second person's names and terms to the first and takes the second out."""
    one, two = book.persons[first], book.persons.pop(second)
    print("holders: one person:", state, one["name"], "=", two["name"])
    for name in [two["name"], *two["aliases"], *book.aliases[two["name"]]]:
        if name != one["name"] and name not in one["aliases"]:
            one["aliases"].append(name)
    one["item"] = one["item"] or two["item"]
    for other, keys in book.by_state.items():
        book.by_state[other] = list(dict.fromkeys(first if k == second else k for k in keys))
    for term in two["terms"]:
        double = [t for t in one["terms"] if t["state"] == term["state"] and t["office"] == term["office"]
                  and abs(days(t["from"]) - days(term["from"])) <= 62]
        if not double:
            one["terms"].append(term)
            continue
        for kept in double:
            if not kept["to"] and kept["source"] != "hand" and term["to"]:
                kept["to"], kept["known"], kept["seen"] = term["to"], term["known"], ""
            elif not kept["to"] and not term["to"]:
                kept["seen"] = max(kept["seen"], term["seen"])
