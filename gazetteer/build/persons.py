"""Names of persons: surnames, further spellings, and the Factbook's way of writing them."""
import re

from common import read, without_diacritics

PARTICLES = {"de", "da", "do", "dos", "das", "del", "della", "di", "du", "van", "von", "der", "den", "ter", "ten", "la", "le", "bin",
             "ibn", "al", "el", "Al", "El", "ben", "Ben", "Van", "De", "Von", "Di", "Da", "Du", "Le", "La", "zu", "af"}
SUFFIX = re.compile(r",? (Jr\.?|Sr\.?|II|III|IV)$")
FAMILY_FIRST = {"CHN", "KOR", "PRK", "TWN", "KHM", "HKG", "SGP", "MAC"}
BURMESE = {"MMR", "BTN", "LAO"}
# Two surnames, of which the news uses the first: "Rafael Correa Delgado" is Rafael Correa.
TWO_SURNAMES = set("ARG BOL CHL COL CRI CUB DOM ECU ESP GTM HND MEX NIC PAN PER PRY SLV URY VEN GNQ".split())
ARTICLE = re.compile(r"^(?:[Aa]l|[Ee]l|[Aa]s|[Aa]d|[Aa]n|[Aa]r|[Aa]t|[Aa]z|[Aa]sh)[- ]")
MONARCH = re.compile(r"( of [A-Z].*| [IVX]+)$")

TITLES = set("""president vice prime minister premier chancellor king queen emperor emir amir sultan sheikh shaykh prince crown gen gen. general
lt. lt maj. maj col col. colonel brig. brig capt capt. adm. admiral field marshal marshal dr dr. mr mr. mrs ms sr sr. lieutenant
major captain acting interim transitional supreme leader chairman chairperson chair chairwoman the of and council ministers state secretary
head government governor governor-general his her majesty highness excellency sir dame lady first deputy federal republic pope executive
co-prince ayatollah imam hojjat-ol-eslam professor prof. prof eng. duke grand honorable rev. father ret. (ret.) commander
commander-in-chief armed forces sovereign presidency member chief administrator taoiseach confederation swiss provisional revolutionary
national defence defense commission party communist presidium people's assembly supreme soviet parliament speaker chief justice a
military junta committee staff army for to lord sheik interim-president in-chief peace restoration caretaker prime-minister self-proclaimed also""".split())


def fold(name):
    """Letters only, lower case, without diacritics and without the ways to write them (oe for ö)."""
    plain = re.sub(r"[^a-z]", "", without_diacritics(name).lower())
    return plain.replace("oe", "o").replace("ae", "a").replace("ue", "u")


def surname(name, state):
    """The part of a name the news uses alone, or an empty string."""
    name = SUFFIX.sub("", name.strip())
    tokens = name.split()
    if len(tokens) < 2 or state in BURMESE or MONARCH.search(name):
        return "" if len(tokens) > 1 or state in BURMESE else name
    if state in FAMILY_FIRST and len(tokens) in (2, 3) and re.match(r"^[A-Z][a-z]+$", tokens[0]) and len(tokens[0]) <= 6:
        return tokens[0]
    start = len(tokens) - 1
    while start > 1 and tokens[start - 1] in PARTICLES:
        start -= 1
    return " ".join(tokens[start:])


def given_names():
    """The given names of the table, without diacritics."""
    if not GIVEN:
        GIVEN.update(without_diacritics(row["name"]) for row in read("given_names.tsv"))
    return GIVEN


GIVEN = set()


def first_surname(name, state):
    """The first of two surnames, or an empty string where it is not clear that there are two."""
    tokens = SUFFIX.sub("", name.strip()).split()
    if state not in TWO_SURNAMES or len(tokens) not in (3, 4) or any(t in PARTICLES or "." in t or t == "y" for t in tokens):
        return ""
    return "" if without_diacritics(tokens[-2]) in given_names() or len(tokens) == 4 and without_diacritics(tokens[1]) not in given_names() else tokens[-2]


def surname_variants(name, state):
    """The surname, and without an Arabic article; of two surnames both."""
    own = surname(name, state)
    found = [own] if own else []
    if first_surname(name, state):
        found.append(first_surname(name, state))
    if ARTICLE.match(own):
        bare = ARTICLE.sub("", own)
        found += [bare, "al-" + bare]
    return list(dict.fromkeys(found))


def full_variants(name, state):
    """Other ways to write the full name: without suffix, initials and middle names, East Asian names without hyphen."""
    found = []
    plain = SUFFIX.sub("", name)
    found.append(plain)
    tokens = plain.split()
    without = " ".join(t for i, t in enumerate(tokens) if i == 0 or not re.match(r"^[A-Z]\.$", t))
    found.append(without)
    last = surname(name, state)
    if state not in FAMILY_FIRST and last and len(tokens) >= 3 and " of " not in name and not re.match(r"^[A-Z]\.", tokens[0]):
        found.append(f"{tokens[0]} {last}")
    if first_surname(name, state):
        first = first_surname(name, state)
        found += [f"{tokens[0]} {first}", " ".join(tokens[:-1])]
    if state in FAMILY_FIRST and "-" in plain:
        head, _, tail = plain.rpartition("-")
        found.append(f"{head} {tail.capitalize()}")
    if " el-" in plain or " al-" in plain or " El-" in plain or " Al-" in plain:
        for article in ("al-", "el-", "Al-", "El-"):
            found.append(re.sub(r" [AaEe]l-", f" {article}", plain))
    return [f for f in dict.fromkeys(found) if f != name and len(f.split()) > 1]


def from_factbook(text):
    """The name at the end of `text` (what stands before "(since"): (full name, surname), or None where it is not clear."""
    text = re.split(r"[;:|]", text)[-1].replace('"', "").replace(",", " ")
    tokens = text.split()
    start = len(tokens)
    while start > 0:
        token = tokens[start - 1]
        if token.lower().strip("()") in TITLES or token.startswith("(") or not re.match(r"^[A-Za-z'`.\-]+$", token):
            break
        if token.islower() and token not in PARTICLES:
            break
        start -= 1
    name = tokens[start:]
    caps = [t for t in name if len(re.sub(r"[^A-Za-z]", "", t)) > 1 and re.sub(r"[a-z]+-", "", t).isupper()]
    broken = any(len(t) == 1 for t in name) or any(t[0].islower() and t not in PARTICLES and "-" not in t for t in name)
    if not caps or not 1 <= len(name) <= 7:
        return None
    full = " ".join(titled(t) if t in caps else t for t in name)
    return full, " ".join(titled(t) for t in caps), broken


def titled(token):
    """A name in capitals as it is usually written."""
    if re.fullmatch(r"[IVX]+", token):
        return token
    parts = re.split(r"([-'`])", token)
    out = [p.capitalize() if p.isupper() else p for p in parts]
    word = "".join(out)
    return re.sub(r"^(Mc)([a-z])", lambda m: m[1] + m[2].upper(), word)
