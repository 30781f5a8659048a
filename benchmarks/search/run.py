"""The library's search beside tantivy and bm25s, on 170,000 records and 5,000 programmes, with the same questions.

    python3 run.py wherewithal --version          once, so that .venv is there
    .venv/bin/python benchmarks/search/run.py [--engines ours tantivy bm25s] [--shared ../shared] [--peers FOLDER]

Records are the shared reviews' and deduplication sets', spliced to 170,000 with a fixed seed; programmes are made from
the real rows with varied names (``corpus.py``). Each engine builds, and then searches, in a process of its own. The
peers are installed into a virtual environment in a temporary folder, unless --peers names one that has them. Speed is
over known-item questions (four random words of a title, plain and with one letter wrong), whole programme names and
topic questions (``topics.toml``), for 25 results with and without counting ten facets.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from statistics import mean
from typing import Any

HERE = Path(__file__).resolve().parent
PEERS = ("tantivy==0.27.0", "bm25s==0.3.16", "numba", "PyStemmer", "orjson")
CHOSEN_ON = "the half the settings were chosen on"
OTHER = "the other half"


def main() -> None:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="search-") as name:
        work = Path(name)
        questions, records = work / "questions.json", work / "records.jsonl"
        made = _measured(sys.executable, "make", asked.shared / "data", questions, records)
        print(
            f"{made['records']:,} things, {made['real']:,} of them real records", file=sys.stderr, flush=True
        )
        peers = asked.peers or (_installed(work / "peers") if set(asked.engines) - {"ours"} else None)
        figures = {}
        for engine in asked.engines:
            python = sys.executable if engine == "ours" else str(peers / "bin" / "python")
            figures[engine] = {
                **_measured(python, "build", engine, records, work / engine),
                **_measured(python, "search", engine, questions, work / engine),
            }
            print(f"{engine} measured", file=sys.stderr, flush=True)
    print(_table(figures))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--engines", nargs="+", default=["ours", "tantivy", "bm25s"])
    shared = os.environ.get("WHEREWITHAL_SHARED") or HERE.parents[2] / "shared"
    parser.add_argument("--shared", type=Path, default=Path(shared))
    parser.add_argument("--peers", type=Path, help="a virtual environment that has the peers already")
    return parser.parse_args()


def _installed(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin" / "pip", "install", "--quiet", *PEERS], check=True)
    return folder


def _measured(python: str, *step: object) -> dict[str, Any]:
    command = [python, str(HERE / "measure.py"), *map(str, step)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def _table(figures: dict[str, dict[str, Any]]) -> str:
    rows: list[tuple[str, list[float | None], int]] = []

    def row(name: str, key: str, places: int) -> None:
        rows.append((name, [own.get(key) for own in figures.values()], places))

    row("index built, s", "build_seconds", 1)
    row("index built, s of processor", "build_processor_seconds", 1)
    row("memory to build, MB", "build_memory", 0)
    row("index on disk, MB", "size", 0)
    row("opened, s", "open_seconds", 2)
    row("memory to search, MB over base", "memory", 0)
    row("of it, not shared with the file, MB", "own_memory", 0)
    for name, key in (("search", "plain"), ("search with ten facets", "facets")):
        for clock, ending in (("ms", ""), ("ms of processor", "_processor")):
            for part in (50, 95, 99):
                row(f"{name}, {clock}, p{part}", f"{key}{ending}_p{part}", 1)
    row("known item in the first 10", "known", 3)
    row("known item with one letter wrong", "mistyped", 3)
    row("programme by its name", "programmes", 3)
    for kind, name in (("published", "published topics"), ("words", "words of included titles")):
        for first in (100, 1000):
            for half in (CHOSEN_ON, OTHER):
                for ending, how in (("", ""), ("_any", ", any word")):
                    key = f"{kind}_{first}{ending}"
                    if ending and all(own[key] == own[f"{kind}_{first}"] for own in figures.values()):
                        continue
                    recalls = [_recall(own[key], half) for own in figures.values()]
                    rows.append((f"recall@{first}, {name}, {half}{how}", recalls, 3))
    names = list(figures)
    head = ["", *names, *(f"ours / {name}" for name in names[1:] if names[0] == "ours")]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for name, values, places in rows:
        cells = ["" if value is None else f"{value:,.{places}f}" for value in values]
        ratios = [f"{values[0] / other:.2f}" if other else "" for other in values[1:] if names[0] == "ours"]
        lines.append(f"| {' | '.join([name, *cells, *ratios])} |")
    return "\n".join(lines)


def _recall(by_review: dict[str, float], half: str) -> float:
    """Mean over every second review by name: the settings were chosen on the first, the third ..."""
    chosen = sorted(by_review)[0 if half == CHOSEN_ON else 1 :: 2]
    return mean(by_review[review] for review in chosen)


if __name__ == "__main__":
    main()
