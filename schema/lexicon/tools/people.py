#!/usr/bin/env python3
"""Rewrites people.csv: keeps the curated rows, takes the others anew from public tables of facts.

    python3 people.py US_CONGRESS.csv WORLD_LEADERS.csv

US_CONGRESS    name,last_name,wikidata,chamber,state,party,start,end   (unitedstates/congress-legislators, public domain)
WORLD_LEADERS  country,positionLabel,officeholderLabel,start_year,end_year among its columns   (Wikidata, CC0)

Consecutive terms in one chamber, state and party become one row. A row of the world's leaders is left out where a
curated row has the same office of the same state, or the same person. Standard library only.
"""
import csv
import datetime
import re
import sys
import unicodedata
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent
COLUMNS = ["id", "name", "surname", "aliases", "country", "office", "path", "party", "from", "to", "source"]
# Terms that end after this day are still held.
AS_OF = "2026-10-01"

# Members whom newspapers call otherwise than the table does.
NICKNAMES = {
    "Charles E. Schumer": "Chuck Schumer", "Bernard Sanders": "Bernie Sanders", "Richard J. Durbin": "Dick Durbin",
    "James E. Risch": "Jim Risch", "Christopher A. Coons": "Chris Coons", "James E. Clyburn": "Jim Clyburn",
    "James A. Himes": "Jim Himes", "Robert E. Latta": "Bob Latta", "Edward J. Markey": "Ed Markey",
    "James P. McGovern": "Jim McGovern", "Gregory W. Meeks": "Gregory Meeks", "Christopher Murphy": "Chris Murphy",
    "Jerrold Nadler": "Jerry Nadler", "Richard E. Neal": "Richard Neal", "Janice D. Schakowsky": "Jan Schakowsky",
    "Michael K. Simpson": "Mike Simpson", "Christopher H. Smith": "Chris Smith", "Michael R. Turner": "Mike Turner",
    "Robert J. Wittman": "Rob Wittman", "Angus S. King, Jr.": "Angus King", "David P. Joyce": "Dave Joyce",
    "Donald S. Beyer, Jr.": "Don Beyer", "Margaret Wood Hassan": "Maggie Hassan", "J. Luis Correa": "Lou Correa",
    "Bradley Scott Schneider": "Brad Schneider", "Joseph D. Morelle": "Joe Morelle", "W. Gregory Steube": "Greg Steube",
    "James R. Baird": "Jim Baird", "Jefferson Van Drew": "Jeff Van Drew", "Daniel Meuser": "Dan Meuser",
    "Gregory F. Murphy": "Greg Murphy", "Thomas P. Tiffany": "Tom Tiffany", "Katie Boyd Britt": "Katie Britt",
    "Thomas H. Kean, Jr.": "Tom Kean Jr.", "Robert Menendez": "Rob Menendez", "Daniel S. Goldman": "Dan Goldman",
    "Michael Lawler": "Mike Lawler", "Nicholas A. Langworthy": "Nick Langworthy", "Jennifer A. Kiggans": "Jen Kiggans",
    "Thomas R. Suozzi": "Tom Suozzi", "Timothy M. Kennedy": "Tim Kennedy", "David McCormick": "Dave McCormick",
    "Nicholas J. Begich III": "Nick Begich", "Abraham J. Hamadeh": "Abe Hamadeh", "James C. Justice": "Jim Justice",
    "Patrick Ryan": "Pat Ryan", "Richard McCormick": "Rich McCormick", "Donald G. Davis": "Don Davis",
    "Robert P. Bresnahan, Jr.": "Rob Bresnahan", "Robert F. Onder, Jr.": "Bob Onder", "J. French Hill": "French Hill",
    "Eugene Simon Vindman": "Eugene Vindman", "H. Morgan Griffith": "Morgan Griffith", "Michael F. Bennet": "Michael Bennet",
    "Sanford D. Bishop, Jr.": "Sanford Bishop", "Charles J. \"Chuck\" Fleischmann": "Chuck Fleischmann",
    "Henry C. \"Hank\" Johnson, Jr.": "Hank Johnson", "Eric A. \"Rick\" Crawford": "Rick Crawford",
    "Robert C. \"Bobby\" Scott": "Bobby Scott", "Earl L. \"Buddy\" Carter": "Buddy Carter",
    "Jesús G. \"Chuy\" García": "Chuy García", "Aumua Amata Coleman Radewagen": "Amata Coleman Radewagen",
    "Frank Pallone, Jr.": "Frank Pallone", "Thomas Massie": "Thomas Massie", "Nydia M. Velázquez": "Nydia Velázquez",
}
# Leaders of lands that states.csv does not hold, and crowns that stand for no government of theirs.
NO_STATE = {"Republic of Abkhazia", "Republic of Artsakh", "Republika Srpska", "Sahrawi Arab Democratic Republic",
            "Somaliland", "South Ossetia", "Transnistria", "Turkish Republic of Northern Cyprus"}
OTHER_NAMES = {"The Bahamas": "BS", "The Gambia": "GM", "Kingdom of the Netherlands": "NL", "Vatican City": "VA",
               "Federated States of Micronesia": "FM", "Republic of the Congo": "CG", "Ivory Coast": "CI"}


