"""Trains an encoder to tag the tokens of articles as source, cue and content of attributions.

usage: attribution.py ARTICLES.jsonl MODEL.pt [--dev DEV.jsonl] [--epochs N...]

Articles are rows of `cargo run --release --example label-tokens`: `{"id", "paragraphs": [{"words": [...], "quoted":
[0, 1, ...], "labels": [0 to 6, ...]}]}`, so that training sees the very tokens that the program will see. Labels: 0
outside; 1, 3, 5 begin a source, a cue, a content; 2, 4, 6 go on with one. Every twelfth article is kept back.

There is a run for each number of epochs. The runs start from the same weights and differ in the order of the examples and
in what is dropped; the model is the mean of their weights (model soups: Wortsman et al. 2022).
"""

import argparse
import json
import random
import time

import torch
from network import PRETRAINED, WIDTH, Encoder, drop, in_batches, mean, optimizer, padded, set_rates
from tokenizers import Tokenizer
from torch import nn

LABELS = 7
SHAPES = 7
CLS, SEP, UNKNOWN = 101, 102, 100
LONGEST = 256  # pieces of an example; a group of paragraphs
LONGEST_PARAGRAPH = 250  # words; longer ones are cut
PIECES_OF_A_WORD = 8
BATCH = 12
RATE, FRESH_RATE = 2e-4, 1e-3
SEED = 1
KEPT_BACK = 12
FORBIDDEN = -1e4

pieces_of = Tokenizer.from_file(str(PRETRAINED.parent / "tokenizer.json"))
pieces_of.no_padding()
pieces_of.no_truncation()


class AttributionTagger(nn.Module):
    """The encoder with a linear-chain conditional random field over the first pieces of words."""

    def __init__(self):
        super().__init__()
        self.encoder = Encoder([SHAPES, 2])
        self.scores = nn.Linear(WIDTH, LABELS)
        self.after = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.start = nn.Parameter(torch.zeros(LABELS))
        forbidden = torch.zeros(LABELS + 1, LABELS)
        for inside in (2, 4, 6):
            forbidden[:, inside] = FORBIDDEN
            forbidden[inside - 1 : inside + 1, inside] = 0
        self.register_buffer("forbidden", forbidden, persistent=False)

    def emissions(self, batch):
        """Scores of the labels for each word: [rows, words, LABELS]."""
        x = self.encoder(batch["pieces"], (batch["shapes"], batch["quoted"]), batch["present"])
        firsts = batch["firsts"].unsqueeze(-1).expand(-1, -1, WIDTH)
        return self.scores(drop(x.gather(1, firsts), self.training))

    def transitions(self):
        return self.start + self.forbidden[LABELS], self.after + self.forbidden[:LABELS]

    def loss(self, emissions, labels, counted):
        """Negative log-likelihood of the labels, summed over the rows."""
        start, after = self.transitions()
        one = labels.unsqueeze(-1)
        own = emissions.gather(2, one).squeeze(-1)
        steps = (after[labels[:, :-1], labels[:, 1:]] + own[:, 1:]) * counted[:, 1:]
        gold = start[labels[:, 0]] + own[:, 0] + steps.sum(1)
        total = start + emissions[:, 0]
        for at in range(1, labels.shape[1]):
            following = torch.logsumexp(total.unsqueeze(2) + after, 1) + emissions[:, at]
            total = torch.where(counted[:, at : at + 1] > 0, following, total)
        return (torch.logsumexp(total, 1) - gold).sum()

    @torch.no_grad()
    def decode(self, emissions, lengths):
        """The likeliest labels of each row (Viterbi)."""
        start, after = self.transitions()
        found = []
        for scores, length in zip(emissions, lengths):
            best, back = start + scores[0], []
            for at in range(1, length):
                top, origin = (best.unsqueeze(1) + after).max(0)
                best = top + scores[at]
                back.append(origin)
            labels = [int(best.argmax())]
            for origin in reversed(back):
                labels.append(int(origin[labels[-1]]))
            found.append(labels[::-1])
        return found


def shape(word):
    """0 lower case, 1 capitalised, 2 capitals, 3 mixed, 4 number, 5 mark; 6 is no word."""
    if not any(c.isalnum() for c in word):
        return 5
    if word[0].isdigit():
        return 4
    if word.islower():
        return 0
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if word[0].isupper() else 3


def paragraphs(article):
    """The article's paragraphs as pieces, cut where they are too long."""
    found = []
    for paragraph in article["paragraphs"]:
        for at in range(0, len(paragraph["words"]), LONGEST_PARAGRAPH):
            part = slice(at, at + LONGEST_PARAGRAPH)
            labels = paragraph["labels"][part]
            if at and labels[0] in (2, 4, 6):
                labels[0] -= 1
            found.append(in_pieces(paragraph["words"][part], paragraph["quoted"][part], labels))
    return found


def in_pieces(words, quoted, labels):
    coded = pieces_of.encode(words, is_pretokenized=True, add_special_tokens=False)
    by_word = [[] for _ in words]
    for piece, word in zip(coded.ids, coded.word_ids):
        by_word[word].append(piece)
    made = {"pieces": [], "shapes": [], "quoted": [], "firsts": [], "labels": labels}
    for word, inside, own in zip(words, quoted, by_word):
        own = (own or [UNKNOWN])[:PIECES_OF_A_WORD]
        made["firsts"].append(len(made["pieces"]))
        made["pieces"] += own
        made["shapes"] += [shape(word)] * len(own)
        made["quoted"] += [inside] * len(own)
    return made


