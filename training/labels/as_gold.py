#!/usr/bin/env python3
"""Writes labels as the files that ../shared/eval/statements_score.py scores against.

    as_gold.py LABELS.jsonl CORPUS.jsonl ARTICLES.jsonl GOLD.jsonl

LABELS: statements of whole articles, as training/README.md says; CORPUS: `{"id", "text", ...}` a line, `-` for standard input.
ARTICLES gets the labelled articles, GOLD their statements without rows flagged as none. Python 3.11, standard library only.
"""

import json
import sys
from collections import defaultdict


def record(label, text):
    """The row of a statement; words that stand apart are joined by a space."""
    words = lambda spans: " ".join(text[start:end] for start, end in spans)
    return {
        "article": label["article"],
        "type": "any",
        "source": words(label["speaker"]),
        "cue": words(label["cue"]),
        "content": words(label["content"]),
        "actor": label.get("actor", ""),
        "kind": "any",
        "country": label.get("country"),
        "orgs": [],
        "stance": label["stance"],
        "act": label["act"],
        "target": "",
        "sure": "u" not in label["flags"],
    }


def main(labels_path, corpus_path, articles_path, gold_path):
    by_article = defaultdict(list)
    with open(labels_path, encoding="utf-8") as labels:
        for label in map(json.loads, labels):
            by_article[label["article"]].append(label)
    corpus = sys.stdin if corpus_path == "-" else open(corpus_path, encoding="utf-8")
    with corpus, open(articles_path, "w", encoding="utf-8") as articles, open(gold_path, "w", encoding="utf-8") as gold:
        for line in corpus:
            article = json.loads(line)
            for label in by_article.get(article["id"], []):
                if "x" not in label["flags"]:
                    print(json.dumps(record(label, article["text"])), file=gold)
            if by_article.pop(article["id"], None):
                articles.write(line)
    if by_article:
        sys.exit(f"{len(by_article)} articles of {labels_path} are not in {corpus_path}, such as {min(by_article)}")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
