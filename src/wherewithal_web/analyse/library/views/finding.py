"""The search over everything the library holds."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from wherewithal.analyse.library.facets import FACETS_RULE, KINDS
from wherewithal_web.analyse.library.models import Programme, SearchEntry
from wherewithal_web.analyse.library.queries import decisions_wait_on
from wherewithal_web.analyse.library.searching.asked import MOST_COMPARED, SORTS, Asked
from wherewithal_web.analyse.library.searching.cards import cards_of
from wherewithal_web.analyse.library.searching.filters import filters_of, tags_of
from wherewithal_web.analyse.library.searching.found import A_PAGE, Found, find
from wherewithal_web.analyse.library.searching.machine_copy import NotReady
from wherewithal_web.analyse.library.searching.saved import Kept, kept_by
from wherewithal_web.analyse.library.searching.wider import wider
from wherewithal_web.analyse.library.views.reading import frame

PAGES_EITHER_SIDE = 2


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    asked = Asked.from_query(request.GET)
    try:
        found = find(asked)
    except NotReady:
        return render(request, "library/not_ready.jinja", {**frame(request), "crumbs": []}, status=503)
    around = frame(request)
    saved = kept_by(request.user, asked.saved) if asked.saved else None
    return render(
        request,
        "library/home.jinja",
        {
            **around,
            "crumbs": [],
            "asked": asked,
            "found": found,
            "cards": cards_of(found.hits, saved.new if saved else frozenset()),
            "filters": filters_of(asked, found.facets),
            "filters_rule": FACETS_RULE,
            "tags": tags_of(asked),
            "sorts": SORTS,
            "a_page": A_PAGE,
            "pages": _pages(asked, found),
            "exactly": _exactly(asked, found),
            "wider": wider(asked) if not found.total else [],
            "nothing_held": not found.total and not SearchEntry.objects.filter(gone=False).exists(),
            "alike": SearchEntry.objects.filter(key=asked.like).first() if asked.like else None,
            "compared": _compared(asked),
            "most_compared": MOST_COMPARED,
            "saved": saved if saved and _same(saved, asked) else None,
            "rooms": _rooms(asked),
            "due": decisions_wait_on(request.user) if around["may_curate"] else 0,
            "held": _held(asked) if not found.total else [],
        },
    )


def _same(saved: Kept, asked: Asked) -> bool:
    """Whether the page still shows what was saved, and no filter more or less."""
    return saved.saved.query == asked.query


ROOMS = (
    ("Registers and lists we hold", "library:registers"),
    ("Where to look", "library:where_to_look"),
    ("Who else has done this", "library:examples"),
    ("Studies and reports", "library:studies"),
    ("Your saved searches", "library:saved"),
    ("What to check again", "library:recheck"),
    ("How we read registers", "library:rules"),
)


def _rooms(asked: Asked) -> list[tuple[str, str]]:
    """The other pages of the library, with the case carried along."""
    case = f"?case={asked.case}" if asked.case else ""
    return [(words, reverse(name) + case) for words, name in ROOMS]


def _held(asked: Asked) -> list[tuple[str, int, str]]:
    """What the library holds of each kind, where a search found nothing: words, count, and the search for it."""
    everything = find(asked.everything()).facets.get("kind", {})
    return [
        (words, everything[kind], reverse("library:home") + asked.only("kind", kind).address)
        for kind, words in KINDS.items()
        if everything.get(kind)
    ]


def _exactly(asked: Asked, found: Found) -> Asked | None:
    """The search with the words that were taken for others in quotation marks, which are never respelled."""
    if not found.spelt:
        return None
    typed = {respelling.typed.casefold() for respelling in found.spelt}
    words = (
        f'"{word}"' if word.casefold().strip('".,;:!?') in typed else word for word in asked.text.split()
    )
    return asked.asking(" ".join(words))


@dataclass(frozen=True)
class Page:
    """One link to a page of results; ``number`` is None for a gap between two."""

    number: int | None
    href: str = ""


def _pages(asked: Asked, found: Found) -> list[Page]:
    """The first, the last and those around this one, with gaps."""
    near = range(found.page - PAGES_EITHER_SIDE, found.page + PAGES_EITHER_SIDE + 1)
    numbers = sorted({1, found.pages, *(number for number in near if 1 <= number <= found.pages)})
    pages: list[Page] = []
    for number in numbers:
        if pages and pages[-1].number is not None and number > pages[-1].number + 1:
            pages.append(Page(None))
        pages.append(Page(number, asked.on_page(number).address))
    return pages


@dataclass(frozen=True)
class Compared:
    """The programmes put aside to compare, each with the search that puts it back, and where they are compared."""

    programmes: tuple[tuple[str, str], ...]
    href: str


def _compared(asked: Asked) -> Compared | None:
    if not asked.compare:
        return None
    names = dict(Programme.objects.filter(slug__in=asked.compare).values_list("slug", "name"))
    slugs = [slug for slug in asked.compare if slug in names]
    query = "&".join(f"p={slug}" for slug in slugs) + (f"&case={asked.case}" if asked.case else "")
    return Compared(
        tuple((names[slug], asked.not_comparing(slug).on_page(asked.page).address) for slug in slugs),
        f"{reverse('library:compare')}?{query}",
    )