def examples(paragraphs, draw=None):
    """Neighbouring paragraphs joined up to a length; where `draw` is given, the first joint falls anywhere."""
    found, group, size = [], [], 1
    limit = draw.randint(40, LONGEST) if draw else LONGEST
    for paragraph in paragraphs:
        more = len(paragraph["pieces"]) + 1
        if group and size + more > limit:
            found.append(joined(group))
            group, size, limit = [], 1, LONGEST
        group.append(paragraph)
        size += more
    if group:
        found.append(joined(group))
    return found


def joined(group):
    """`[CLS] paragraph [SEP] paragraph [SEP]`; each SEP is a word with the label 0, which closes what is open."""
    made = {"pieces": [CLS], "shapes": [6], "quoted": [0], "firsts": [], "labels": []}
    for paragraph in group:
        base = len(made["pieces"])
        made["firsts"] += [base + first for first in paragraph["firsts"]]
        for part, close in (("pieces", SEP), ("shapes", 6), ("quoted", 0), ("labels", 0)):
            made[part] += paragraph[part] + [close]
        made["firsts"].append(len(made["pieces"]) - 1)
    for part in ("pieces", "shapes", "quoted"):
        made[part] = made[part][:512]
    made["firsts"] = [min(first, 511) for first in made["firsts"]]
    return made


def collate(group):
    batch = {part: padded([e[part] for e in group], 0) for part in ("pieces", "shapes", "quoted", "firsts", "labels")}
    batch["present"] = padded([[True] * len(e["pieces"]) for e in group], False)
    batch["counted"] = padded([[1.0] * len(e["labels"]) for e in group], 0.0)
    return batch


def batches(articles, draw):
    """One pass over the articles, whose paragraphs are joined anew each time."""
    return in_batches([e for article in articles for e in examples(article, draw)], BATCH, draw)


def trained(used, run, epochs, tell):
    """The model of one run; `tell` is called with it after each epoch."""
    torch.manual_seed(SEED)
    model = AttributionTagger()
    model.encoder.start_from_pretrained()
    torch.manual_seed(run)
    draw = random.Random(run)
    optimiser = optimizer(model, RATE, FRESH_RATE)
    step = 0
    for epoch in range(epochs):
        model.train()
        begun, total, words = time.time(), 0.0, 0
        all_batches = batches(used, draw)
        for number, group in enumerate(all_batches, 1):
            set_rates(optimiser, step, epochs * len(all_batches))
            batch = collate(group)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                emissions = model.emissions(batch)
            counted = batch["counted"].sum()
            loss = model.loss(emissions.float(), batch["labels"], batch["counted"]) / counted
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            total += loss.item()
            words += int(counted)
            if number % 20 == 0:
                seconds = time.time() - begun
                print(f"{number} of {len(all_batches)}: loss {total / number:.4f}, {words / seconds:.0f} words/s", flush=True)
        print(f"run {run}, epoch {epoch + 1}: {time.time() - begun:.0f} s", flush=True)
        tell(model)
    return model


def train(articles, dev, out, epochs):
    blind, used = articles[::KEPT_BACK], [a for i, a in enumerate(articles) if i % KEPT_BACK]

    def tell(model):
        print(f"  kept back: {span_scores(model, blind)}", flush=True)
        if dev:
            print(f"  dev: {span_scores(model, dev)}", flush=True)

    states = [trained(used, run, passes, tell).state_dict() for run, passes in enumerate(epochs, 1)]
    model = AttributionTagger()
    model.load_state_dict(mean(states))
    print(f"mean of {len(epochs)} runs", flush=True)
    tell(model)
    torch.save(model.state_dict(), out)


@torch.no_grad()
def span_scores(model, articles):
    """F1 of exact spans by role."""
    model.eval()
    rows = sorted((e for article in articles for e in examples(article)), key=lambda e: len(e["pieces"]))
    right, found, gold = [0] * 3, [0] * 3, [0] * 3
    for at in range(0, len(rows), 32):
        group = rows[at : at + 32]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            emissions = model.emissions(collate(group)).float()
        for row, labels in zip(group, model.decode(emissions, [len(e["labels"]) for e in group])):
            ours, theirs = spans(labels), spans(row["labels"])
            for role in range(3):
                own, given = {s for s in ours if s[0] == role}, {s for s in theirs if s[0] == role}
                right[role] += len(own & given)
                found[role] += len(own)
                gold[role] += len(given)
    f1 = [200 * right[r] / max(1, found[r] + gold[r]) for r in range(3)]
    return "source {:.1f}, cue {:.1f}, content {:.1f}".format(*f1)


def spans(labels):
    """(role, first, end) of each span."""
    found, start = [], None
    for at, label in enumerate(labels + [0]):
        if start is not None and (label == 0 or label % 2 == 1):
            found.append(((labels[start] - 1) // 2, start, at))
            start = None
        if label % 2 == 1:
            start = at
    return set(found)


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [paragraphs(json.loads(line)) for line in lines]


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("articles")
    arguments.add_argument("model")
    arguments.add_argument("--dev")
    arguments.add_argument("--epochs", type=int, nargs="+", default=[5, 6], help="of each run")
    given = arguments.parse_args()
    train(read(given.articles), read(given.dev) if given.dev else None, given.model, given.epochs)
