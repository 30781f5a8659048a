"""Who is like whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from wherewithal.analyse.needs import Average
from wherewithal.analyse.needs.authorities import codes_by_number
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted
from wherewithal.sources.statistical_neighbours import SOURCE
from wherewithal.sources.statistical_neighbours import Neighbours as Published
from wherewithal_web.analyse.needs import queries
from wherewithal_web.analyse.needs.actions import findings
from wherewithal_web.analyse.needs.models import Neighbours
from wherewithal_web.audit.actions import record
from wherewithal_web.clock import today
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def set_neighbours(
    *,
    by: User,
    area_code: str,
    neighbours: Sequence[str],
    source: str,
    average: str = Average.MEDIAN.value,
) -> Neighbours:
    """Name the areas that an area is held against, by code or name, and who says that they are like it.

    ``average`` is the average of theirs that sentences quote. An empty list takes them away. The earlier set stays in
    the history. Raises NothingThere for an area that is not held, BadInput for an area named as its own neighbour or a
    missing source.
    """
    require(may(by, Permission.CURATE))
    area = queries.area_named(area_code)
    codes = list(dict.fromkeys(queries.area_named(name).code for name in neighbours))
    if area.code in codes:
        raise BadInput(
            f"{area.name} cannot be its own neighbour.",
            [Problem("the neighbours", area.name, "other areas", "Leave it out.")],
        )
    if codes and not source.strip():
        raise BadInput(
            "Say who says that these areas are alike.",
            [
                Problem(
                    "the source",
                    "nothing",
                    "a name and a date, such as 'DfE statistical neighbours, May 2025'",
                    "Write where the list is from.",
                )
            ],
        )
    kept = Neighbours.objects.create(
        area_code=area.code,
        codes=codes,
        source=source.strip(),
        average=Average(average or Average.MEDIAN).value,
        set_by=by,
    )
    record(
        by=by,
        action="needs.set_neighbours",
        summary=f"set {counted(len(codes), 'neighbour')} for {area.name}",
        details={
            "area": area.code,
            "neighbours": codes,
            "source": kept.source,
            "average": kept.average,
        },
    )
    findings.refresh_findings(by=by, area_code=area.code)
    return kept


@transaction.atomic
def set_statistical_neighbours(*, by: User, table: Mapping[int, Published]) -> list[Neighbours]:
    """Name the department's statistical neighbours for every authority of its table, with its closeness words.

    Neighbours that are the same as those set last are not set again; a peer group of one's own that was set after them
    goes on counting where the table brings nothing new.
    """
    require(may(by, Permission.CURATE))
    codes = codes_by_number()
    earlier: dict[str, list[str]] = {}
    for row in Neighbours.objects.filter(kind=Neighbours.Kind.STATISTICAL).order_by("pk"):
        earlier[row.area_code] = row.codes
    source = f"{SOURCE}, as brought in on {today():%d %B %Y}"
    rows = []
    for number, own in table.items():
        near = {codes.get(each.number, str(each.number)): each.closeness for each in own.near}
        code = codes.get(number, str(number))
        if earlier.get(code) != list(near):
            rows.append(
                Neighbours(
                    area_code=code,
                    codes=list(near),
                    closeness=near,
                    kind=Neighbours.Kind.STATISTICAL,
                    average=Average.MEDIAN.value,
                    source=source,
                    set_by=by,
                )
            )
    kept = Neighbours.objects.bulk_create(rows)
    record(
        by=by,
        action="needs.set_statistical_neighbours",
        summary=f"set the statistical neighbours of {counted(len(kept), 'authority', 'authorities')}",
        details={"areas": len(kept)},
    )
    for row in kept:
        findings.refresh_findings(by=by, area_code=row.area_code)
    return kept
