"""A case with a search of four made records."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from wherewithal.analyse.reviews.extraction.plan import Plan
from wherewithal.analyse.reviews.extraction.study import Instrument, Outcome
from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import Comparison, Record, RecordFile, Study
from wherewithal_web.cases.models import Case
from wherewithal_web.jobs.worker import Worker

FOUR = (
    "TY  - JOUR\nAU  - Example, Anna\nTI  - First made study\nJF  - Journal of Made Examples\nPY  - 2006\n"
    "DO  - 10.5555/made.1\nAB  - BACKGROUND: made <q>text</q>.\nMETHODS: made.\nER  - \n"
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
    assert Worker("test").once()  # looks for duplicates, of which there are none
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


PLAN = Plan(
    outcomes=(
        Outcome("behaviour", "Behaviour problems"),
        Outcome("excluded", "Exclusion from school", "lower", "OR"),
    ),
    instruments=(
        Instrument("ecbi", "behaviour", "ECBI intensity", lowest=36, highest=252),
        Instrument("strengths", "behaviour", "Strengths scale", more="lower"),
        Instrument("excluded", "excluded", "Excluded in the year"),
    ),
)
"""What is taken from the made studies."""


@pytest.fixture
def study(people: SimpleNamespace, case: Case, rows: list[Record], decide: Callable[..., object]) -> Study:
    """The first of two studies of the case, with two arms, and a plan for both."""
    for row in rows[:2]:
        decide(row, "include")
    made = actions.make_studies(by=people.commissioner, case=case)[0]
    actions.write_plan(by=people.commissioner, case=case, plan=PLAN)
    actions.write_arms(
        by=people.commissioner,
        study=made,
        arms=[(None, "Parent groups", "programme", 60), (None, "Waiting list", "comparison", 60)],
    )
    return queries.study_for(people.commissioner, case.slug, made.number)


@pytest.fixture
def comparison(people: SimpleNamespace, study: Study) -> Comparison:
    return actions.add_comparison(
        by=people.commissioner,
        study=study,
        instrument="ecbi",
        time_words="after the programme",
        weeks=12,
        arm1=1,
        arm2=2,
    )


TRIAL = "Group parenting programme for families of young children with conduct problems: a randomised trial"
SURVEY = "Uptake of evening parenting groups in twelve family hubs: a survey of parents and practitioners"
COSTS = "What parenting groups cost a council in their first three years of delivery: an economic study"


def ris(*records: dict[str, str]) -> bytes:
    lines = []
    for record in records:
        fields = {
            "TY": "JOUR",
            "AU": "Example, Anna",
            "PY": "2006",
            "JF": "Journal of Made Examples",
            **record,
        }
        lines += [f"{tag}  - {text}\n" for tag, text in fields.items()] + ["ER  - \n"]
    return "".join(lines).encode()


FIRST = ris(
    {"TI": TRIAL, "DO": "10.5555/made.1", "VL": "4", "SP": "10"},
    {"TI": SURVEY, "DO": "10.5555/made.2", "PY": "2011", "AU": "Made, Bea"},
    {"TI": COSTS, "DO": "10.5555/made.3", "PY": "2014", "AU": "Count, Cy", "VL": "7", "SP": "70"},
)
SECOND = ris(
    {
        "TI": TRIAL,
        "DO": "10.5555/MADE.1",
        "AB": "Parents met weekly for ten weeks. " * 5,
        "VL": "4",
        "SP": "10",
    },
    {"TI": "A wholly different made study of wheat", "PY": "2001", "AU": "Farmer, Fay"},
    {"TI": COSTS, "DO": "10.5555/other.3", "PY": "2014", "AU": "Count, Cy", "VL": "7", "SP": "71"},
)


@pytest.fixture
def bring(people, case) -> Callable[..., list[Record]]:
    def brought(*sources: bytes, look: bool = True) -> list[Record]:
        for source in sources:
            name = f"search {case.record_files.count() + 1}.ris"
            actions.import_records(by=people.commissioner, case=case, source=source, name=name)
        while look and Worker("test").once():
            pass
        return list(Record.objects.filter(file__case=case).select_related("file__case").order_by("pk"))

    return brought


@pytest.fixture
def six(bring) -> list[Record]:
    """Two searches of three: the trial in both, the costs perhaps in both."""
    return bring(FIRST, SECOND)
