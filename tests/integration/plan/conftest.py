"""A case with three options and what is known about them. Local figures are made up."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from wherewithal.plan.options import CostKind, CostLine, Delivery, Kind, Quantity, StaffLine
from wherewithal.thread import Finding, Input, Lane, Method, Source, fingerprint_of
from wherewithal_web.cases.actions import add_finding, note_families_voice, write_sentence
from wherewithal_web.cases.models import Case
from wherewithal_web.plan.options.actions import add_option, set_horizon


def quantities(*written: str) -> tuple[Quantity, ...]:
    return tuple(Quantity.parse(each) for each in written)


def rating(value: str, band: str) -> Finding:
    """What a register says about a programme, as the library would find it."""
    return Finding(
        lane=Lane.RESEARCH,
        subject="library:programme:incredible-years",
        title="Incredible Years Preschool",
        statement=f"{band}: Foundations Guidebook {value}.",
        method=Method("library reading", "1"),
        inputs=(Input("row", fingerprint_of(value)),),
        sources=(
            Source("register:foundations", "Foundations Guidebook", "https://example.org/iy", "July 2016"),
        ),
        found_on=date(2026, 11, 3),
        facts={"Foundations Guidebook": value, "Our reading": band},
        band=band,
        cautions=("The review is ten years old.",),
        link="/library/programmes/incredible-years/",
    )


@pytest.fixture
def today_is(settings) -> date:
    settings.WHEREWITHAL_TODAY = date(2026, 11, 23)
    return settings.WHEREWITHAL_TODAY


@pytest.fixture
def options(people: SimpleNamespace, case: Case, today_is: date) -> SimpleNamespace:
    """Three years; carrying on as now, groups paid from a grant, and stopping."""
    by = people.commissioner
    set_horizon(by=by, case=case, first_year=2027, years=3, price_year=2026)
    research = add_finding(by=by, case=case, finding=rating("4+", "Strong"), shared=True)
    voice = note_families_voice(
        by=by,
        case=case,
        said="Evening groups near home",
        who="parents in two hubs",
        people=14,
        how="listening session",
        on=date(2026, 10, 20),
    )
    as_now = add_option(
        by=by,
        case=case,
        name="Carry on as now",
        kind=Kind.BUSINESS_AS_USUAL,
        delivery=Delivery(quantities("50", "50", "50"), Quantity.parse("0.8")),
        costs=[
            CostLine(
                "Family support", CostKind.RUNNING, "Northmoor", quantities("76,000", "76,000", "76,000")
            )
        ],
        staff=[StaffLine("family support worker", quantities("2", "2", "2"), 2, 2)],
    )
    groups = add_option(
        by=by,
        case=case,
        name="Parent groups",
        kind=Kind.PROGRAMME,
        delivery=Delivery(
            quantities("60 (40 to 70)", "120 (100 to 130)", "120 (100 to 130)"),
            Quantity.parse("0.75 (0.6 to 0.8)"),
            Quantity.parse("10"),
        ),
        costs=[
            CostLine(
                "Training",
                CostKind.TRAINING,
                "Northmoor",
                quantities("30,000 (20,000 to 36,000)", "11,000", "5,000"),
                True,
            ),
            CostLine(
                "Leaders",
                CostKind.RUNNING,
                "Northmoor ICB",
                quantities("100,000", "150,000", "150,000"),
                True,
            ),
        ],
        staff=[StaffLine("group leader", quantities("2", "4 (4 to 5)", "4"), 2, 1, 14)],
        evidence=[research, voice],
    )
    stop = add_option(
        by=by,
        case=case,
        name="Stop the service",
        kind=Kind.STOP,
        costs=[CostLine("Redundancy", CostKind.RUNNING, "Northmoor", quantities("24,000", "0", "0"))],
    )
    sentence = write_sentence(
        by=by, case=case, text="Groups work for this age.", section="what-works", rests_on=[research]
    )
    return SimpleNamespace(
        as_now=as_now, groups=groups, stop=stop, research=research, voice=voice, sentence=sentence
    )
