#!/usr/bin/env python3
"""Compares the tables of the scores, as .ci/run prints them, with the floors of tests/floors.toml.

    floors.py FLOORS.toml MODEL TABLES.txt

Floors are those of one model, fast or accurate. Prints a line for each. A figure below its floor, a figure that was not
printed and a floor that nobody knows how to find are failures; the exit status is then 1. Python 3.11, standard library only.
"""

import re
import sys
import tomllib

MODELS = {"accurate", "fast"}

STATEMENTS = {
    "found": r"^found .* F1 +([\d.]+)",
    "full": r"^full .* F1 +([\d.]+)",
    "query": r"^query  .* F1 +([\d.]+)",
}

# Set -> (how its heading begins, measure -> pattern of its figure below the heading).
MEASURES = {
    "gold": ("gold", STATEMENTS),
    "kept-back": ("kept back", STATEMENTS),
    "polnear": ("PolNeAR", {
        "joint": r"^all: [^\n]*\n(?:  [^\n]*\n)*?  joint iou50 [^\n]* F1 +([\d.]+)",
        "direct": r"^direct: [^\n]*\n(?:  [^\n]*\n)*?  joint iou50 [^\n]* F1 +([\d.]+)",
    }),
    "plv": ("PLV", {"macro_f1": r"^  stance3 macro-F1 ([\d.]+)"}),
    "ngec": ("NGEC", {"source_hit": r"^  actors .*\bsource_hit ([\d.]+)"}),
    "wcxb-dev": ("wcxb-dev", {"word_f1": r"^text .* mean word F1=([\d.]+)"}),
    "htmldate": ("htmldate", {"date_f": r"^date .* F=([\d.]+)"}),
}


def sections(tables):
    """Returns heading -> the text below it."""
    parts = re.split(r"^== (.*)\n", tables, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def figure(tables, name, measure):
    """Returns what the tables say of a measure, or None."""
    heading, patterns = MEASURES.get(name, ("", {}))
    if measure not in patterns:
        return None
    for title, text in sections(tables).items():
        if title.startswith(heading) and (found := re.search(patterns[measure], text, re.M)):
            return float(found[1])
    return None


def compare(floors, tables):
    """Returns a (set, measure, floor, figure or None, verdict) for each floor."""
    rows = []
    for name, measures in floors.items():
        for measure, floor in measures.items():
            got = figure(tables, name, measure)
            verdict = "MISSING" if got is None else "ok" if got >= floor else "BELOW"
            rows.append((name, measure, floor, got, verdict))
    return rows


def main(floors_path, model, tables_path):
    with open(floors_path, "rb") as file:
        by_model = tomllib.load(file)
    if unknown := sorted(by_model.keys() - MODELS):
        print(f"{floors_path}: nobody checks `{unknown[0]}`; tables begin with one of {sorted(MODELS)}")
        return 1
    floors = by_model.get(model, {})
    with open(tables_path, encoding="utf-8") as file:
        rows = compare(floors, file.read())
    print(f"{'set':10} {'measure':12} {'floor':>7} {'figure':>7}")
    for name, measure, floor, got, verdict in rows:
        print(f"{name:10} {measure:12} {floor:7g} {'-' if got is None else format(got, 'g'):>7}  {verdict}")
    missed = [row for row in rows if row[4] != "ok"]
    print(f"{len(rows) - len(missed)} of {len(rows)} floors reached")
    if not rows:
        print(f"{floors_path} names no floor for the model `{model}`")
    return 1 if missed or not rows else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
