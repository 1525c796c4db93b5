"""places.index: every place of 500 people or more, the first-level regions and the countries, from GeoNames.

Read where they lie in the file (crates/gazetteer/src/places.rs); the layout stands there and in the README beside.
"""
import json
import os
import re
import struct
from collections import defaultdict

from common import GAZETTEER, common_words, read, rows, shared, without_diacritics
from places import geonames, person_names

MAGIC = b"LEGPLAC1"
BLOCK = 16
CITY, REGION = 0, 1
NOWHERE = 0xFFFFFF
# What regions are called; the bare name names them too.
KINDS = ("Oblast", "Oblast’", "Province", "Governorate", "Region", "State", "Prefecture", "District", "County",
         "Department", "Krai", "Voivodeship", "Emirate", "Municipality", "Canton", "Parish", "Wilaya", "Division",
         "Autonomous Region", "Territory", "Autonomous Oblast", "Republic", "Autonomous Republic")
BEFORE = ("Republic of ", "State of ", "Province of ", "Autonomous Republic of ", "Region of ", "Governorate of ",
          "Oblast of ", "Emirate of ", "Department of ", "County of ")


def key(name):
    """A name as it is looked up: small Latin letters without marks, words parted by single spaces."""
    plain = without_diacritics(name).replace("æ", "ae").replace("Æ", "Ae").replace("þ", "th").replace("Þ", "Th")
    plain = re.sub(r"['’‘ʼʻʿʾ`‐‑–—-]", " ", plain).replace(".", "").lower()
    return " ".join(plain.split())


def latin(name):
    """Whether a name is written in Latin letters, as English text writes it: from a capital on, no codes."""
    plain = key(name)
    return (bool(re.fullmatch(r"[a-z ]+", plain)) and next(filter(str.isalpha, name)).isupper()
            and not re.fullmatch(r"[A-Z]{2,4}", name))


def choices():
    """Names for places that are known by several, usual names, and the seats that stand in a place."""
    both, usual, seats, regions = [], {}, [], []
    for fields in rows("place_names.txt"):
        place, _, others = fields[1].partition(" = ")
        name, _, state = place.rpartition(", ")
        if fields[0] == "both":
            both.append((name, state, [n.strip() for n in others.split(";")]))
        elif fields[0] == "region":
            regions.append((name, state, [n.strip() for n in others.split(";")]))
        elif fields[0] == "seat":
            seats.append((name, state, [n.strip() for n in others.split(";")]))
        else:
            usual[(name, state)] = others.strip()
    return both, usual, seats, regions


def collect(by_hand):
    """The places as rows (class, state, name, region, latitude, longitude, geonameid, population, names)."""
    load = geonames()
    alpha3 = {r["alpha2"]: r["code"] for r in read("states.tsv") + read("territories.tsv") if r["alpha2"]}
    with open(os.path.join(shared(), "reference", "gazetteer", "admin1.json"), encoding="utf-8") as file:
        admin1 = {a["code"]: a["name"] for a in json.load(file)}
    us = {f"US.{s['code']}": s["geonameid"] for s in load("us_states").values()}
    people = defaultdict(int)
    found = []
    for city in load("cities500").values():
        state = alpha3.get(city["countrycode"])
        if state is None:
            continue
        region = f"{city['countrycode']}.{city['admin1code']}"
        people[region] += city["population"]
        found.append((CITY, state, city["name"], admin1.get(region, ""), city["latitude"], city["longitude"],
                      city["geonameid"], city["population"], [city["name"], *city["alternatenames"]]))
    for code, name in admin1.items():
        state = alpha3.get(code.split(".")[0])
        if state is None or code == "US.DC":
            continue
        bare = re.sub(rf" ({'|'.join(KINDS)})$", "", name)
        for prefix in BEFORE:
            bare = bare.removeprefix(prefix)
        hand = next((names for n, s, names in by_hand if s == state and n in (name, bare)), [])
        found.append((REGION, state, name, name, None, None, us.get(code, 0), people[code], [name, bare, *hand]))
    known = {(p[1], n) for p in found if p[0] == REGION for n in p[8]}
    found += [(REGION, state, name, name, None, None, 0, 100_000, [name, *names])
              for name, state, names in by_hand if (state, name) not in known]
    countries = sorted((alpha3[c["iso"]], c["geonameid"]) for c in load("countries").values() if c["iso"] in alpha3)
    found.sort(key=lambda p: (-p[7], p[0], p[6], p[1], p[2]))
    return found, countries


