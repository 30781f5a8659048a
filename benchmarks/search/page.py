"""The search page on 170,000 studies and the shipped library, in-process, on SQLite.

    .venv/bin/python benchmarks/search/page.py [--shared ../shared] [--studies 170000]

Makes an installation in a temporary folder, stores the records of ``corpus.py`` as studies whose filters are drawn by
a fixed seed, has the page make its copy of the index, and asks for pages as a signed-in person does, whole:
permissions, search, filters with their counts, results, template.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
QUERIES = (
    "",
    "parenting",
    "anxiety school",
    "behaviuor parenting",
    '"home visiting"',
    "randomised controlled trial",
    "cbt depression adolescents",
    "Triple P",
    "attention deficit -drug",
    "xylophone lessons",
)
EACH = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--studies", type=int, default=170_000)
    asked = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="search-page-"))
    os.environ["WHEREWITHAL_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    try:
        measure(asked.shared / "data", asked.studies)
    finally:
        shutil.rmtree(home)


def measure(shared: Path, studies: int) -> None:
    from wherewithal_web.commands import start_django

    start_django()
    from django.conf import settings
    from django.test import Client

    from wherewithal_web.analyse.library.actions import load_starter_editions
    from wherewithal_web.people.actions import first_administrator

    settings.ALLOWED_HOSTS = ["testserver"]
    person = first_administrator(
        email="bench@example.org",
        name="Bench",
        password="a long enough password",
        organisation="Bench",
        kind="council",
    )
    load_starter_editions(by=person)
    store(person, shared, studies)
    client = Client()
    client.force_login(person)
    started = time.perf_counter()
    asked_for(client, {})
    print(
        f"{studies:,} studies. The first page, which makes the index: {time.perf_counter() - started:.0f} s\n"
    )
    print("| search | results page, first ms | median ms | slowest ms |\n|---|---|---|---|")
    medians = []
    for query in QUERIES:
        times = [asked_for(client, {"q": query}) for _ in range(EACH)]
        medians.append(median(times))
        print(f"| {query or 'everything'} | {times[0]:.0f} | {medians[-1]:.0f} | {max(times):.0f} |")
    times = [asked_for(client, {"q": "parenting", "outcome": "behaviour"}) for _ in range(EACH)]
    print(f"| parenting, outcome behaviour | {times[0]:.0f} | {median(times):.0f} | {max(times):.0f} |")
    print(f"\nMedian of medians {median(medians):.0f} ms, the slowest median {max(medians):.0f} ms.")


def asked_for(client: object, query: dict[str, str]) -> float:
    started = time.perf_counter()
    answer = client.get("/library/", query)  # type: ignore[attr-defined]
    assert answer.status_code == 200, answer.status_code
    return 1000 * (time.perf_counter() - started)


def store(person: object, shared: Path, count: int) -> None:
    """Studies and their search entries, written as the upkeep writes them: with numbered changes."""
    sys.path.insert(0, str(Path(__file__).parent))
    from corpus import SEED, corpus
    from django.db import transaction

    from wherewithal.analyse.library.facets import FACETS
    from wherewithal_web.analyse.library.models import SearchClock, SearchEntry, Study

    chance = random.Random(SEED)
    values = {facet.key: list(facet.values) for facet in FACETS if facet.key != "kind" and facet.values}
    clock = SearchClock.objects.get()
    records = enumerate(corpus(shared).records[:count])
    with transaction.atomic():
        while part := list(islice(records, 5_000)):
            Study.objects.bulk_create(
                Study(
                    key=f"bench:{number}",
                    slug=f"bench-{number}",
                    work={"title": record.title, "year": 1990 + number % 36, "authors": ["Bench, B."]},
                    added_by=person,
                )
                for number, record in part
            )
            entries = []
            for number, record in part:
                clock.change += 1
                drawn = {name: [chance.choice(of)] for name, of in values.items() if chance.random() < 0.5}
                entries.append(
                    SearchEntry(
                        key=f"study:bench-{number}",
                        kind="study",
                        title=record.title,
                        text=record.text,
                        facets={"kind": ["study"], **drawn},
                        order=10_000,
                        change=clock.change,
                    )
                )
            SearchEntry.objects.bulk_create(entries)
        clock.save()


if __name__ == "__main__":
    main()
