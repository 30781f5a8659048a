"""The listing of programmes, made anew from what stands."""

from __future__ import annotations

from collections.abc import Iterable

from wherewithal.analyse.library import read_programme
from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.models import Programme, RegisterLine
from wherewithal_web.clock import today


def list_programmes(slugs: Iterable[str]) -> None:
    """Make the listing of these programmes anew from what stands. Called inside an action's transaction."""
    listed, lines = [], {}
    for slug, rows in queries.standings(slugs).items():
        reading = read_programme(queries.identity_of(rows), rows, today=today())
        programme = reading.programme
        family = programme.family
        listed.append(
            Programme(
                slug=slug,
                name=programme.name,
                family=family.key if family else "",
                family_name=family.name if family else "",
                band=reading.band.value,
                disagree=bool(reading.disagreement and reading.disagreement.opposed),
                outcomes="; ".join(reading.outcomes),
            )
        )
        lines[slug] = reading.views
    changing = [field.name for field in Programme._meta.fields if field.name not in ("id", "slug")]
    Programme.objects.bulk_create(
        listed, update_conflicts=True, unique_fields=["slug"], update_fields=changing
    )
    now = Programme.objects.in_bulk(list(lines), field_name="slug")
    RegisterLine.objects.filter(programme__in=now.values()).delete()
    RegisterLine.objects.bulk_create(
        RegisterLine(
            programme=now[slug],
            register=view.register.key,
            native=view.native,
            reviewed=view.reviewed,
            silent=view.says.silent,
        )
        for slug, views in lines.items()
        for view in views
    )
