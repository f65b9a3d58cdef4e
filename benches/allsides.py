#!/usr/bin/env python3
"""Indexes and searches a large JSONL file with onrecord, and beside it with SQLite FTS5 on the same rows; then reads a sample
of the rows with each model.

    cargo build --release && cargo bench --no-run
    python3 benches/allsides.py ../shared/data/corpora/allsides.jsonl.zst WORK

Rows are `{"id", "title", "source", "date", "authors", "text"}`. WORK keeps the unpacked file and the indexes. Each program
runs as a process of its own; printed are its wall seconds, its processor seconds and the most memory it held. Python 3,
standard library, and `zstd` to unpack. docs/performance.md explains the figures.
"""

import argparse
import itertools
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# What onrecord is asked, and what FTS5 must be asked to look for the same words.
SEARCHES = [
    ("tariffs", 'text : "tariffs"'),
    ('"border wall"', 'text : "border wall"'),
    ("mexico tariffs", "text : (mexico AND tariffs)"),
    ("climate OR carbon", "text : (climate OR carbon)"),
    ("immigration -wall", "text : (immigration NOT wall)"),
    ("title:impeachment", "title : impeachment"),
    ('"health care" reform', 'text : ("health care" AND reform)'),
    ('outlet:"fox news" sanctions', '{source} : "fox news" AND {text} : sanctions'),
    ("nuclear deal iran", "text : (nuclear AND deal AND iran)"),
    ("president", "text : president"),
]

