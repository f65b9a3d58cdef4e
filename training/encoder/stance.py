"""Trains an encoder to judge statements for their stance, and lets it label statements that nobody labelled.

usage: stance.py train  LABELS.jsonl ARTICLES.jsonl MODEL.pt
       stance.py label  MODEL.pt LABELS.jsonl STATEMENTS.jsonl ARTICLES.jsonl OUT.jsonl

`label` leaves out articles of LABELS.

Labels: `{"article", "speaker": [[start, end]], "cue", "content", "stance", "flags"}`, offsets in code points of the
article's text. Statements: rows of `onrecord extract --unit statements --format jsonl`. Articles: `{"id", "text"}`.
OUT has a row a statement, in the form of the labels, with "weights": probabilities of oppose, support, neutral, no statement.
"""

import json
import random
import sys
import time

import torch
from network import PRETRAINED, WIDTH, Encoder, in_batches, optimizer, padded, set_rates
from tokenizers import Tokenizer
from torch import nn

CLASSES = ["oppose", "support", "neutral", "none"]
PARTS = ["speaker", "cue", "content"]
BEFORE, AFTER = 110, 40  # code points of context
LONGEST = 160  # word pieces
LONGEST_CONTENT = 500  # code points, of a statement to be labelled
CLS, SEP = 101, 102
EPOCHS = 3
BATCH = 24
RATE, FRESH_RATE = 1e-4, 1e-3
SEED = 7
KEPT_BACK = 8  # one article in so many

pieces_of = Tokenizer.from_file(str(PRETRAINED / "tokenizer.json"))
pieces_of.no_padding()
pieces_of.no_truncation()


class StanceJudge(nn.Module):
    """The encoder with marks of a statement's parts; cue, content and whole, averaged, decide."""

    def __init__(self):
        super().__init__()
        self.encoder = Encoder([len(PARTS) + 1, 2])
        self.inner = nn.Linear(3 * WIDTH, WIDTH)
        self.outer = nn.Linear(WIDTH, len(CLASSES))

    def forward(self, batch):
        x = self.encoder(batch["pieces"], (batch["parts"], batch["capital"]), batch["present"])
        means = [x[:, 0]]
        for part in (2, 3):
            own = (batch["parts"] == part).unsqueeze(-1).float()
            means.append((x * own).sum(1) / own.sum(1).clamp(min=1))
        return self.outer(torch.relu(self.inner(torch.cat(means, -1))))


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def example(text, row):
    """One statement in its context as pieces, marks and target."""
    spans = [(start, end, number) for number, part in enumerate(PARTS, 1) for start, end in row[part]]
    first, last = min(s for s, _, _ in spans), max(e for _, e, _ in spans)
    start = max(0, first - BEFORE)
    window = text[start : last + AFTER]
    coded = pieces_of.encode(window, add_special_tokens=False)
    pieces, parts, capital = [], [], []
    for piece, (begin, end) in zip(coded.ids, coded.offsets):
        at = start + begin
        pieces.append(piece)
        parts.append(next((n for s, e, n in spans if s <= at < e), 0))
        capital.append(int(window[begin:end][:1].isupper()))
    pieces, parts, capital = cut(pieces, parts, capital)
    return {"pieces": [CLS] + pieces + [SEP], "parts": [0] + parts + [0], "capital": [0] + capital + [0]}


def cut(pieces, parts, capital):
    """Leaves the context out, from both ends, until the statement fits."""
    first = next(i for i, p in enumerate(parts) if p)
    last = len(parts) - next(i for i, p in enumerate(reversed(parts)) if p)
    over = max(0, len(pieces) - LONGEST)
    left = min(first, over)
    right = len(pieces) - min(len(pieces) - last, over - left)
    keep = slice(left, min(right, left + LONGEST))
    return pieces[keep], parts[keep], capital[keep]


def collate(examples):
    batch = {
        "pieces": padded([e["pieces"] for e in examples], 0),
        "parts": padded([e["parts"] for e in examples], 0),
        "capital": padded([e["capital"] for e in examples], 0),
    }
    batch["present"] = padded([[True] * len(e["pieces"]) for e in examples], False)
    return batch


