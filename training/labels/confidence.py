#!/usr/bin/env python3
"""Fits how sure a statement is to how often such statements are right, and shows how well it fits.

    confidence.py LABELS.jsonl PARTS.jsonl [LABELS.jsonl PARTS.jsonl]

PARTS are rows of `cargo run --release --example statement-parts` for the articles of LABELS. A statement is right if it is labelled as one, with that speaker and
stance. Prints the weights of a logistic regression over the log-odds of the parts, for `src/extract/confidence.rs`, then a
table of confidence and share right for the first set and, where it is given, for the second, which nothing is fitted to.
Python 3.11, standard library only.
"""

import json
import math
import re
import sys
from collections import defaultdict

PARTS = ("found", "statement", "speaker", "stance")
STEP, ROUNDS, DECAY = 1.0, 50, 1e-3


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def extent(spans):
    return sum(end - start for start, end in spans)


def shared(one, other):
    """Code points that two lists of spans have in common."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def matches(label, row):
    """As in statements_score.py: half of the shorter and a fifth of the longer in common."""
    common, sizes = shared(label["content"], row["spans"]["content"]), (extent(label["content"]), extent(row["spans"]["content"]))
    return common * 2 >= min(sizes) and common * 5 >= max(sizes) and common > 0


def words(name):
    return {word.rstrip("s") for word in re.findall(r"\w+", name.lower())} - {"of", "the", "and", "a", "in", "us", "u"}


def same_actor(label, row):
    ours, theirs = words(row["actor"]), words(label.get("actor", ""))
    return bool(ours & theirs) and 2 * len(ours & theirs) >= min(len(ours), len(theirs))


def examples(labels_path, parts_path):
    """(parts, right) of each statement; those of the title alone are left out, as no label tells where they stand."""
    labels = defaultdict(list)
    for label in rows(labels_path):
        if "x" not in label.get("flags", ""):
            labels[label["article"]].append(label)
    found = []
    for row in rows(parts_path):
        if not row["spans"]["content"]:
            continue
        near = [label for label in labels[row["article"].split("#")[-1]] if matches(label, row)]
        near.sort(key=lambda label: -shared(label["content"], row["spans"]["content"]))
        right = bool(near) and same_actor(near[0], row) and near[0]["stance"] == row["stance"]
        found.append((row["parts"], right))
    return found


def log_odds(probability):
    bounded = min(max(probability, 0.01), 0.99)
    return math.log(bounded / (1 - bounded))


def inputs(parts):
    return [1.0] + [log_odds(parts[part]) for part in PARTS]


def probability(weights, x):
    return 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, x))))


def solved(matrix, vector):
    """The solution of a small system of equations, by elimination."""
    size = len(vector)
    table = [row[:] + [value] for row, value in zip(matrix, vector)]
    for at in range(size):
        best = max(range(at, size), key=lambda i: abs(table[i][at]))
        table[at], table[best] = table[best], table[at]
        for i in range(size):
            if i != at:
                share = table[i][at] / table[at][at]
                table[i] = [a - share * b for a, b in zip(table[i], table[at])]
    return [table[i][size] / table[i][i] for i in range(size)]


def fitted(found):
    """Weights of a logistic regression, by Newton's method."""
    data = [(inputs(parts), float(right)) for parts, right in found]
    size = len(data[0][0])
    weights = [0.0] * size
    for _ in range(ROUNDS):
        slope = [DECAY * len(data) * w for w in weights]
        curve = [[DECAY * len(data) * (i == j) for j in range(size)] for i in range(size)]
        for x, y in data:
            p = probability(weights, x)
            for i in range(size):
                slope[i] += (p - y) * x[i]
                for j in range(size):
                    curve[i][j] += p * (1 - p) * x[i] * x[j]
        weights = [w - STEP * d for w, d in zip(weights, solved(curve, slope))]
    return weights


def show(name, weights, found):
    print(f"{name}: {len(found)} statements, {100 * sum(right for _, right in found) / len(found):.1f} % right")
    tenths = defaultdict(list)
    for parts, right in found:
        p = probability(weights, inputs(parts))
        tenths[min(9, int(p * 10))].append((p, right))
    print("  confidence  statements  mean  right")
    for tenth, some in sorted(tenths.items()):
        mean, right = (sum(pair[i] for pair in some) / len(some) for i in (0, 1))
        print(f"  .{tenth}-{(tenth + 1) / 10:.1f}      {len(some):10d}  {mean:.2f}  {right:.2f}")


def main(paths):
    sets = [(labels, examples(labels, parts)) for labels, parts in zip(paths[::2], paths[1::2])]
    weights = fitted(sets[0][1])
    print(", ".join(f"{name} {weight:.2f}" for name, weight in zip(("constant",) + PARTS, weights)))
    for name, found in sets:
        show(name, weights, found)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 5):
        sys.exit(__doc__)
    main(sys.argv[1:])
