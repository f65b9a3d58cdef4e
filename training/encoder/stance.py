"""Trains an encoder to judge statements for their stance.

usage: stance.py PASSAGES.jsonl KEPT-BACK.jsonl MODEL.pt [--seeds N ...] [--layers N --start WEIGHTS.safetensors]

PASSAGES are rows of `cargo run --release --example stance-passages`: a label with `{"class", "weight", "words", "quoted",
"parts"}`, so that training sees the very words that the program will see. Classes: oppose, support, neutral, no statement.
The model is the mean of the weights of a run with each seed. With `--layers` and `--start`, it is a larger one that starts from
other weights than those of all-MiniLM-L6-v2: a teacher for `distil.py`. How it judges KEPT-BACK, passages of other articles, is printed after
each epoch.
"""

import argparse
import json
import random
import time

import torch
from attribution import CLS, PIECES_OF_A_WORD, SEP, SHAPES, UNKNOWN, pieces_of, shape
from network import LAYERS, POSITIONS, PRETRAINED, WIDTH, Encoder, drop, in_batches, mean, optimizer, padded, set_rates
from torch import nn

CLASSES = ["oppose", "support", "neutral", "none"]
PARTS = 4
NO_WORD = SHAPES - 1
CUE, CONTENT = 2, 3
EPOCHS = 2
BATCH = 24
RATE, FRESH_RATE = 1e-4, 1e-3
SMOOTHING = 0.05
SEED = 7  # of what starts from nothing


class StanceJudge(nn.Module):
    """The encoder with marks of a statement's parts; whole, cue and content, averaged, decide."""

    def __init__(self, layers=LAYERS):
        super().__init__()
        self.encoder = Encoder([SHAPES, 2, PARTS], layers)
        self.inner = nn.Linear(3 * WIDTH, WIDTH)
        self.outer = nn.Linear(WIDTH, len(CLASSES))

    def forward(self, batch):
        x = self.encoder(batch["pieces"], (batch["shapes"], batch["quoted"], batch["parts"]), batch["present"])
        vectors = [x[:, 0]]
        for part in (CUE, CONTENT):
            own = (batch["parts"] == part).unsqueeze(-1).float()
            vectors.append((x * own).sum(1) / own.sum(1).clamp(min=1))
        vectors = drop(torch.cat(vectors, -1).unsqueeze(1), self.training).squeeze(1)
        return self.outer(torch.relu(self.inner(vectors)))


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [example(json.loads(line)) for line in lines if line.strip()]


def example(row):
    """The passage in pieces, with the rest of the row."""
    coded = pieces_of.encode(row["words"], is_pretokenized=True, add_special_tokens=False)
    by_word = [[] for _ in row["words"]]
    for piece, word in zip(coded.ids, coded.word_ids):
        by_word[word].append(piece)
    made = {"pieces": [CLS], "shapes": [NO_WORD], "quoted": [0], "parts": [0]}
    for word, quoted, part, own in zip(row.pop("words"), row.pop("quoted"), row.pop("parts"), by_word):
        own = (own or [UNKNOWN])[:PIECES_OF_A_WORD]
        for name, mark in (("shapes", shape(word)), ("quoted", quoted), ("parts", part)):
            made[name] += [mark] * len(own)
        made["pieces"] += own
    for name, last in (("pieces", SEP), ("shapes", NO_WORD), ("quoted", 0), ("parts", 0)):
        made[name] = made[name][: POSITIONS - 1] + [last]
    return row | made


def collate(examples):
    batch = {name: padded([e[name] for e in examples], 0) for name in ("pieces", "shapes", "quoted", "parts")}
    batch["present"] = padded([[True] * len(e["pieces"]) for e in examples], False)
    return batch


def train(passages, kept_back, out, seeds, layers, start):
    rows, blind = learned_and_kept(passages, kept_back)
    for row in rows:
        row["target"] = smoothed(row["class"])
    states = []
    for seed in seeds:
        torch.manual_seed(SEED)
        model = StanceJudge(layers)
        model.encoder.start_from_pretrained(start)
        torch.manual_seed(seed)
        fit(model, rows, blind, EPOCHS, (RATE, FRESH_RATE), random.Random(seed))
        states.append(model.state_dict())
    model = StanceJudge(layers)
    model.load_state_dict(mean(states))
    print(f"mean of {len(seeds)} runs: {report(model, blind)}", flush=True)
    torch.save(model.state_dict(), out)


def learned_and_kept(passages, kept_back):
    """The rows of both files, which may have no article in common."""
    rows, blind = read(passages), read(kept_back)
    both = {row["article"] for row in rows} & {row["article"] for row in blind}
    if both:
        raise SystemExit(f"{len(both)} articles kept back are to be learned from, such as {min(both)}")
    return rows, blind


def smoothed(right):
    """What a label asks for: the class, and a little of each."""
    return [SMOOTHING / len(CLASSES) + (1 - SMOOTHING) * (c == right) for c in range(len(CLASSES))]


def fit(model, rows, blind, epochs, rates, draw):
    """Trains the model towards the probabilities that each row has as its `target`, by its `weight`."""
    optimiser = optimizer(model, *rates)
    step, steps = 0, epochs * -(-len(rows) // BATCH)
    for epoch in range(epochs):
        model.train()
        begun, total = time.time(), 0.0
        for batch in in_batches(rows, BATCH, draw):
            set_rates(optimiser, step, steps)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model(collate(batch))
            targets = torch.tensor([e["target"] for e in batch])
            weights = torch.tensor([e["weight"] for e in batch])
            loss = (nn.functional.cross_entropy(scores.float(), targets, reduction="none") * weights).mean()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            total += loss.item()
        loss = total * epochs / steps
        print(f"epoch {epoch + 1}: loss {loss:.4f}, {time.time() - begun:.0f} s; {report(model, blind)}", flush=True)


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
    """Accuracy and macro-F1 over statements, as the program for the small model prints them, and the finding of the others."""
    table = [[0] * 3 for _ in CLASSES]
    left_out, rightly = 0, 0
    for row, found in zip(rows, probabilities(model, rows)):
        table[row["class"]][max(range(3), key=lambda c: found[c])] += 1
        left_out += found[3] > 0.5
        rightly += found[3] > 0.5 and row["class"] == 3
    table, none = table[:3], sum(table[3])
    right = sum(table[c][c] for c in range(3))
    f1 = [200 * table[c][c] / max(1, sum(table[c]) + sum(row[c] for row in table)) for c in range(3)]
    accuracy = 100 * right / sum(map(sum, table))
    return (
        f"kept back: accuracy {accuracy:.1f}, macro-F1 {sum(f1) / 3:.1f} {table}; "
        f"no statement: {left_out} above a half, {rightly} of them rightly, of {none}"
    )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("passages")
    arguments.add_argument("kept_back")
    arguments.add_argument("model")
    arguments.add_argument("--seeds", type=int, nargs="+", default=[2, 3], help="of the order of the rows and of what is dropped")
    arguments.add_argument("--layers", type=int, default=LAYERS)
    arguments.add_argument("--start", default=PRETRAINED, help="weights of a BERT, as safetensors")
    given = arguments.parse_args()
    train(given.passages, given.kept_back, given.model, given.seeds, given.layers, given.start)
