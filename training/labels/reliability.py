#!/usr/bin/env python3
"""Draws how often statements are right by how sure the program is of them.

    reliability.py statements_score.py DIAGRAM.svg NAME ARTICLES.jsonl GOLD.jsonl ROWS.jsonl [NAME ARTICLES GOLD ROWS]...

ROWS are what `onrecord extract --unit statements --format jsonl ARTICLES.jsonl` prints; ../shared/eval has the scorer, which says
what is right: found, with the right speaker and stance. Prints a table for each set too. Python 3.11, standard library only.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from html import escape

BOUNDS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.01)
COLOURS = ("#0b62a4", "#c1541c", "#3a8f3a", "#7a4fa3")
LEFT, TOP, SIZE = 50, 20, 320


def share_right(scorer, articles, gold, rows):
    """The share of the rows that are right in all."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False, encoding="utf-8") as file:
        for row in rows:
            article = row["article"].split("#", 1)[-1]
            fields = ("content", "actor", "countries", "affiliations", "stance")
            print(json.dumps({"article": article} | {field: row[field] for field in fields}), file=file)
    try:
        printed = subprocess.run([sys.executable, scorer, articles, gold, file.name], capture_output=True, text=True, check=True).stdout
    finally:
        os.unlink(file.name)
    return float(re.search(r"^full\s+P\s+([\d.]+)", printed, re.M)[1]) / 100


def points(scorer, articles, gold, rows_path):
    """(number, mean confidence, share right) between each two bounds."""
    with open(rows_path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for low, high in zip(BOUNDS, BOUNDS[1:]):
        some = [row for row in rows if low <= row["confidence"] < high]
        if some:
            mean = sum(row["confidence"] for row in some) / len(some)
            yield len(some), mean, share_right(scorer, articles, gold, some)


def place(mean, right):
    return LEFT + SIZE * mean, TOP + SIZE * (1 - right)


def drawn(sets):
    """The diagram: what is as often right as it is sure lies on the slanting line; circles are as large as they are many."""
    bottom, end = TOP + SIZE, LEFT + SIZE
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {end + 230} {bottom + 40}" font-family="sans-serif" font-size="12">'
    yield f'<title>Share right by confidence</title>\n<rect width="{end + 230}" height="{bottom + 40}" fill="#fff"/>'
    for tenth in range(0, 11, 2):
        x, y = place(tenth / 10, tenth / 10)
        yield f'<line x1="{LEFT}" x2="{end}" y1="{y:.0f}" y2="{y:.0f}" stroke="#ddd"/><text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{tenth / 10}</text>'
        yield f'<text x="{x:.0f}" y="{bottom + 16}" text-anchor="middle">{tenth / 10}</text>'
    yield f'<line x1="{LEFT}" y1="{bottom}" x2="{end}" y2="{TOP}" stroke="#999" stroke-dasharray="4 4"/>'
    yield f'<text x="{LEFT + SIZE / 2:.0f}" y="{bottom + 34}" text-anchor="middle">confidence</text><text x="{LEFT - 40}" y="{TOP - 6}">share right</text>'
    for number, ((name, found), colour) in enumerate(zip(sets, COLOURS)):
        places = [place(mean, right) for _, mean, right in found]
        yield f'<polyline points="{" ".join(f"{x:.0f},{y:.0f}" for x, y in places)}" fill="none" stroke="{colour}"/>'
        for (count, _, _), (x, y) in zip(found, places):
            yield f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{2 + count**0.5 / 4:.1f}" fill="{colour}" fill-opacity=".5"/>'
        yield f'<circle cx="{end + 20}" cy="{TOP + 20 * number + 6}" r="5" fill="{colour}"/><text x="{end + 32}" y="{TOP + 20 * number + 10}">{escape(name)}</text>'
    yield "</svg>"


def main(scorer, diagram, *arguments):
    sets = []
    for name, articles, gold, rows in zip(*(arguments[at::4] for at in range(4))):
        sets.append((name, list(points(scorer, articles, gold, rows))))
        print(f"{name}\n  statements  mean confidence  right")
        for count, mean, right in sets[-1][1]:
            print(f"  {count:10d}  {mean:15.2f}  {right:.2f}")
    with open(diagram, "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in drawn(sets))


if __name__ == "__main__":
    if len(sys.argv) < 7 or len(sys.argv) % 4 != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
