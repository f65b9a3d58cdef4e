#!/usr/bin/env python3
"""Indexes and searches a large JSONL file with onrecord, and beside it with SQLite FTS5 on the same rows.

    cargo build --release && cargo bench --no-run
    python3 benches/allsides.py ../shared/data/corpora/allsides.jsonl.zst WORK

Rows are `{"id", "title", "source", "date", "authors", "text"}`. WORK keeps the unpacked file and the indexes. Each program
runs as a process of its own; printed are its wall seconds, its processor seconds and the most memory it held. Python 3,
standard library, and `zstd` to unpack. docs/performance.md explains the figures.
"""

import argparse
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
    ("outlet:reuters sanctions", "{source} : reuters AND {text} : sanctions"),
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
    parser.add_argument("--role", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.role == "fts-index":
        return fts_index(arguments.rows, arguments.work)
    rows = unpacked(arguments.rows, arguments.work)
    megabytes = text_megabytes(rows)
    print(f"{rows.name}: {megabytes:.1f} MB of text; {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    compare_indexing(rows, arguments.work, megabytes)
    compare_searching(rows.parent, arguments.work, arguments.repeat)


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


def run(command):
    """Returns wall seconds, processor seconds, peak memory in MiB and standard output of a command."""
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True)
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
    """Prints milliseconds, the best of some runs: a whole process, a warm search, a warm search with seven facets."""
    database = work / "fts.db"
    connection = sqlite3.connect(database)
    asked = [f"unit:articles {question}" for question, _ in SEARCHES] + STATEMENT_SEARCHES
    warm = [json.loads(line) for line in run([bench("search_index"), folder / ".onrecord", *asked])[3].splitlines()]
    print(f"\n{'milliseconds':36} {'process':>8} {'warm':>8} {'facets':>8} {'hits':>7} | FTS5 {'process':>8} {'warm':>8} {'hits':>7}")
    for number, found in enumerate(warm):
        command = [onrecord(), "search", asked[number], "--in", folder, "--no-update"]
        process = best(repeat, lambda: run(command)[0])
        line = f"{asked[number]:36} {process:8.1f} {found['plain']:8.1f} {found['facets']:8.1f} {found['total']:7} |"
        if number < len(SEARCHES):
            match = SEARCHES[number][1]
            process = best(repeat, lambda: run(["sqlite3", database, fts_query(match)])[0])
            again = best(repeat, lambda: timed(lambda: connection.execute(fts_query(match)).fetchall()))
            (hits,) = connection.execute("SELECT count(*) FROM article WHERE article MATCH ?", [match]).fetchone()
            line += f"      {process:8.1f} {again:8.1f} {hits:7}"
        print(line)


def fts_query(match):
    """The ten best hits with a snippet, and how many there are: what `search` prints."""
    quoted = match.replace("'", "''")
    hits = f"SELECT id, title, snippet(article, 5, '[', ']', '...', 30) FROM article WHERE article MATCH '{quoted}' ORDER BY rank LIMIT 10"
    return f"SELECT count(*), (SELECT group_concat(id || title) FROM ({hits})) FROM article WHERE article MATCH '{quoted}'"


def best(repeat, measure):
    """Returns the least of some measures, in milliseconds."""
    return min(measure() for _ in range(repeat)) * 1e3


def timed(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
