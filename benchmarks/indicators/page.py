"""The profile page of an area through the workbench, in-process, on SQLite.

    .venv/bin/python benchmarks/indicators/page.py [--shared ../shared] [--times 9] [--persons]

Makes an installation in a temporary folder and asks for pages as a signed-in person does, whole: permissions, figures,
readings, charts, template. It holds first a hundred files of one Fingertips indicator each (the real export under a
hundred names, with three sexes, intervals, trends, labels and deprivation tenths), then LAIT's whole table as well.
``--persons`` leaves females and males out, so that an area has a hundred figures and not three hundred.

"First" is a page that the process has not worked out yet since the import, of as many areas as ``--times``, each asked
for once; "again" is each of them asked for again. Both are medians, of the processor's time and of the clock's. The
page that loads the process's code is asked for before and not counted, as ``serve`` does.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from django.test import Client

    from wherewithal_web.jobs.worker import Worker

ROOT = Path(__file__).resolve().parents[2]
TRAFFORD = "E08000009"
FILES = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--persons", action="store_true", help="only figures of everybody")
    asked = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="profile-page-"))
    os.environ["WHEREWITHAL_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    try:
        measure(asked.shared / "data" / "needs", asked.times, home, asked.persons)
    finally:
        shutil.rmtree(home)


def measure(shared: Path, times: int, home: Path, persons: bool) -> None:
    from wherewithal_web.commands import start_django

    start_django()
    from django.conf import settings
    from django.test import Client

    from wherewithal.analyse.needs.arrival import Given, read_all
    from wherewithal_web.analyse.needs.actions import import_file, import_files
    from wherewithal_web.jobs.worker import Worker
    from wherewithal_web.people.actions import first_administrator

    settings.ALLOWED_HOSTS = ["testserver"]
    person = first_administrator(
        email="bench@example.org",
        name="Bench",
        password="a long enough password",
        organisation="Bench",
        kind="council",
    )
    client = Client()
    client.force_login(person)
    client.get("/area/")
    gc.collect()
    gc.freeze()
    dfe = shared / "dfe"
    import_files(by=person, brought=read_all([Given.at(dfe / "sn_model_2025_wide.csv")]))
    (real,) = read_all([Given.at(shared / "phof" / "fingertips_90284_injuries_0_14.csv")]).arrivals
    areas = [
        code
        for code, kind in real.frame.select("area_code", "area_type").unique().sort("area_code").iter_rows()
        if kind.startswith("Counties") and code != TRAFFORD
    ]
    print(
        "| installation | page | first, processor ms | first, clock ms | again, processor ms | again, clock ms |"
    )
    print("|---|---|---:|---:|---:|---:|")
    kept = pl.col("sex") == "Persons" if persons else pl.lit(True)
    many = f"{FILES} indicators, {FILES if persons else 3 * FILES} figures an area"
    for number in range(FILES):
        frame = real.frame.filter(kept).with_columns(
            pl.lit(f"9{number:04}").alias("indicator_id"), pl.lit(f"Indicator {number}").alias("indicator")
        )
        sha256 = hashlib.sha256(f"{number}".encode()).hexdigest()
        import_file(by=person, arrival=replace(real, frame=frame, sha256=sha256, name=f"{number}.csv"))
    profiles(client, f"{many}, files not gathered yet", areas[:times])
    took = gathered(Worker())
    said = f"{many}, files gathered"
    profiles(client, said, areas[times : 2 * times])
    asked(client, said, "one indicator, every chart", [f"/area/{TRAFFORD}/9{n:04}/" for n in range(times)])
    started, clock = time.process_time(), time.perf_counter()
    table = read_all([Given.at(dfe / name) for name in ("bds_long_0.parquet", "lait_data_dictionary.csv")])
    import_files(by=person, brought=table)
    lait = time.process_time() - started, time.perf_counter() - clock
    figures = len(table.arrivals[0].indicators)
    profiles(
        client, f"and LAIT, {table.arrivals[0].frame.height:,} values of {figures} measures", areas[:times]
    )
    size = (home / "wherewithal.sqlite3").stat().st_size / 1e6
    print(f"\nGathering the small files took {took:.1f} s of processor, in the background.")
    print(f"LAIT was read and kept in {lait[0]:.1f} s of processor, {lait[1]:.1f} s by the clock.")
    print(f"The database is {size:.0f} MB.")


def gathered(worker: Worker) -> float:
    """Have the worker do what the imports asked for; the processor's seconds."""
    started = time.process_time()
    while worker.once():
        pass
    return time.process_time() - started


def profiles(client: Client, said: str, areas: Sequence[str]) -> None:
    asked(client, said, "the area's profile", [f"/area/{code}/" for code in areas])


def asked(client: Client, said: str, page: str, addresses: Sequence[str]) -> None:
    """Each page once, then each again."""
    first = [_timed(client, address) for address in addresses]
    again = [_timed(client, address) for address in addresses]
    figures = [median(each[place] for each in times) for times in (first, again) for place in (0, 1)]
    print(f"| {said} | {page} | " + " | ".join(f"{figure:.0f}" for figure in figures) + " |", flush=True)


def _timed(client: Client, address: str) -> tuple[float, float]:
    processor, clock = time.process_time(), time.perf_counter()
    answer = client.get(address)
    taken = 1000 * (time.process_time() - processor), 1000 * (time.perf_counter() - clock)
    assert answer.status_code == 200, (address, answer.status_code)
    return taken


if __name__ == "__main__":
    main()
