"""The demo's options, with made-up costs and staff, and who is to deliver what was chosen."""

from __future__ import annotations

from datetime import timedelta

from wherewithal.do.delivery import FigureKind, Polarity, ReadingKind
from wherewithal.plan.options import CostKind, CostLine, Delivery, Kind, Quantity, StaffLine
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.do.delivery import actions as delivery
from wherewithal_web.people.models import User
from wherewithal_web.plan.options import actions as options

YEARS = 5
COUNCIL, ICB, GRANT = "Northmoor Council", "Northmoor ICB", "Northmoor Council"


def bring_options(
    case: Case, people: dict[str, User], found: dict[str, StoredFinding]
) -> dict[str, StoredFinding]:
    """Three options over five years, appraised: the findings by ``cost:now``, ``cost:iy`` and ``cost:epec``."""
    lead = people["priya"]
    options.set_horizon(
        by=lead, case=case, first_year=_next_april(), years=YEARS, price_year=_next_april() - 1
    )
    now = options.add_option(
        by=lead,
        case=case,
        name="Carry on as now",
        kind=Kind.BUSINESS_AS_USUAL,
        delivery=Delivery(start=_every_year((52, 60, 68)), share_finish=Quantity.of((0.55, 0.66, 0.75))),
        costs=[
            CostLine("Family support workers", CostKind.RUNNING, COUNCIL, _every_year(64_000)),
            CostLine("Rooms and materials", CostKind.RUNNING, COUNCIL, _every_year((10_000, 12_000, 14_000))),
        ],
        staff=[StaffLine("Family support worker", _every_year(1.6), in_post=1.6, trained=1.6)],
    )
    incredible_years = options.add_option(
        by=lead,
        case=case,
        name="Incredible Years, 12 groups",
        kind=Kind.PROGRAMME,
        delivery=Delivery(
            start=_from_second_year((60, 80, 96), (100, 120, 132)),
            share_finish=Quantity.of((0.6, 0.73, 0.82)),
            group_size=Quantity.of((8, 10, 12)),
        ),
        costs=[
            CostLine(
                "Training and materials",
                CostKind.TRAINING,
                COUNCIL,
                _first_year((36_000, 41_000, 52_000)),
                from_grant=True,
            ),
            CostLine("Group leaders", CostKind.RUNNING, COUNCIL, _from_second_year(118_000, 154_000)),
            CostLine(
                "Rooms, crèche and meals", CostKind.RUNNING, COUNCIL, _every_year((18_000, 22_000, 30_000))
            ),
            CostLine("Supervision", CostKind.RUNNING, ICB, _every_year((26_000, 30_000, 34_000))),
        ],
        staff=[
            StaffLine(
                "Trained group leader",
                _from_second_year(2.6, 3.4),
                in_post=2.0,
                trained=1.2,
                training_weeks=14,
            ),
            StaffLine("Supervisor", _every_year(0.4), in_post=0.4, trained=0.4),
        ],
        evidence=[found["iy"]],
    )
    epec = options.add_option(
        by=lead,
        case=case,
        name="Parent-led groups (EPEC)",
        kind=Kind.PROGRAMME,
        delivery=Delivery(
            start=_from_second_year((50, 64, 80), (78, 96, 112)),
            share_finish=Quantity.of((0.55, 0.68, 0.8)),
            group_size=Quantity.of((6, 8, 12)),
        ),
        costs=[
            CostLine(
                "Training parent group leaders",
                CostKind.TRAINING,
                COUNCIL,
                _first_year((7_500, 9_000, 12_000)),
                from_grant=True,
            ),
            CostLine("Hub coordinator", CostKind.RUNNING, COUNCIL, _every_year(52_000)),
            CostLine(
                "Sessional pay for parent leaders",
                CostKind.RUNNING,
                COUNCIL,
                _from_second_year(15_000, 22_000),
            ),
            CostLine(
                "Rooms, crèche and meals", CostKind.RUNNING, COUNCIL, _every_year((12_000, 15_000, 20_000))
            ),
            CostLine("Supervision", CostKind.RUNNING, ICB, _every_year((14_000, 17_000, 20_000))),
        ],
        staff=[
            StaffLine("Hub coordinator", _every_year(1.0), in_post=1.0, trained=0.0, training_weeks=2),
            StaffLine(
                "Parent group leader (paid by the session)",
                _from_second_year(0.8, 1.2),
                in_post=0.8,
                trained=0.3,
                training_weeks=10,
            ),
        ],
        evidence=[found["epec"]],
    )
    options.run_appraisal(by=lead, case=case)
    costs = {}
    for key, option in (("now", now), ("iy", incredible_years), ("epec", epec)):
        [costs[f"cost:{key}"]] = options.run_appraisal(by=lead, case=case, only=option)
    return costs


def bring_delivery(case: Case, people: dict[str, User]) -> dict[str, StoredFinding]:
    """Who delivers it, and a measure with its made-up baseline: the finding as ``baseline``."""
    lead = people["priya"]
    delivery.set_delivery(
        by=lead, case=case, provider="Northmoor Families Together", starts_on=today() + timedelta(days=130)
    )
    measure = delivery.add_measure(
        by=lead,
        case=case,
        name="Children whose behaviour worries their parents",
        kind=FigureKind.SHARE,
        polarity=Polarity.LOWER,
        how="Parents answer the conduct questions of the Strengths and Difficulties Questionnaire when they "
        "start and a year later; counted are scores in the two highest bands.",
        validated=True,
        unit="of families asked",
        source="Strengths and Difficulties Questionnaire",
        source_url="https://www.sdqinfo.org/",
    )
    baseline = delivery.record_reading(
        by=people["ruth"],
        measure=measure,
        kind=ReadingKind.BASELINE,
        on=today() - timedelta(days=10),
        families=118,
        count=67,
    )
    return {"baseline": baseline}


def _next_april() -> int:
    """The calendar year in which the next financial year begins."""
    day = today()
    return day.year if day.month < 4 else day.year + 1


def _every_year(amount: float | tuple[float, float, float]) -> tuple[Quantity, ...]:
    return (Quantity.of(amount),) * YEARS


def _first_year(amount: float | tuple[float, float, float]) -> tuple[Quantity, ...]:
    return (Quantity.of(amount), *(Quantity.of(0),) * (YEARS - 1))


def _from_second_year(
    first: float | tuple[float, float, float], later: float | tuple[float, float, float]
) -> tuple[Quantity, ...]:
    return (Quantity.of(first), *(Quantity.of(later),) * (YEARS - 1))