def slug(name):
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    plain = plain.lower().replace("'", "").replace("’", "").replace(".", "").replace("&", "and")
    plain = plain.replace("ø", "o").replace("ł", "l").replace("ı", "i").replace("đ", "d").replace("æ", "ae").replace("ß", "ss")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key(row):
    return row["id"] or slug(row["name"])


def plain_name(name):
    """Drops middle initials, a quoted nickname and a suffix: "Henry C. "Hank" Johnson, Jr." is Henry Johnson."""
    name = re.sub(r'"[^"]*" ', "", name)
    name = re.sub(r",? (Jr\.|Sr\.|II|III|IV)$", "", name)
    words = name.split(" ")
    return " ".join(words[:1] + [w for w in words[1:] if not re.fullmatch(r"[A-Z]\.", w)])


def congress(path, states, curated):
    """One row for consecutive terms of a member in one chamber, state and party."""
    names = {r["codes"].split("|")[0]: r["name"] for r in states}
    members = {}
    for row in read(path):
        members.setdefault((row["wikidata"] or row["name"], row["name"]), []).append(row)
    rows, taken = [], {}
    for (_, full), terms in sorted(members.items(), key=lambda m: m[0]):
        name = NICKNAMES.get(full, plain_name(full))
        state = terms[-1]["state"]
        taken.setdefault(slug(name), []).append((full, name, state, terms))
    for identity, people in sorted(taken.items()):
        for full, name, state, terms in people:
            own = identity if len(people) == 1 else f"{identity}-{state.lower()}"
            aliases = sorted({full.replace(",", ""), plain_name(full)} - {name})
            aliases = [alias for alias in aliases if '"' not in alias]
            terms.sort(key=lambda t: t["start"])
            merged = []
            for term in terms:
                last = merged[-1] if merged else None
                same = last and all(last[c] == term[c] for c in ("chamber", "state", "party"))
                if same and days_between(last["end"], term["start"]) < 40:
                    last["end"] = term["end"]
                else:
                    merged.append(dict(term))
            for term in merged:
                where = names[term["state"]]
                house = term["chamber"] == "House"
                party = {"Democrat": "democratic-party", "Republican": "republican-party"}.get(term["party"], "")
                last = term["last_name"]
                rows.append({
                    "id": "" if own == slug(name) else own, "name": name, "surname": last if " " in last or "-" in last else "",
                    "aliases": "|".join(aliases), "country": "US",
                    "office": f"US {'Representative' if house else 'Senator'} from {where}",
                    "path": f"united-states/congress/{'house' if house else 'senate'}", "party": party,
                    "from": term["start"], "to": "" if term["end"] > AS_OF else term["end"],
                    "source": "congress-legislators",
                })
                aliases = []
    return rows


def days_between(first, second):
    return (datetime.date.fromisoformat(second) - datetime.date.fromisoformat(first)).days


def leaders(path, states, curated):
    codes = {name: row for row in states for name in [row["name"], *row["other_names"].split("|")] if name}
    by_code = {row["alpha2"]: row for row in states}
    people = {key(row) for row in curated}
    offices = {row["path"] for row in curated}
    rows = []
    for row in read(path):
        country, position = row["country"], row["positionLabel"]
        if country in NO_STATE or position.startswith("Q") or row["officeholderLabel"] in ("Elizabeth II", "Charles III"):
            continue
        state = by_code.get(OTHER_NAMES.get(country, "")) or codes.get(country)
        if state is None or re.search(r"Co-Prince|co-prince|military leader|Pontifical|Federal Council|O le Ao", position):
            continue
        lower = position.lower()
        if re.search(r"\b(king|queen|monarch|emir|sultan|emperor|prince of|governor-general|ngwenyama|druk|yang di-pertuan)\b", lower):
            body = "monarchy"
        elif re.search(r"prime minister|premier|chancellor|taoiseach|minister of state|council of ministers|executive yuan|chief minister", lower):
            body = "premiership"
        else:
            body = "presidency"
        office_path = f"{state['path']}/government/{body}"
        name = row["officeholderLabel"]
        if office_path in offices or slug(name) in people or re.fullmatch(r"Q\d+", name):
            continue
        rows.append({
            "id": "", "name": name, "surname": "", "aliases": "", "country": state["alpha2"],
            "office": position[0].upper() + position[1:], "path": office_path, "party": "",
            "from": row["start_year"], "to": row["end_year"], "source": "wikidata-2022",
        })
    return with_ends(rows)


def with_ends(rows):
    """Ends a term without an end where the next holder starts."""
    rows.sort(key=lambda row: (row["country"], row["office"], row["from"], row["to"] or "9999"))
    for row, following in zip(rows, rows[1:]):
        if row["office"] == following["office"] and not row["to"]:
            row["to"] = following["from"]
    return rows


def main():
    states, regions = read(FOLDER / "states.csv"), read(FOLDER / "regions.csv")
    curated = [row for row in read(FOLDER / "people.csv") if row["source"] == "curated"]
    american = [row for row in regions if row["kind"] == "state"]
    rows = curated + congress(sys.argv[1], american, curated) + leaders(sys.argv[2], states, curated)
    rows.sort(key=lambda row: (key(row), row["from"], row["office"]))
    unique = {(key(row), row["office"], row["from"]): row for row in reversed(rows)}
    rows = [row for row in reversed(unique.values())]
    with open(FOLDER / "people.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: (key(row), row["from"], row["office"])))


if __name__ == "__main__":
    main()