def level(population):
    """The population in steps of a tenth, from 0 (unknown) to 255."""
    steps = 0
    while steps < 255 and 1.1 ** (steps + 1) <= population:
        steps += 1
    return steps


def varint(number):
    """Seven bits a byte, the lowest first; the high bit says that more follow."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def build():
    """Writes places.index."""
    both, usual, seated, by_hand = choices()
    found, countries = collect(by_hand)
    words, persons = common_words(), {key(p) for p in person_names()}
    states = sorted({p[1] for p in found} | {c for c, _ in countries})
    regions = sorted({p[3] for p in found})
    of_state, of_region = {s: i for i, s in enumerate(states)}, {r: i for i, r in enumerate(regions)}
    named = defaultdict(set)
    labels = []
    for number, (_, state, name, _, _, _, _, population, names) in enumerate(found):
        label = usual.get((name, state), name)
        labels.append(label)
        keys = {key(n) for n in names if latin(n) and len(key(n)) > 3 and len(key(n).split()) < 7}
        # A place of its own name is found under it, however short; small places have fewer foreign spellings.
        keys |= {key(n) for n in (name, label) if latin(n) and len(key(n)) > 1}
        for k in keys:
            named[k].add(number)
    other = {}
    for name, state, names in both:
        owners = [n for n in named.get(key(name), ()) if found[n][1] == state and found[n][0] == CITY]
        if not owners:
            raise SystemExit(f"place_names.txt: no {name} in {state}")
        number = min(owners)
        other[number] = [name, *(n for n in names)]
        labels[number] = name
        for n in (name, *names):
            named[key(n)].add(number)

    seats = set()
    for name, state, names in seated:
        owners = [n for n in named.get(key(name), ()) if found[n][1] == state and found[n][0] == CITY]
        for n in names:
            named[key(n)] = {min(owners)}
            seats.add(key(n))

    text, at = bytearray(), {}

    def place_text(string):
        if string not in at:
            at[string] = len(text)
            raw = string.encode()
            text.extend(bytes([len(raw)]) + raw)
        return at[string]

    records = bytearray()
    for number, (kind, state, name, region, lat, lon, geonameid, population, _) in enumerate(found):
        label = labels[number]
        if number in other:
            label = ";".join(dict.fromkeys(other[number]))
        latitude = NOWHERE if lat is None else round((lat + 90) * 10_000)
        longitude = NOWHERE if lon is None else round((lon + 180) * 10_000)
        for value in (geonameid, latitude, longitude, place_text(label)):
            records += value.to_bytes(3, "little")
        records += bytes([of_state[state], level(population)])
        records += (of_region[region] | kind << 15).to_bytes(2, "little")

    blocks, offsets, before = bytearray(), [], ""
    for n, k in enumerate(sorted(named)):
        if n % BLOCK == 0:
            offsets.append(len(blocks))
            before = ""
        shared_part = len(os.path.commonprefix([before, k]))
        tail = k[shared_part:].encode()
        owners = sorted(named[k])
        doubtful = k in words and " " not in k or k in persons or all(w in words for w in k.split())
        blocks += bytes([shared_part, len(tail)]) + tail + varint(len(owners) << 2 | (k in seats) << 1 | doubtful)
        last = 0
        for owner in owners:
            blocks += varint(owner - last)
            last = owner
        before = k

    small = bytearray()
    for state in states:
        geonameid = dict(countries).get(state, 0)
        small += state.encode() + geonameid.to_bytes(3, "little")
    lines = bytearray()
    for region in regions:
        raw = region.encode()
        lines += bytes([len(raw)]) + raw
    region_at, position = bytearray(), 0
    for region in regions:
        region_at += struct.pack("<I", position)
        position += 1 + len(region.encode())
    sections = [bytes(small), bytes(region_at), bytes(lines), bytes(records), bytes(text),
                b"".join(struct.pack("<I", o) for o in offsets), bytes(blocks)]
    path = os.path.join(GAZETTEER, "places.index")
    with open(path, "wb") as file:
        file.write(MAGIC + struct.pack(f"<{len(sections)}I", *(len(s) for s in sections)) + b"".join(sections))
    print(f"places.index: {len(found)} places, {len(named)} names, {os.path.getsize(path)} bytes",
          [len(s) for s in sections])


if __name__ == "__main__":
    build()
