"""Tests of floors.py on tables made up for them."""

import contextlib
import io
import os
import tempfile
import unittest

import floors

TABLES = """\
== gold: who said what, for or against
2 articles, 9 gold statements, 8 predicted
found                  P  80.0  R  70.0  F1  74.7
full                   P  42.1  R  39.4  F1  40.7
query                  P  50.0  R  36.0  F1  41.9
query, states but US   P   5.6  R   5.6  F1   5.6
== PolNeAR dev: attribution
all: 20 gold, 17 predicted
  content iou50          P  76.6  R  62.6  F1  68.9
  source of 13 iou50 pairs: right 86.5%  head 85.6%  exact 79.9%
  joint iou50 + source   P  66.2  R  54.2  F1  59.6
direct: 3 gold, 3 predicted
  content iou50          P  94.6  R  92.8  F1  93.7
  joint iou50 + source   P  81.7  R  81.2  F1  81.4
indirect: 15 gold, 11 predicted
  joint iou50 + source   P  60.8  R  45.2  F1  51.8
== PLV dev: stance of sentences that report a statement
plv_dev.jsonl: 5 records, 4 answered
  stance3 macro-F1 0.589 [0.553-0.623] acc 0.599 lenient 0.764
  stance5 macro-F1 0.346 acc 0.559
== wcxb-dev: text, title, date from HTML
date n=6 P=0.870 R=0.991 acc=0.863 F=0.927
text n=7 mean word F1=0.942
     shingle P=0.929 R=0.950 F1=0.939
== trafilatura: text, title, date from HTML
date n=1 P=0.774 R=1.000 acc=0.774 F=0.873
== htmldate: text, title, date from HTML
date n=8 P=0.902 R=0.990 acc=0.894 F=0.944
== NGEC dev: actor phrase (at a date) to country
ngec.jsonl: 5 records, 4 answered
  actors source_n 5 source_hit 0.610 source_exact 0.600 none_n 2 none_right 1.000
== kept back: statements of articles that nothing was learned from
found                  P  81.0  R  71.0  F1  75.7
full                   P  43.1  R  38.4  F1  40.6
query                  P  51.0  R  37.0  F1  42.9
"""

FIGURES = {
    ("gold", "found"): 74.7,
    ("gold", "full"): 40.7,
    ("gold", "query"): 41.9,
    ("kept-back", "found"): 75.7,
    ("kept-back", "full"): 40.6,
    ("kept-back", "query"): 42.9,
    ("polnear", "joint"): 59.6,
    ("polnear", "direct"): 81.4,
    ("plv", "macro_f1"): 0.589,
    ("ngec", "source_hit"): 0.61,
    ("wcxb-dev", "word_f1"): 0.942,
    ("htmldate", "date_f"): 0.944,
}


def run(floors_text, tables):
    """Returns the exit status and what was printed."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("floors.toml", "tables.txt")]
        for path, text in zip(paths, (floors_text, tables)):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            status = floors.main(paths[0], "fast", paths[1])
    return status, printed.getvalue()


class Floors(unittest.TestCase):
    def test_every_measure_is_found_in_its_own_set(self):
        for (name, measure), figure in FIGURES.items():
            self.assertEqual(floors.figure(TABLES, name, measure), figure, (name, measure))

    def test_every_known_measure_is_in_the_sample(self):
        known = {(name, measure) for name, (_, patterns) in floors.MEASURES.items() for measure in patterns}
        self.assertEqual(known, set(FIGURES))

    def test_a_set_does_not_lend_its_figures(self):
        without = TABLES.replace("== htmldate", "== other")
        self.assertIsNone(floors.figure(without, "htmldate", "date_f"))
        without = TABLES.replace("direct: 3 gold", "mixed: 3 gold")
        self.assertIsNone(floors.figure(without, "polnear", "direct"))

    def test_floors_that_are_reached_pass(self):
        status, printed = run("[fast.gold]\nfound = 74.7\n[fast.plv]\nmacro_f1 = 0.5\n", TABLES)
        self.assertEqual(status, 0)
        self.assertIn("2 of 2 floors reached", printed)

    def test_a_figure_below_its_floor_fails(self):
        status, printed = run("[fast.gold]\nfound = 60\n[fast.plv]\nmacro_f1 = 0.70\n", TABLES)
        self.assertEqual(status, 1)
        self.assertRegex(printed, r"plv +macro_f1 +0\.7 +0\.589  BELOW")
        self.assertIn("1 of 2 floors reached", printed)

    def test_a_figure_that_is_not_printed_fails(self):
        cut_short = TABLES[: TABLES.index("== NGEC")]
        status, printed = run("[fast.gold]\nfound = 60\n[fast.ngec]\nsource_hit = 0.45\n", cut_short)
        self.assertEqual(status, 1)
        self.assertRegex(printed, r"ngec +source_hit +0\.45 +-  MISSING")

    def test_a_floor_that_nobody_knows_fails(self):
        for text in ("[fast.gold]\nfuond = 60\n", "[fast.golden]\nfound = 60\n"):
            self.assertEqual(run(text, TABLES)[0], 1)

    def test_no_floors_of_the_model_fail(self):
        for text in ("", "[accurate.gold]\nfound = 60\n"):
            status, printed = run(text, TABLES)
            self.assertEqual(status, 1)
            self.assertIn("no floor for the model `fast`", printed)

    def test_floors_of_an_unknown_model_fail(self):
        status, printed = run("[fast.gold]\nfound = 60\n[acurate.gold]\nfound = 60\n", TABLES)
        self.assertEqual(status, 1)
        self.assertIn("nobody checks `acurate`", printed)

    def test_floors_of_the_other_model_do_not_count(self):
        text = "[fast.gold]\nfound = 74\n[accurate.gold]\nfound = 90\n"
        self.assertEqual(run(text, TABLES)[0], 0)


if __name__ == "__main__":
    unittest.main()
