#!/usr/bin/env python3
"""Learns which phrase a stance is about.

    target.py CANDIDATES.jsonl KEPT-BACK.jsonl target.weights

CANDIDATES are rows of `cargo run --release --example target-candidates` for the labels to learn from, KEPT-BACK for those of other
articles. A log-linear ranking of the candidates of each statement by what holds of them; a candidate is as right as its words are those
of the label. Prints how often a word, half of the words, and all words are right, by the rule alone, with the weights, and at best.
Python 3.11, standard library only.
"""

import json
import math
import re
import sys
from collections import defaultdict

ROUNDS, RATE, DECAY = 300, 0.5, 0.002
PLAIN = set("the a an of to in on for and or by with at from his her its their our us this that".split())


def bag(words):
    return {word.rstrip("s") for word in re.findall(r"\w+(?:['’.-]\w+)*", words.lower())} - PLAIN


def alike(one, other):
    """F1 of two bags of words."""
    common = len(one & other)
    return 2 * common / (len(one) + len(other)) if common else 0.0


def read(path):
    """(features of each candidate, how right it is, its words, both labels) for each statement with candidates."""
    rows = []
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        if row["candidates"]:
            target, name = bag(row["target"]), bag(row["name"])
            words = [bag(candidate["words"]) for candidate in row["candidates"]]
            right = [max(alike(w, name), 0.8 * alike(w, target)) for w in words]
            rows.append(([c["features"] for c in row["candidates"]], right, words, (target, name)))
    return rows


def softmax(scores):
    most = max(scores)
    powers = [math.exp(score - most) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def learned(rows):
    """Weights that make right candidates likely, by gradient descent with AdaGrad's steps."""
    weights, squares = defaultdict(float), defaultdict(float)
    for _ in range(ROUNDS):
        slope = defaultdict(float)
        for candidates, right, _, _ in rows:
            wanted = [r**3 for r in right]
            total = sum(wanted)
            if total < 0.05:
                continue
            found = softmax([sum(weights[f] for f in features) for features in candidates])
            for features, p, w in zip(candidates, found, wanted):
                for feature in features:
                    slope[feature] += w / total - p
        for feature, value in slope.items():
            value = value / len(rows) - DECAY * weights[feature]
            squares[feature] += value * value
            weights[feature] += RATE * value / (math.sqrt(squares[feature]) + 1e-9)
    return weights


def chosen(weights, row):
    scores = [sum(weights.get(f, 0.0) for f in features) for features in row[0]]
    return max(range(len(scores)), key=lambda i: (scores[i], -i))


def report(name, rows, choose):
    """Shares of statements whose target has a word, half of the words, all words of either label."""
    found = []
    for row in rows:
        words = row[2][choose(row)]
        common = max(len(words & label) / max(1, min(len(words), len(label))) for label in row[3])
        found.append((common > 0, common >= 0.5, words in row[3], max(alike(words, label) for label in row[3])))
    shares = [100 * sum(pair[i] for pair in found) / len(found) for i in range(4)]
    print(f"{name}: a word {shares[0]:.1f}, half {shares[1]:.1f}, all {shares[2]:.1f}, mean F1 {shares[3]:.1f} % of {len(found)}")


def main(candidates, kept_back, out):
    rows, blind = read(candidates), read(kept_back)
    weights = learned(rows)
    for name, some in (("learned from", rows), ("kept back", blind)):
        rule = lambda row: next((i for i, f in enumerate(row[0]) if "by the rule" in f), 0)
        report(f"{name}, by the rule", some, rule)
        report(f"{name}, with the weights", some, lambda row: chosen(weights, row))
        report(f"{name}, at best", some, lambda row: max(range(len(row[1])), key=lambda i: row[1][i]))
    with open(out, "w", encoding="utf-8") as file:
        for feature, weight in sorted(weights.items(), key=lambda pair: -pair[1]):
            print(f"{weight:.2f}\t{feature}", file=file)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
