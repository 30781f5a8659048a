"""The profile page of an area through the workbench, in-process, on SQLite.

    .venv/bin/python benchmarks/indicators/page.py [--shared ../shared] [--times 9]

Makes an installation in a temporary folder and asks for pages as a signed-in person does, whole: permissions, figures,
readings, charts, template. It holds first a hundred files of one Fingertips indicator each (the real export under a
hundred names, with three sexes, intervals, trends, labels and deprivation tenths), then LAIT's whole table as well. The
first time is the page worked out; later ones are what a process gives until other figures are brought in.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

import polars as pl

ROOT = Path(__file__).resolve().parents[2]
TRAFFORD = "E08000009"
FILES = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--times", type=int, default=9)
    asked = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="profile-page-"))
    os.environ["WHEREWITHAL_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    try:
        measure(asked.shared / "data" / "needs", asked.times, home)
    finally:
        shutil.rmtree(home)


def measure(shared: Path, times: int, home: Path) -> None:
    from wherewithal_web.commands import start_django

    start_django()
    from django.conf import settings
    from django.test import Client

    from wherewithal.analyse.needs.arrival import Given, read_all
    from wherewithal_web.analyse.needs.actions import import_file, import_files
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
    dfe = shared / "dfe"
    import_files(by=person, brought=read_all([Given.at(dfe / "sn_model_2025_wide.csv")]))
    (real,) = read_all([Given.at(shared / "phof" / "fingertips_90284_injuries_0_14.csv")]).arrivals
    print("| installation | page | first ms | median after ms |\n|---|---|---:|---:|")
    for number in range(FILES):
        frame = real.frame.with_columns(
            pl.lit(f"9{number:04}").alias("indicator_id"), pl.lit(f"Indicator {number}").alias("indicator")
        )
        sha256 = hashlib.sha256(f"{number}".encode()).hexdigest()
        import_file(by=person, arrival=replace(real, frame=frame, sha256=sha256, name=f"{number}.csv"))
    said = f"{FILES} Fingertips files, {FILES * real.frame.height:,} values"
    asked(client, said, f"/area/{TRAFFORD}/", times)
    asked(client, said, f"/area/{TRAFFORD}/90000/", times)
    started = time.perf_counter()
    table = read_all([Given.at(dfe / name) for name in ("bds_long_0.parquet", "lait_data_dictionary.csv")])
    import_files(by=person, brought=table)
    took = time.perf_counter() - started
    said = (
        f"and LAIT, {table.arrivals[0].frame.height:,} values of {len(table.arrivals[0].indicators)} measures"
    )
    asked(client, said, f"/area/{TRAFFORD}/", times)
    size = (home / "wherewithal.sqlite3").stat().st_size / 1e6
    print(f"\nLAIT was read and kept in {took:.1f} s. The database is {size:.0f} MB.")


def asked(client: object, said: str, address: str, times: int) -> None:
    taken = []
    for _ in range(times + 1):
        started = time.perf_counter()
        answer = client.get(address)  # type: ignore[attr-defined]
        taken.append(1000 * (time.perf_counter() - started))
        assert answer.status_code == 200, answer.status_code
    print(f"| {said} | {address} | {taken[0]:.0f} | {median(taken[1:]):.0f} |", flush=True)


if __name__ == "__main__":
    main()
