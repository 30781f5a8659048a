"""What the pages share: the way back, the case they were entered for, and how a page says that nothing is held."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from wherewithal.analyse.needs import Area
from wherewithal.charts import Chart
from wherewithal.errors import BadInput, NothingThere
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.queries import cases_seen_by
from wherewithal_web.components.uploads import words_of
from wherewithal_web.people.roles import Permission


def frame(request: HttpRequest) -> dict:
    """What every page of this room knows: the way back, and the case it was entered for."""
    case = asked_case(request)
    return {"nav": "area", "for_case": case, "with_case": lambda href: with_case(href, case)}


def asked_case(request: HttpRequest) -> Case | None:
    """The case named in the address, where the person may add to it."""
    slug = request.GET.get("case", "")
    if not slug:
        return None
    return cases_seen_by(request.user, Permission.CONTRIBUTE).filter(slug=slug).first()


def with_case(href: str, case: Case | None) -> str:
    """An address that remembers which case a figure is wanted for."""
    if case is None:
        return href
    return f"{href}{'&' if '?' in href else '?'}{urlencode({'case': case.slug})}"


def names_of(codes: Iterable[str], held: dict[str, Area]) -> list[str]:
    return [held[code].name if code in held else code for code in codes]


def nothing_there(request: HttpRequest, nothing: NothingThere) -> HttpResponse:
    """What was asked for is not held: said with what is."""
    return render(request, "needs/nothing.jinja", {**frame(request), "nothing": nothing}, status=404)


def said_of(error: BadInput | NothingThere) -> list[str]:
    """What is wrong with something brought or asked for, as lines of an error message."""
    if isinstance(error, BadInput):
        return words_of(error)
    return [error.message, *(["There is: " + "; ".join(error.exists[:12])] if error.exists else [])]


def csv_file(drawn: Chart, name: str, edition: str) -> HttpResponse:
    """A chart's figures as a download, with where they are from in every row."""
    return HttpResponse(
        # The mark tells spreadsheets that this is UTF-8.
        "\ufeff" + drawn.csv(source=f"{drawn.title}: {edition}"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
