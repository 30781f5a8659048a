"""A case with a search of four made records."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import Record, RecordFile
from wherewithal_web.cases.models import Case
from wherewithal_web.jobs.worker import Worker

FOUR = (
    "TY  - JOUR\nAU  - Example, Anna\nTI  - First made study\nJF  - Journal of Made Examples\nPY  - 2006\n"
    "DO  - 10.5555/made.1\nAB  - BACKGROUND: made <b>text</b>.\nMETHODS: made.\nER  - \n"
    "TY  - JOUR\nTI  - Second made study\nPY  - 2007\nER  - \n"
    "TY  - JOUR\nTI  - =Third made study\nPY  - 2008\nER  - \n"
    "TY  - JOUR\nAU  - Nobody, N\nPY  - 2009\nER  - \n"
)


@pytest.fixture
def search(people: SimpleNamespace, case: Case) -> RecordFile:
    return actions.import_records(
        by=people.commissioner, case=case, source=FOUR.encode(), name="four.ris", database="Made Database"
    )


@pytest.fixture
def rows(search: RecordFile) -> list[Record]:
    return list(queries.records_of(search.case))


@pytest.fixture
def decide(people: SimpleNamespace) -> Callable[..., object]:
    """Decide about a record as the commissioner."""

    def decided(record: Record, verdict: str, reason: str = "", words: str = "") -> object:
        return actions.record_decision(
            by=people.commissioner, record=record, verdict=Verdict(verdict), reason=reason, words=words
        )

    return decided


SIXTY = "".join(
    f"TY  - JOUR\nAU  - Example, E{n}\nTI  - {'Parenting group trial' if n % 6 == 0 else 'Crop yield survey'} {n:02}\n"
    f"AB  - {'Parents of young children met weekly.' if n % 6 == 0 else 'Wheat was sown on plots.'}\n"
    f"PY  - {2000 + n % 20}\nER  - \n"
    for n in range(60)
)
"""Sixty made records; every sixth is about parenting."""


@pytest.fixture
def sixty(people: SimpleNamespace, case: Case) -> list[Record]:
    actions.import_records(by=people.commissioner, case=case, source=SIXTY.encode(), name="sixty.ris")
    return list(queries.records_of(case))


@pytest.fixture
def base(case: Case) -> str:
    return f"/cases/{case.slug}/reviews/"


@pytest.fixture
def learn() -> Callable[[], int]:
    """Do what was asked of the workers. How many runs there were."""

    def learnt() -> int:
        done = 0
        while Worker("test").once():
            done += 1
        return done

    return learnt
