"""Measures one step of one engine in a process of its own, and prints the figures as JSON. ``run.py`` calls it.

measure.py make SHARED QUESTIONS RECORDS          records and questions once, as JSON
measure.py build ENGINE RECORDS FOLDER            seconds and memory to build
measure.py search ENGINE QUESTIONS FOLDER         milliseconds, memory and answers
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from statistics import mean
from typing import Any

from corpus import Record, corpus
from engines import ENGINES


def make(shared: Path, questions: Path, records: Path) -> dict[str, Any]:
    made = corpus(shared)
    with records.open("w", encoding="utf-8") as file:
        for each in made.records:
            file.write(json.dumps(asdict(each)) + "\n")
    told = {
        "topics": [{**asdict(topic), "relevant": sorted(topic.relevant)} for topic in made.topics],
        "known": [asdict(item) for item in made.known],
        "mistyped": [asdict(item) for item in made.mistyped],
        "programmes": [asdict(item) for item in made.programmes],
    }
    questions.write_text(json.dumps(told), encoding="utf-8")
    return {"records": len(made.records), "real": made.real}


def build(engine: str, records: Path, folder: Path) -> dict[str, Any]:
    folder.mkdir(parents=True)
    before = _memory("VmRSS")
    started, processor = time.perf_counter(), time.process_time()
    ENGINES[engine]().build(_records(records), folder)
    return {
        "build_seconds": time.perf_counter() - started,
        "build_processor_seconds": time.process_time() - processor,
        "build_memory": _memory("VmHWM") - before,
        "size": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6,
    }


def _records(path: Path) -> Iterator[Record]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield Record(row["key"], row["title"], row["text"], tuple(row["names"]), row["facets"])


def search(engine: str, questions: Path, folder: Path) -> dict[str, Any]:
    asked = json.loads(questions.read_text(encoding="utf-8"))
    own = ENGINES[engine]()
    before = _memory("VmRSS")
    started = time.perf_counter()
    own.open(folder)
    own.search("children", 25, False)  # whatever it compiles or maps at first
    figures: dict[str, Any] = {"open_seconds": time.perf_counter() - started}
    typed = [item["query"] for name in ("known", "mistyped", "programmes") for item in asked[name]]
    typed += [topic["query"] for topic in asked["topics"]] * 3
    for name, facets in (("plain", False), ("facets", True)):
        took = [_seconds(own, query, facets) for query in typed]
        for clock, seconds in zip(("", "_processor"), map(sorted, zip(*took, strict=True)), strict=True):
            figures |= {
                f"{name}{clock}_p{part}": 1000 * seconds[min(len(took) - 1, int(len(took) * part / 100))]
                for part in (50, 95, 99)
            }
    for name in ("known", "mistyped", "programmes"):
        figures[name] = mean(item["key"] in own.search(item["query"], 10, False) for item in asked[name])
    for name, any_word in (("", False), ("_any", True)):
        found = {
            topic["query"]: own.search(topic["query"], 1000, False, any_word) for topic in asked["topics"]
        }
        for kind in ("published", "words"):
            for first in (100, 1000):
                figures[f"{kind}_{first}{name}"] = _recalls(asked["topics"], kind, found, first)
    figures["memory"] = _memory("VmRSS") - before
    figures["own_memory"] = _memory("RssAnon")
    return figures


def _recalls(topics: list[dict[str, Any]], kind: str, found: dict[str, Any], first: int) -> dict[str, float]:
    """For each review, the part of its included records among the first so many, averaged over its queries."""
    recalls: dict[str, list[float]] = {}
    for topic in topics:
        if topic["kind"] == kind:
            held = set(topic["relevant"]) & set(found[topic["query"]][:first])
            recalls.setdefault(topic["review"], []).append(len(held) / len(topic["relevant"]))
    return {review: mean(each) for review, each in sorted(recalls.items())}


def _seconds(own: Any, query: str, facets: bool) -> tuple[float, float]:
    """Seconds of one search on the clock, and of the processor."""
    started, processor = time.perf_counter(), time.process_time()
    own.search(query, 25, facets)
    return time.perf_counter() - started, time.process_time() - processor


def _memory(name: str) -> float:
    """A figure of this process's memory, in megabytes."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    step, *rest = sys.argv[1:]
    if step == "make":
        print(json.dumps(make(*map(Path, rest))))
    else:
        print(json.dumps({"build": build, "search": search}[step](rest[0], Path(rest[1]), Path(rest[2]))))
