"""Makes the tiny tagger and its outputs that the program's tests read.

usage: tiny.py FOLDER

Writes `tiny.weights` (two layers of 64, weights drawn from a fixed seed) and `tiny.json`: word pieces of odd words, and
the pieces, scores and labels of a few paragraphs, computed in 32 bits from the weights as they are in the file.
"""

import json
import sys
from pathlib import Path

import attribution
import export
import network
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
    network.WIDTH = attribution.WIDTH = 64
    network.HEADS, network.INNER, network.LAYERS = 4, 128, 2
    network.PIECES = attribution.pieces_of.get_vocab_size()
    attribution.UNKNOWN, attribution.CLS, attribution.SEP = 1, 2, 3


@torch.no_grad()
def tagger():
    torch.manual_seed(SEED)
    model = attribution.AttributionTagger()
    model.encoder = network.Encoder([attribution.SHAPES, 2], layers=network.LAYERS)
    for name, weights in model.named_parameters():
        if "norm" in name and name.endswith("weight"):
            weights.normal_(1, 0.1)
        elif name in ("start", "after"):
            weights.normal_(0, 1)
        elif name == "scores.weight":
            weights.normal_(0, 0.4)
        else:
            weights.normal_(0, 0.15)
    return export.rounded(model.eval())


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
    model = tagger()
    export.write(model, export.vocabulary(), folder / "tiny.weights")
    odd = [word for word in ODD.split(" ") if word] + LONG
    coded = {word: attribution.pieces_of.encode([word], is_pretokenized=True).ids for word in odd}
    shapes = {word: attribution.shape(word) for word in odd}
    rows = article()
    made = export.outputs(model, attribution.paragraphs({"paragraphs": rows}))
    paragraphs = [{"words": row["words"], "quoted": row["quoted"]} for row in rows]
    kept = {"words": coded, "shapes": shapes, "paragraphs": paragraphs, "examples": made}
    (folder / "tiny.json").write_text(json.dumps(kept, ensure_ascii=True) + "\n", encoding="utf-8")
