"""Registers and lists: what each is, how to get in, which editions of it are held, and what one changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from wherewithal.analyse.library import Register, Row, compare_editions, register, write_edition
from wherewithal.analyse.library import registers as all_registers
from wherewithal.analyse.library.register import KINDS, STATES, SURENESS
from wherewithal.errors import NothingThere
from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.models import SourceCheck, StoredEdition, StoredRating
from wherewithal_web.analyse.library.views.differences import COLUMN_WORDS
from wherewithal_web.analyse.library.views.reading import frame

KIND_NAMES = {
    "register": ("Registers that rate programmes", ""),
    "single studies": ("What single studies found", ""),
    "economic model": ("Costs and benefits", KINDS["economic model"]),
    "guidance": ("Guidance", KINDS["guidance"]),
    "toolkits": ("Places to look", ""),
    "practice examples": ("What others have done", ""),
}
"""Each kind as a heading, with words where the heading does not say it all."""


@require_GET
def registers(request: HttpRequest) -> HttpResponse:
    kinds = [
        (*KIND_NAMES[kind], [one for one in all_registers().values() if one.kind == kind]) for kind in KINDS
    ]
    return render(
        request,
        "library/registers.jinja",
        {
            **frame(request),
            "kinds": [group for group in kinds if group[2]],
            "newest": queries.newest_editions(),
        },
    )


@require_GET
def register_page(request: HttpRequest, key: str) -> HttpResponse:
    one = _register(key)
    around = frame(request)
    return render(
        request,
        "library/register.jinja",
        {
            **around,
            "crumbs": [*around["crumbs"], ("Registers", reverse("library:registers"))],
            "register": one,
            "editions": _editions(one),
            "rows": _rows_now(one),
            "kind_words": KINDS[one.kind],
            "sureness": SURENESS,
            "states": STATES,
            "checks": SourceCheck.objects.filter(subject=f"register:{key}").select_related("by")[:5],
        },
    )


def _editions(one: Register) -> list[StoredEdition]:
    return list(StoredEdition.objects.filter(register=one.key).select_related("added_by"))


def _rows_now(one: Register) -> int:
    """How many programmes or entries the register has a say on here."""
    if one.rates:
        return StoredRating.objects.filter(edition__register=one.key).values_list("slug").distinct().count()
    return len(queries.entries_of(one.key))


def _register(key: str) -> Register:
    if key not in all_registers():
        raise Http404
    return register(key)


@require_GET
def edition(request: HttpRequest, key: str, day: str) -> HttpResponse:
    stored = _edition(key, day)
    one, editions = stored.register_now, _editions(stored.register_now)
    return render(
        request,
        "library/edition.jinja",
        {
            **_around(request, one),
            "edition": stored,
            "register": one,
            "rows": linked(one, ((row.slug, row.row) for row in stored.rows.all())),
            "newer": _next(editions, stored, -1),
            "older": _next(editions, stored, 1),
        },
    )


def _next(editions: list[StoredEdition], stored: StoredEdition, step: int) -> StoredEdition | None:
    """The edition before or after this one; they come newest first."""
    place = editions.index(stored) + step
    return editions[place] if 0 <= place < len(editions) else None


def _around(request: HttpRequest, one: Register) -> dict[str, Any]:
    around = frame(request)
    registers_page = ("Registers", reverse("library:registers"))
    its_page = (one.name, reverse("library:register", args=[one.key]))
    return {**around, "crumbs": [*around["crumbs"], registers_page, its_page]}


def linked(one: Register, rows: Iterable[tuple[str, Row]]) -> list[tuple[str, Row]]:
    """Rows with the address of the page that each has here."""
    if one.rates:
        return [(reverse("library:programme", args=[slug]), row) for slug, row in rows]
    return [(reverse("library:entry", args=[one.key, slug]), row) for slug, row in rows]


@require_GET
def edition_csv(request: HttpRequest, key: str, day: str) -> HttpResponse:
    stored = _edition(key, day)
    response = HttpResponse(
        write_edition(queries.whole_edition(stored)).encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{key}-{stored.day}.csv"'
    return response


def _edition(key: str, day: str) -> StoredEdition:
    _register(key)
    try:
        return queries.edition_on(key, day)
    except NothingThere as error:
        raise Http404 from error


@require_GET
def edition_difference(request: HttpRequest, key: str) -> HttpResponse:
    """What one held edition says that another does not: the newest two, unless others are asked for."""
    one = _register(key)
    editions = _editions(one)
    days = [each.day for each in editions]
    newer = request.GET.get("to") or next(iter(days), "")
    older = request.GET.get("from") or (days[days.index(newer) + 1] if newer in days[:-1] else newer)
    difference = None
    if editions:
        was, now = _edition(key, older), _edition(key, newer)
        if editions.index(was) < editions.index(now):
            was, now = now, was
        difference = compare_editions(queries.whole_edition(was), queries.whole_edition(now))
        older, newer = was.day, now.day
    return render(
        request,
        "library/difference.jinja",
        {
            **_around(request, one),
            "register": one,
            "editions": editions,
            "older": older,
            "newer": newer,
            "difference": difference,
            "column_words": COLUMN_WORDS,
        },
    )
