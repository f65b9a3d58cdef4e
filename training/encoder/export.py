"""Writes a trained encoder as the compact file that the program reads, or what it gives for the checks of that file.

usage: export.py tagger MODEL.pt WEIGHTS                      a model of attribution.py
       export.py judge  MODEL.pt WEIGHTS                      a model of stance.py
       export.py labels MODEL.pt TOKENS.jsonl REFERENCE.jsonl what a tagger gives for tokens
       export.py scores MODEL.pt PASSAGES.jsonl REFERENCE.jsonl what a judge gives for passages

WEIGHTS: `OENC`, version, sizes, then little-endian sections, in the order of `write`. Matrices and embeddings are rounded
to 8 bits with one scale a row; all else is 32-bit floats. REFERENCE: a row an article, `{"id", "labels": [[a label for each
word of a group of paragraphs], ...]}`, the end of a paragraph being labelled as outside; or a row a passage, `{"words",
"quoted", "parts", "scores": [of each class]}`. Both are computed in 32 bits from the weights as they were trained.
"""

import json
import struct
import sys

import attribution
import network
import stance
import torch
from attribution import AttributionTagger, collate, examples, read
from stance import StanceJudge
from torch import nn

MAGIC, VERSION = b"OENC", 2


def load(model, path):
    """The model with the weights of a file."""
    model.load_state_dict(torch.load(path))
    return model.eval()


def in_bytes(table):
    """A matrix as whole numbers from -127 to 127 and the scale of each row."""
    scales = table.abs().amax(1).clamp(min=1e-12) / 127
    return (table / scales[:, None]).round().to(torch.int8), scales


@torch.no_grad()
def rounded(model):
    """Puts in place of the weights what is left of them in the file."""
    tables = [model.encoder.pieces, model.encoder.positions]
    tables += [part for layer in model.encoder.layers for part in layer.children() if isinstance(part, nn.Linear)]
    if isinstance(model, StanceJudge):
        tables.append(model.inner)
    for table in tables:
        numbers, scales = in_bytes(table.weight)
        table.weight.copy_(numbers * scales[:, None])
    return model


def write(model, vocabulary, path):
    """Writes the file; `vocabulary` holds the word pieces in the order of their numbers."""
    encoder = model.encoder
    first = encoder.layers[0]
    heads = network.HEADS
    tables = [table.num_embeddings for table in encoder.marks]
    sizes = [
        *(first.mix.in_features, heads, first.widen.out_features, len(encoder.layers)),
        *(encoder.pieces.num_embeddings, encoder.positions.num_embeddings, len(tables), *tables),
    ]
    with open(path, "wb") as file:

        def numbers(tensor):
            file.write(tensor.detach().float().contiguous().numpy().astype("<f4").tobytes())

        def table(matrix):
            whole, scales = in_bytes(matrix.detach())
            numbers(scales)
            file.write(whole.numpy().tobytes())

        def linear(part):
            table(part.weight)
            numbers(part.bias)

        def norm(part):
            numbers(part.weight)
            numbers(part.bias)

        file.write(MAGIC + struct.pack("<I", VERSION))
        file.write(struct.pack(f"<{len(sizes)}I", *sizes))
        text = "\n".join(vocabulary).encode()
        file.write(struct.pack("<I", len(text)) + text)
        table(encoder.pieces.weight)
        table(encoder.positions.weight)
        for mark in encoder.marks:
            numbers(mark.weight)
        norm(encoder.norm)
        for layer in encoder.layers:
            linear(layer.queries_keys_values)
            linear(layer.mix)
            norm(layer.norm_mix)
            linear(layer.widen)
            linear(layer.narrow)
            norm(layer.norm_narrow)
        if isinstance(model, StanceJudge):
            linear(model.inner)
            numbers(model.outer.weight)
            numbers(model.outer.bias)
        else:
            numbers(model.scores.weight)
            numbers(model.scores.bias)
            for scores in model.transitions():
                numbers(scores)


@torch.no_grad()
def outputs(model, article):
    """What the tagger gives for each example of an article."""
    found = []
    for example in examples(article):
        scores = model.emissions(collate([example]))
        rows = [[round(score, 4) for score in row] for row in scores[0].tolist()]
        for word, first in enumerate(example["firsts"]):
            if example["pieces"][first] == attribution.SEP:
                scores[0, word, 1:] = attribution.FORBIDDEN
        labels = model.decode(scores, [len(example["labels"])])[0]
        found.append({"pieces": example["pieces"], "scores": rows, "labels": labels})
    return found


def vocabulary():
    """The word pieces in the order of their numbers."""
    numbered = attribution.pieces_of.get_vocab()
    return sorted(numbered, key=numbered.get)


def write_labels(model, tokens, path):
    ids = [json.loads(line)["id"] for line in open(tokens, encoding="utf-8")]
    with open(path, "w", encoding="utf-8") as file:
        for name, article in zip(ids, read(tokens)):
            print(json.dumps({"id": name, "labels": [e["labels"] for e in outputs(model, article)]}), file=file)


@torch.no_grad()
def write_scores(model, passages, path):
    with open(passages, encoding="utf-8") as lines, open(path, "w", encoding="utf-8") as file:
        for row in map(json.loads, lines):
            kept = {name: row[name] for name in ("words", "quoted", "parts")}
            scores = model(stance.collate([stance.example(row)]))[0].tolist()
            print(json.dumps(kept | {"scores": [round(score, 4) for score in scores]}), file=file)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["tagger", model, weights]:
            write(load(AttributionTagger(), model), vocabulary(), weights)
        case ["judge", model, weights]:
            write(load(StanceJudge(), model), vocabulary(), weights)
        case ["labels", model, tokens, reference]:
            write_labels(load(AttributionTagger(), model), tokens, reference)
        case ["scores", model, passages, reference]:
            write_scores(load(StanceJudge(), model), passages, reference)
        case _:
            sys.exit(__doc__)
