"""organisations.tsv, groups.tsv and agents.tsv from the hand-written sources."""
from common import names, read, rows, write

SECTORS = set("COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC IGO NGO MNC".split())
CLASSES = {"person", "collective", "instrument"}
LEVELS = {"-", "head-of-state", "head-of-government", "minister", "ambassador", "official"}
BRITISH = [("defence", "defense"), ("labour", "labor"), ("organisation", "organization"), ("armoured", "armored"),
           ("centre", "center"), ("neighbour", "neighbor"), ("mobilisation", "mobilization"), ("armour", "armor"),
           ("organised", "organized"), ("organiser", "organizer"), ("traveller", "traveler"), ("guerrilla", "guerilla"), ("nationalised", "nationalized"),
           ("sympathiser", "sympathizer"), ("labourer", "laborer"), ("councillor", "councilor")]
SOURCE = "written by hand from general knowledge (gazetteer/source), facts, CC0; sectors by the PLOVER manual 0.8 (table \"Sector Codes\")"


def sectors(cell):
    """The sectors of a cell, checked against the manual's list."""
    found = cell.split(",")
    assert set(found) <= SECTORS, cell
    return ",".join(found)


def build():
    """Writes the tables of organisations, groups and agents."""
    states = {r["code"] for r in read("states.tsv")} | {r["code"] for r in read("territories.tsv")}
    organisations = []
    for fields in rows("organisations.txt"):
        code, sector, cell = fields[:3]
        rest = [f for f in fields[3:] if f]
        item = next((f for f in rest if f[0] == "Q" and f[1:].isdigit()), "")
        home = next((f for f in rest if f in states), "")
        # "Co-operation" is the same word.
        all_names = names(";".join([cell] + [n.replace("Cooperation", "Co-operation") for n in names(cell)]))
        organisations.append([code, sectors(sector), all_names[0].rstrip("?"), home, item, ";".join(all_names)])
    write("organisations.tsv", ["International organisations (IGO, NGO) and multinational companies (MNC) with their usual short name as code.",
                                "A second row with the same code is an organ of the organisation. home: state of a company.",
                                "A trailing ? marks a name that also means something else. Source: " + SOURCE],
          ["code", "sectors", "name", "home", "wikidata", "names"], organisations)

    groups = []
    for fields in [*rows("groups.txt"), *rows("figures.txt")]:
        state, sector, cell = fields[:3]
        start, end = (fields[3:] + ["", ""])[:2]
        assert state in states, fields
        for part in cell.split(";;"):
            all_names = names(part)
            groups.append([state, sectors(sector), all_names[0].rstrip("?"), start, end, ";".join(all_names)])
    for state, cell in rows("media.txt"):
        assert state in states, state
        for name in names(cell):
            groups.append([state, "JRN", name.rstrip("?"), "", "", name])
    write("groups.tsv", ["Armed and political groups, parties, services, police, forces and news organisations, and persons known for a group or cause:",
                         "home state (alpha-3) and sectors.",
                         "from/to: the time for which the sectors hold (the Taliban are GOV while they rule). A trailing ? marks an ambiguous name.",
                         "Source: " + SOURCE],
          ["code", "sectors", "name", "from", "to", "names"], groups)

    agents, seen = [], {}
    for sector, kind, level, cell in rows("agents.txt"):
        assert kind in CLASSES and level in LEVELS, (kind, level)
        for lemma in (part.strip() for part in cell.split(",")):
            variants = {lemma}
            for british, american in BRITISH:
                variants |= {v.replace(british, american) for v in variants}
            for variant in sorted(variants):
                if variant in seen:
                    if seen[variant] != sector:
                        print("agents: kept the first sense of", variant, seen[variant], "not", sector)
                    continue
                seen[variant] = sector
                agents.append([variant, sectors(sector), kind, "" if level == "-" else level])
    write("agents.tsv", ["Role nouns (lemmas, lower case) and their PLOVER sectors.",
                         "class: person, collective, or instrument (a weapon or vehicle that acts for a state's forces).",
                         "level: rank of the office where the noun names one. Source: " + SOURCE],
          ["lemma", "sectors", "class", "level"], agents)
