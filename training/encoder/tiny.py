"""Makes the tiny encoders and their outputs that the program's tests read.

usage: tiny.py FOLDER

Writes `tiny.weights`, a tagger, and `tiny-judge.weights` (two layers of 64, weights drawn from a fixed seed), and `tiny.json`:
word pieces of odd words; the pieces, scores and labels of a few paragraphs; the scores of a few passages; computed in 32 bits
from the weights as they are in the files.
"""

import json
import sys
from pathlib import Path

import attribution
import export
import network
import stance
import torch
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

SEED = 12
WORDS = """the a minister said that bridge would be closed he she we they not never report told asked is was to of in and
for new old law tax bill on by with police mayor city week two three open opposed support supports reject rejected plan says
according spokes woman man 1 2 19 20 cafe naive uber resume e mail u s mr mrs o brien anti"""
ENDINGS = "s ed ing er ly ion al ment woman man ty 0 1 2 3 4 5 6 7 8 9 a b c d e f g h i j k l m n o p q r t u v w x y z"
MARKS = """. , : ; ! ? " ' ( ) - $ % & / ’ ‘ “ ” — – … € ½ ² 中 国 日 本"""
ODD = """The MINISTER said Café naïve Über résumé RÉSUMÉ e-mail U.S Mr. O’Brien don't anti-tax spokeswoman 2019 3.5 $20 §5
中国日本 a中b日 ½ x² ﬁne ǅ İstanbul ẞ straße zero\u200bwidth soft\u00adhyphen no\u00a0break tab\tbed \u0000nul \ufffd
\ue000 e\u0301 n\u0303o ‘‘yes’’ ... -- — “ ” ’ _ a_b @mayor #law €5 ☃ 😀 👍🏽 नमस्ते שלום مرحبا ไทย 한국 ١٢ Ⅳ ａｂｃ unaffable zzz
qqq~qqq ´ ` ^ ¿Qué? \u2028 \u0085 ǆ Σίσυφος ΟΔΟΣ ß"""
LONG = ["a" * 100, "a" * 101, "bridge" * 17, "中" * 101, "1" * 99 + "é"]
PARAGRAPHS = [
    "The Mayor said that the city would be closed .",
    "“ We never opposed the new tax , ” Mrs O’Brien told police . “ It is an old law . ”",
    "According to a spokeswoman , the bill was rejected by the U.S . minister in 2019 ; he supports the plan .",
    "NEW LAW",
    "He asked : is the café open ? " + "The plan says two and three . " * 40,
    "They said no . " * 90,
]


def tokenizer():
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS.split(), *MARKS.split(), *("##" + e for e in ENDINGS.split())]
    numbered = {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}
    made = Tokenizer(WordPiece(numbered, unk_token="[UNK]", max_input_chars_per_word=100))
    made.normalizer = BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=True)
    made.pre_tokenizer = BertPreTokenizer()
    return made


def shrink():
    """Gives the training code the tiny sizes."""
    attribution.pieces_of = tokenizer()
    stance.pieces_of = attribution.pieces_of
    network.WIDTH = attribution.WIDTH = stance.WIDTH = 64
    network.HEADS, network.INNER, network.LAYERS = 4, 128, 2
    network.PIECES = attribution.pieces_of.get_vocab_size()
    attribution.UNKNOWN, attribution.CLS, attribution.SEP = 1, 2, 3
    stance.UNKNOWN, stance.CLS, stance.SEP = 1, 2, 3


@torch.no_grad()
def drawn(model, marks):
    """The model with a tiny encoder and weights from a fixed seed, as they are in its file."""
    torch.manual_seed(SEED)
    model.encoder = network.Encoder(marks, layers=network.LAYERS)
    for name, weights in model.named_parameters():
        if "norm" in name and name.endswith("weight"):
            weights.normal_(1, 0.1)
        elif name in ("start", "after"):
            weights.normal_(0, 1)
        elif name in ("scores.weight", "outer.weight"):
            weights.normal_(0, 0.4)
        else:
            weights.normal_(0, 0.15)
    return export.rounded(model.eval())


@torch.no_grad()
def passages(judge):
    """Passages of the paragraphs' words with the scores of their classes."""
    found = []
    for number, row in enumerate(article()):
        words, quoted = row["words"][:60], row["quoted"][:60]
        parts = [(at * (number + 3) // 7) % 4 for at in range(len(words))] if number else [0] * len(words)
        one = stance.example({"words": words[:], "quoted": quoted[:], "parts": parts[:]})
        scores = [round(score, 4) for score in judge(stance.collate([one]))[0].tolist()]
        found.append({"words": words, "quoted": quoted, "parts": parts, "scores": scores})
    return found


def article():
    rows, inside = [], 0
    for text in PARAGRAPHS:
        words, quoted = text.split(), []
        for word in words:
            inside = 1 if word == "“" else inside
            quoted.append(inside)
            inside = 0 if word == "”" else inside
        rows.append({"words": words, "quoted": quoted, "labels": [0] * len(words)})
    return rows


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    shrink()
    model = drawn(attribution.AttributionTagger(), [attribution.SHAPES, 2])
    export.write(model, export.vocabulary(), folder / "tiny.weights")
    judge = drawn(stance.StanceJudge(), [attribution.SHAPES, 2, stance.PARTS])
    export.write(judge, export.vocabulary(), folder / "tiny-judge.weights")
    odd = [word for word in ODD.split(" ") if word] + LONG
    coded = {word: attribution.pieces_of.encode([word], is_pretokenized=True).ids for word in odd}
    shapes = {word: attribution.shape(word) for word in odd}
    rows = article()
    made = export.outputs(model, attribution.paragraphs({"paragraphs": rows}))
    paragraphs = [{"words": row["words"], "quoted": row["quoted"]} for row in rows]
    kept = {"words": coded, "shapes": shapes, "paragraphs": paragraphs, "examples": made, "passages": passages(judge)}
    (folder / "tiny.json").write_text(json.dumps(kept, ensure_ascii=True) + "\n", encoding="utf-8")
