"""wars.tsv: UCDP/PRIO's armed conflicts as episodes with the same parties (conflict-years of the data set, joined)."""
import csv
import os
from collections import defaultdict

from common import read, shared, write

SOURCE = "reference/conflict/UcdpPrioConflict_v24_1.csv"
KINDS = {"1": "extrasystemic", "2": "interstate", "3": "civil", "4": "internationalised"}
OVER = {"1": "territory", "2": "government", "3": "territory,government"}


def number_to_code():
    """The state of a Gleditsch-Ward number in a year."""
    by_number = defaultdict(list)
    for row in read("state_codes.tsv"):
        if row["system"].upper() == "GW":
            by_number[row["number"].lstrip("0")].append(row)

    def find(number, year):
        found = by_number[number.strip().lstrip("0")]
        held = [r for r in found if (r["from"][:4] or "0000") <= str(year) <= (r["to"][:4] or "9999")]
        if not found:
            return ""  # Hyderabad in 1948 is no state of the list.
        # In the year of a change the successor is meant.
        return max(held or found, key=lambda r: r["from"])["code"]

    return find


def day(text):
    """25-02-2022 as 2022-02-25."""
    return "-".join(reversed(text.split("-"))) if text else ""


def build():
    """Writes the table of wars."""
    find = number_to_code()
    episodes = defaultdict(dict)
    with open(os.path.join(shared(), SOURCE), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            year = int(row["year"])

            def codes(cell):
                return ";".join(sorted({find(n, year) for n in row[cell].split(",") if n.strip()} - {""}))

            sides = [codes(c) for c in ("gwno_a", "gwno_a_2nd", "gwno_b", "gwno_b_2nd")]
            rebels = "" if sides[2] else row["side_b"].strip()
            key = (row["conflict_id"], KINDS[row["type_of_conflict"]], *sides, rebels, OVER[row["incompatibility"]], row["territory_name"])
            episodes[key][year] = (row["intensity_level"], day(row["start_date"]), day(row["end_date"]))
    out = []
    for key, years in episodes.items():
        run = []
        for year in sorted(years) + [9999]:
            if run and year != run[-1] + 1:
                wars = [str(y) for y in run if years[y][0] == "2"]
                start, end = years[run[0]][1], years[run[-1]][2]
                out.append([*key, str(run[0]), str(run[-1]), start if start[:4] == str(run[0]) else "",
                            end if end[:4] == str(run[-1]) else "", ";".join(wars), "UCDP"])
                run = []
            run.append(year)
    write("wars.tsv", [
        "Armed conflicts in which a state is a party, 1946-2023: a row is a run of years in which the same parties fought and at least 25",
        "people died in battle a year. type: interstate, internationalised (a civil war in which other states fight), civil, extrasystemic.",
        "side_a, side_b: primary parties; second_a, second_b: states that fight beside them; opponent: side b where it is no state.",
        "over: what it is fought for. from, to: first and last year of the run. start, end: the days on which 25 dead were reached and on which",
        "the episode ended, where they lie in those years. wars: the years with 1,000 dead or more. Complete for 1946 to 2023.",
        "Source: UCDP/PRIO Armed Conflict Dataset 24.1 (CC BY 4.0; cite Gleditsch, Wallensteen, Eriksson, Sollenberg and Strand 2002, and",
        "Davies, Engstrom, Pettersson and Oberg 2024); changed: years joined to runs, states by ISO 3166 code."],
        ["conflict", "type", "side_a", "second_a", "side_b", "second_b", "opponent", "over", "territory", "from", "to", "start", "end",
         "wars", "source"], out)
