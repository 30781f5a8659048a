"""Deduplication: Wherewithal beside bib-dedupe, on the same files, in the same run.

    python3 run.py wherewithal --version          once, so that .venv is there
    .venv/bin/python benchmarks/deduplication/run.py [--sets respiratory ...] [--large 100000] [--shared ../shared]

Each labelled set goes through ``wherewithal records dedupe`` and through bib-dedupe on one processor, one after the
other, whole process against whole process; processor time is the child process's own, user and system. Our source is
compiled beforehand, as pip compiles the peer's. Clusters of both are held against the labels by the same function,
after transitive closure, and no pair is left out. bib-dedupe is installed into a virtual environment of its own, in a
temporary folder unless --peer names one that has it. ``--large`` also times ours on a made pile of that many records.
``--asysd`` names a folder with the sources of ASySD (its ``R`` folder), which is then run as a third: it needs Rscript
with dplyr, igraph, tidyr, stringr, utf8, rlang, parallelly and RecordLinkage.
"""

from __future__ import annotations

import argparse
import compileall
import csv
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from large import write_pile

from wherewithal.analyse.reviews.records.deduplication.figures import Figures, figures_of

PEER = "bib-dedupe==0.11.0"
HERE = Path(__file__).resolve().parent
NOTICE = re.compile(r"Row (\d+): a notice about the other")
SETS = ("respiratory", "baseline", "haematology", "digital_work")


def main() -> None:
    asked = _arguments()
    compileall.compile_dir(HERE.parents[1] / "src", quiet=1)
    with tempfile.TemporaryDirectory(prefix="deduplication-") as folder:
        work = Path(folder)
        peer = asked.peer or (_installed(work / "peer") if asked.sets else None)
        rows = []
        for name in asked.sets:
            source = asked.shared / "data" / "dedupe" / f"{name}.csv"
            rows.append(_one(name, source, peer, work))
            if asked.asysd:
                rows[-1] |= _asysd(name, source, asked.asysd, work)
            print(_line(rows[-1]), file=sys.stderr, flush=True)
        if rows:
            print(_table(rows))
            if asked.asysd:
                print(_table_of_asysd(rows))
        if asked.large:
            print(_large(asked.large, asked.shared / "data" / "screening", work))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sets", nargs="*", default=list(SETS))
    parser.add_argument("--large", type=int, default=0, help="records of a made pile, ours only")
    shared = os.environ.get("WHEREWITHAL_SHARED") or HERE.parents[2] / "shared"
    parser.add_argument("--shared", type=Path, default=Path(shared))
    parser.add_argument("--peer", type=Path, help="a virtual environment that has bib-dedupe already")
    parser.add_argument("--asysd", type=Path, help="a folder with ASySD's sources: run it as well")
    return parser.parse_args()


