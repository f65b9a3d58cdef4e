"""Trains a judge of statements further on what a larger one gives for statements that nobody labelled.

usage: distil.py PASSAGES.jsonl UNLABELLED.jsonl KEPT-BACK.jsonl START.pt TEACHER.pt MODEL.pt [--layers N] [--seed N]

START and TEACHER are models of stance.py, TEACHER of N layers. What both give for the passages of UNLABELLED, averaged, and the
labels of one half of PASSAGES are learned from in one pass (distillation: Hinton, Vinyals and Dean 2015). MODEL is the mean of the
weights before and after it.
"""

import argparse
import copy
import random

import torch
from network import mean
from stance import StanceJudge, fit, learned_and_kept, probabilities, read, report, smoothed

RATES = (5e-5, 1e-4)


def distil(passages, unlabelled, kept_back, start, teacher, out, layers, seed):
    rows, blind = learned_and_kept(passages, kept_back)
    draw = random.Random(seed)
    labelled = draw.sample(rows, len(rows) // 2)
    for row in labelled:
        row["target"] = smoothed(row["class"])
    student = loaded(start)
    before = copy.deepcopy(student.state_dict())
    others = read(unlabelled)
    judged = [probabilities(model, others) for model in (loaded(teacher, layers), student)]
    for row, *given in zip(others, *judged):
        row["target"] = [sum(shares) / len(shares) for shares in zip(*given)]
        row["weight"] = 1.0
    torch.manual_seed(seed)
    fit(student, labelled + others, blind, 1, RATES, draw)
    student.load_state_dict(mean([before, student.state_dict()]))
    print(f"mean of before and after: {report(student, blind)}", flush=True)
    torch.save(student.state_dict(), out)


def loaded(path, *layers):
    """A trained model."""
    model = StanceJudge(*layers)
    model.load_state_dict(torch.load(path))
    return model


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("passages", "unlabelled", "kept_back", "start", "teacher", "model"):
        arguments.add_argument(name)
    arguments.add_argument("--layers", type=int, default=12, help="of the teacher")
    arguments.add_argument("--seed", type=int, default=5, help="of the order of the rows and of what is dropped")
    given = arguments.parse_args()
    distil(
        given.passages,
        given.unlabelled,
        given.kept_back,
        given.start,
        given.teacher,
        given.model,
        given.layers,
        given.seed,
    )