def labelled(labels, articles):
    texts = {row["id"]: row["text"] for row in read(articles)} if isinstance(articles, str) else articles
    rows = []
    for row in read(labels):
        if not row["content"]:
            continue
        one = example(texts[row["article"]], row)
        one["target"] = 3 if "x" in row["flags"] else CLASSES.index(row["stance"])
        one["weight"] = 0.5 if "u" in row["flags"] else 1.0
        one["article"] = row["article"]
        rows.append(one)
    return rows


def train(labels, articles, out):
    torch.manual_seed(SEED)
    draw = random.Random(SEED)
    rows = labelled(labels, articles)
    names = sorted({row["article"] for row in rows})
    kept = set(names[::KEPT_BACK])
    blind = [row for row in rows if row["article"] in kept]
    rows = [row for row in rows if row["article"] not in kept]
    model = StanceJudge()
    model.encoder.start_from_pretrained()
    optimiser = optimizer(model, RATE, FRESH_RATE)
    step, steps = 0, EPOCHS * -(-len(rows) // BATCH)
    for epoch in range(EPOCHS):
        model.train()
        begun, total = time.time(), 0.0
        for batch in in_batches(rows, BATCH, draw):
            set_rates(optimiser, step, steps)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model(collate(batch))
            targets = torch.tensor([e["target"] for e in batch])
            weights = torch.tensor([e["weight"] for e in batch])
            losses = nn.functional.cross_entropy(scores.float(), targets, reduction="none", label_smoothing=0.05)
            loss = (losses * weights).mean()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            total += loss.item()
            if step % 40 == 0:
                print(f"step {step} of {steps}, {time.time() - begun:.0f} s", flush=True)
        mean = total * EPOCHS / steps
        print(f"epoch {epoch + 1}: loss {mean:.4f}, {time.time() - begun:.0f} s; {report(model, blind)}", flush=True)
        torch.save(model.state_dict(), out)


@torch.no_grad()
def probabilities(model, rows):
    """The classes' probabilities for each row, in the rows' order."""
    model.eval()
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]["pieces"]))
    found = [None] * len(rows)
    for at in range(0, len(order), 64):
        some = order[at : at + 64]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = model(collate([rows[i] for i in some]))
        for i, row in zip(some, torch.softmax(scores.float(), -1).tolist()):
            found[i] = row
    return found


def report(model, rows):
    """Accuracy and macro-F1 over statements, as the program for the small model prints them."""
    table = [[0] * 3 for _ in range(3)]
    for row, found in zip(rows, probabilities(model, rows)):
        if row["target"] < 3:
            table[row["target"]][max(range(3), key=lambda c: found[c])] += 1
    right = sum(table[c][c] for c in range(3))
    f1 = [200 * table[c][c] / max(1, sum(table[c]) + sum(row[c] for row in table)) for c in range(3)]
    return f"kept back: accuracy {100 * right / sum(map(sum, table)):.1f}, macro-F1 {sum(f1) / 3:.1f} {table}"


def label(model_path, labels, statements, articles, out):
    model = StanceJudge()
    model.load_state_dict(torch.load(model_path))
    known = {row["article"] for row in read(labels)}
    texts = {row["id"]: row["text"] for row in read(articles) if row["id"] not in known}
    rows = []
    for row in read(statements):
        spans = row["spans"]
        article = row["article"].partition("#")[2]
        if article in texts and spans["content"] and len(row["content"]) <= LONGEST_CONTENT:
            rows.append({"article": article, **{part: spans.get(part) or [] for part in PARTS}})
    examples = [example(texts[row["article"]], row) for row in rows]
    with open(out, "w", encoding="utf-8") as file:
        for row, found in zip(rows, probabilities(model, examples)):
            best = max(range(3), key=lambda c: found[c])
            row |= {"stance": CLASSES[best], "flags": "", "weights": [round(p, 3) for p in found]}
            print(json.dumps(row), file=file)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["train", labels, articles, out]:
            train(labels, articles, out)
        case ["label", model, labels, statements, articles, out]:
            label(model, labels, statements, articles, out)
        case _:
            sys.exit(__doc__)