def _installed(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin" / "pip", "install", "--quiet", PEER], check=True)
    return folder


def _one(name: str, source: Path, peer: Path, work: Path) -> dict:
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    labels = [row["gold_cluster"] for row in rows]
    theirs = work / f"{name}.json"
    their_seconds, _, said = _run([peer / "bin" / "python", HERE / "peer.py", source, theirs])
    together = {
        row: number for number, cluster in enumerate(json.loads(theirs.read_text())) for row in cluster
    }
    out = work / f"{name}.csv"
    our_seconds, _, figures = _run([_command(), "records", "dedupe", source, "-o", out, "--json"])
    with out.open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    clusters = [row["cluster"] for row in told]
    return {
        "name": name,
        "records": len(rows),
        "their_seconds": their_seconds,
        "our_seconds": our_seconds,
        "their_work": json.loads(said)["processor_seconds"],
        "our_work": json.loads(figures)["processor_seconds"],
        "doubtful": json.loads(figures)["doubtful"],
        "their": figures_of([together.get(row["ID"], row["ID"]) for row in rows], labels),
        "our": figures_of(clusters, labels),
        "with_notices": figures_of(_with_notices(told), labels),
    }


def _with_notices(told: list[dict]) -> list[str]:
    """Our clusters as if a correction, a retraction or a reply were one work with what it is about."""
    cluster_of = {row["row"]: row["cluster"] for row in told}
    one = {cluster: cluster for cluster in cluster_of.values()}

    def first(cluster: str) -> str:
        while one[cluster] != cluster:
            cluster = one[cluster]
        return cluster

    for row in told:
        for other in NOTICE.findall(row["linked"]):
            one[first(row["cluster"])] = first(cluster_of[other])
    return [first(row["cluster"]) for row in told]


def _asysd(name: str, source: Path, sources: Path, work: Path) -> dict:
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    out = work / f"{name}-asysd.json"
    seconds, _, said = _run(["Rscript", HERE / "asysd.R", sources, source, out])
    together = {row: number for number, cluster in enumerate(json.loads(out.read_text())) for row in cluster}
    return {
        "asysd": figures_of(
            [together.get(row["ID"], row["ID"]) for row in rows], [row["gold_cluster"] for row in rows]
        ),
        "asysd_seconds": seconds,
        "asysd_work": json.loads(said)["processor_seconds"],
    }


def _table_of_asysd(rows: list[dict]) -> str:
    lines = [
        f"| {row['name']} | {_shown(row['asysd'])} | {row['asysd'].lost} | {row['asysd_seconds']:.2f} "
        f"| {row['our_seconds']:.2f} | {row['asysd_seconds'] / row['our_seconds']:.0f} | {row['asysd_work']:.2f} "
        f"| {row['our_work']:.2f} | {row['asysd_work'] / row['our_work']:.0f} |"
        for row in rows
    ]
    head = (
        "| set | ASySD F1 (P / R) | lost | whole process s: ASySD | ours | times "
        "| without start and files s: ASySD | ours | times |"
    )
    return "\n".join(["", head, "|---" * (head.count(" | ") + 1) + "|", *lines])


def _command() -> Path:
    return Path(sys.executable).parent / "wherewithal"


def _run(command: list[object]) -> tuple[float, float, str]:
    """Processor seconds, seconds on the clock, and what the child process said last."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    said = subprocess.run([str(part) for part in command], capture_output=True, check=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, time.monotonic() - started, said.stdout.strip().splitlines()[-1]


HEAD = (
    "| set | records | bib-dedupe F1 (P / R) | lost | ours F1 (P / R) | lost | with notices | for a person "
    "| whole process s: bib-dedupe | ours | times | without start and files s: bib-dedupe | ours | times |"
)


def _line(row: dict) -> str:
    return (
        f"| {row['name']} | {row['records']:,} | {_shown(row['their'])} | {row['their'].lost} | {_shown(row['our'])} "
        f"| {row['our'].lost} | {row['with_notices'].f1:.4f} "
        f"| {row['doubtful']} | {row['their_seconds']:.2f} | {row['our_seconds']:.2f} "
        f"| {row['their_seconds'] / row['our_seconds']:.0f} | {row['their_work']:.2f} | {row['our_work']:.2f} "
        f"| {row['their_work'] / row['our_work']:.0f} |"
    )


def _shown(figures: Figures) -> str:
    return f"{figures.f1:.4f} ({figures.precision:.3f} / {figures.recall:.3f})"


def _table(rows: list[dict]) -> str:
    their, our, their_work, our_work = (
        sum(row[key] for row in rows) for key in ("their_seconds", "our_seconds", "their_work", "our_work")
    )
    return "\n".join(
        [
            HEAD,
            "|---" * (HEAD.count(" | ") + 1) + "|",
            *map(_line, rows),
            "",
            f"In sum: bib-dedupe {their:.1f} s, ours {our:.1f} s, {their / our:.1f} times less; "
            f"without start and files {their_work:.1f} s and {our_work:.1f} s, {their_work / our_work:.1f} times less.",
        ]
    )


def _large(size: int, texts: Path, work: Path) -> str:
    pile = work / "large.csv"
    duplicates = write_pile(pile, size, texts)
    command = [_command(), "records", "dedupe", pile, "-o", work / "large-out.csv", "--json"]
    seconds, clock, said = _run(command)
    figures = json.loads(said)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return (
        f"{size:,} made records ({pile.stat().st_size / 1e6:.0f} MB), {duplicates:,} of them copies with "
        f"changes: {figures['merged']:,} merged, {figures['doubtful']} for a person; {clock:.0f} s on the clock, "
        f"{seconds:.0f} s of processor, at most {memory:.0f} MB, reading and writing included."
    )


if __name__ == "__main__":
    main()