# What FTS5 has no counterpart for.
STATEMENT_SEARCHES = [
    "opposition statements by Mexico",
    "by:mexico stance:oppose tariffs",
    "by:democratic-party stance:support since:2018",
    "what did Trump say about NATO?",
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path, help="JSONL, or JSONL packed with zstd")
    parser.add_argument("work", type=Path)
    parser.add_argument("--repeat", type=int, default=5, help="runs of each search (default 5)")
    parser.add_argument("--sample", type=int, default=2000, help="rows that each model reads (default 2000)")
    parser.add_argument("--models-only", action="store_true", help="leave out FTS5 and the whole file")
    parser.add_argument("--role", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.role == "fts-index":
        return fts_index(arguments.rows, arguments.work)
    rows = unpacked(arguments.rows, arguments.work)
    if arguments.models_only:
        return compare_models(rows, arguments.work, arguments.sample)
    megabytes = text_megabytes(rows)
    print(f"{rows.name}: {megabytes:.1f} MB of text; {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    compare_indexing(rows, arguments.work, megabytes)
    compare_searching(rows.parent, arguments.work, arguments.repeat)
    compare_models(rows, arguments.work, arguments.sample)


def unpacked(rows, work):
    """Returns the JSONL file in a folder of its own."""
    folder = work / "rows"
    folder.mkdir(parents=True, exist_ok=True)
    plain = folder / rows.name.removesuffix(".zst")
    if not plain.exists():
        if rows.suffix == ".zst":
            subprocess.run(["zstd", "-dq", "--long=27", rows, "-o", plain], check=True)
        else:
            shutil.copyfile(rows, plain)
    return plain


def text_megabytes(rows):
    with open(rows, encoding="utf-8") as lines:
        return sum(len(json.loads(line)["text"].encode()) for line in lines) / 1e6


def compare_indexing(rows, work, megabytes):
    index, bare, database = rows.parent / ".onrecord", work / "bare", work / "fts.db"
    for old in (index, bare):
        shutil.rmtree(old, ignore_errors=True)
    database.unlink(missing_ok=True)
    fts = measured("SQLite FTS5", megabytes, [sys.executable, __file__, rows, database, "--role", "fts-index"])
    alone = measured("onrecord, index alone", megabytes, [bench("index_rows"), rows, bare])
    whole = measured("onrecord index", megabytes, [onrecord(), "index", rows.parent])
    print(f"index alone / FTS5: {alone[0] / fts[0]:.2f} of the time, {alone[1] / fts[1]:.2f} of the processor")
    print(f"onrecord index / FTS5: {whole[0] / fts[0]:.2f} of the time, {whole[1] / fts[1]:.2f} of the processor")
    sizes = [("FTS5", database), ("onrecord, index alone", bare), ("onrecord", index)]
    print("on disk: " + ", ".join(f"{name} {on_disk(path):.0f} MB" for name, path in sizes))


def compare_models(rows, work, sample):
    """Prints how many words a second each model reads into an index, and how quick a search is meanwhile."""
    folder = work / "sample"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with open(rows, encoding="utf-8") as lines:
        taken = list(itertools.islice(lines, sample))
    (folder / "sample.jsonl").write_text("".join(taken), encoding="utf-8")
    words = sum(len(json.loads(line)["text"].split()) for line in taken)
    print(f"\n{len(taken)} rows of {words} words; load {os.getloadavg()[0]:.1f}")
    # The first reads everything, the second reads everything again.
    for model in ["fast", "accurate"]:
        command = [onrecord(), "index", folder, "--model", model]
        wall, processor, memory, printed = run(command, beside=lambda: searched_beside(folder))
        rates = f"{words / wall:8.0f} words a second, {words / processor:8.0f} for each second of a processor"
        print(f"{model:10} {wall:7.1f} s  processor {processor:7.1f} s  {rates}  peak memory {memory:5.0f} MiB")
        for line in printed.splitlines():
            print(f"    {line}")


def searched_beside(folder):
    """Searches while the index is written, where there is something to search; prints what it took."""
    if (folder / ".onrecord/format.json").exists():
        time.sleep(1)
        wall, _, _, printed = run([onrecord(), "search", "unit:articles president", "--in", folder, "--no-facets"])
        hits = [line for line in printed.splitlines() if line.endswith(("article", "articles"))]
        print(f"    a search meanwhile: {wall * 1e3:.0f} ms, {', '.join(hits)}")


def on_disk(path):
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


def onrecord():
    return ROOT / "target/release/onrecord"


def bench(name):
    """Returns a benchmark as `cargo bench --no-run` built it last."""
    found = [file for file in (ROOT / "target/release/deps").glob(f"{name}-*") if not file.suffix]
    if not found:
        sys.exit(f"no benchmark {name}; run `cargo bench --no-run`")
    return max(found, key=lambda file: file.stat().st_mtime)


def measured(name, megabytes, command):
    """Runs a command and prints what it took; returns wall and processor seconds."""
    wall, processor, memory, printed = run(command)
    rate = f"{megabytes / wall:6.2f} MB of text a second"
    print(f"{name:24} {wall:7.1f} s  processor {processor:7.1f} s  {rate}  peak memory {memory:5.0f} MiB")
    for line in printed.splitlines():
        print(f"    {line}")
    return wall, processor


def run(command, beside=lambda: None):
    """Returns wall seconds, processor seconds, peak memory in MiB and standard output of a command; does something beside it."""
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True)
    beside()
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with exit status {process.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, printed


def fts_index(rows, database):
    """Loads the rows into FTS5, the same fields in the same order, in one transaction."""
    def fields():
        with open(rows, encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                authors = row["authors"] if isinstance(row["authors"], str) else ", ".join(row["authors"] or [])
                yield row["id"], row["title"], row["source"], row["date"], authors, row["text"]

    connection = sqlite3.connect(database)
    connection.execute("CREATE VIRTUAL TABLE article USING fts5(id UNINDEXED, title, source, date, authors, text)")
    connection.executemany("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?)", fields())
    connection.commit()
    connection.close()


def compare_searching(folder, work, repeat):
    """Prints milliseconds, the best of some runs: a whole process (and its processor time), a warm search without and
    with seven facets; the same of FTS5, which has no facets."""
    database = work / "fts.db"
    connection = sqlite3.connect(database)
    asked = [f"unit:articles {question}" for question, _ in SEARCHES] + STATEMENT_SEARCHES
    warm = [json.loads(line) for line in run([bench("search_index"), folder / ".onrecord", *asked])[3].splitlines()]
    print(f"\n{'milliseconds':46} {'process':>8} {'cpu':>6} {'warm':>6} {'facets':>7} {'hits':>6} | {'FTS5':>6} {'warm':>6} {'hits':>6}")
    for number, found in enumerate(warm):
        process, processor = quickest([onrecord(), "search", asked[number], "--in", folder, "--no-update"], repeat)
        line = f"{asked[number]:46} {process:8.1f} {processor:6.1f} {found['plain']:6.1f} {found['facets']:7.1f} {found['total']:6} |"
        if number < len(SEARCHES):
            match = SEARCHES[number][1]
            process, _ = quickest(["sqlite3", database, fts_query(match)], repeat)
            again = min(timed(lambda: connection.execute(fts_query(match)).fetchall()) for _ in range(repeat))
            (hits,) = connection.execute("SELECT count(*) FROM article WHERE article MATCH ?", [match]).fetchone()
            line += f" {process:6.1f} {again * 1e3:6.1f} {hits:6}"
        print(line)


def quickest(command, repeat):
    """Returns the least wall and processor milliseconds of some runs."""
    runs = [run(command) for _ in range(repeat)]
    return min(wall for wall, *_ in runs) * 1e3, min(processor for _, processor, *_ in runs) * 1e3


def fts_query(match):
    """The ten best hits with a snippet, and how many there are: what `search` prints."""
    quoted = match.replace("'", "''")
    hits = f"SELECT id, title, snippet(article, 5, '[', ']', '...', 30) FROM article WHERE article MATCH '{quoted}' ORDER BY rank LIMIT 10"
    return f"SELECT count(*), (SELECT group_concat(id || title) FROM ({hits})) FROM article WHERE article MATCH '{quoted}'"


def timed(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
