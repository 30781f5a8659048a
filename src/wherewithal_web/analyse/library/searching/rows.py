"""What is searched of each thing that the library holds.

Each function gives the rows of what is there, and the keys of what no longer is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wherewithal.analyse.library import Band, Entry, ProgrammeReading, Standing, read_programme, registers
from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.models import PracticeExample, SearchEntry, Study
from wherewithal_web.analyse.library.searching.upkeep import SearchRow
from wherewithal_web.clock import today

Rows = tuple[list[SearchRow], list[str]]

# Where two things match alike, programmes come first by what is behind them, then guidance, then the rest.
_GUIDANCE, _EXAMPLES, _STUDIES, _TOOLKITS = 100, 200, 300, 400


def for_programmes(slugs: Iterable[str]) -> Rows:
    """Programmes, from what registers say of them today."""
    wanted = list(slugs)
    found = queries.standings(wanted)
    rows = [
        _programme(slug, read_programme(queries.identity_of(rows), rows, today=today()))
        for slug, rows in found.items()
    ]
    return rows, [f"programme:{slug}" for slug in wanted if slug not in found]


def _programme(slug: str, reading: ProgrammeReading) -> SearchRow:
    programme, lines = reading.programme, [view.standing.row for view in reading.views]
    family = programme.family.name if programme.family else ""
    return SearchRow(
        key=f"programme:{slug}",
        kind="programme",
        title=programme.name,
        names=_once([family, *(row.programme for row in lines)]),
        text=_text(
            part
            for row in lines
            for part in (row.outcomes, row.delivery, row.targeting, row.setting, row.workforce, row.caveat)
        ),
        order=list(Band).index(reading.band),
    )


def for_lists(keys: Iterable[str]) -> Rows:
    """Entries of lists: guidance, toolkits and practice examples that were brought in."""
    rows, gone = [], []
    for key in keys:
        entries = queries.entries_of(key)
        rows += [_entry(key, slug, standing) for slug, standing in entries.items()]
        before = SearchEntry.objects.filter(key__startswith=f"entry:{key}/", gone=False)
        held = {f"entry:{key}/{slug}" for slug in entries}
        gone += [each for each in before.values_list("key", flat=True) if each not in held]
    return rows, gone


def _entry(key: str, slug: str, standing: Standing[Entry]) -> SearchRow:
    row, kind = standing.row, registers()[key].kind
    orders = {"guidance": _GUIDANCE, "practice examples": _EXAMPLES}
    return SearchRow(
        key=f"entry:{key}/{slug}",
        kind=kind,
        title=row.name,
        names=_once([row.reference, registers()[key].name]),
        text=_text(
            [row.says, row.programmes, row.topics, row.targeting, row.setting, row.place, row.happened]
        ),
        order=orders.get(kind, _TOOLKITS),
    )


def for_studies(pks: Iterable[int]) -> Rows:
    """Studies and reports that people added."""
    rows = [
        SearchRow(
            key=f"study:{study.slug}",
            kind="study",
            title=str(study),
            names=_once([study.doi]),
            text=_text([study.says, str(study.work.get("abstract") or ""), *_people(study.work)]),
            order=_STUDIES,
        )
        for study in Study.objects.filter(pk__in=list(pks))
    ]
    return rows, _gone("study", Study.objects.values_list("slug", flat=True))


def _people(work: dict) -> Iterable[str]:
    return (str(author) for author in work.get("authors") or ())


def for_examples(pks: Iterable[int]) -> Rows:
    """What people here told of who else has done this."""
    rows = [
        SearchRow(
            key=f"example:{example.slug}",
            kind="example",
            title=example.title,
            names=_once([example.place]),
            text=_text([example.topics, example.done, example.happened]),
            order=_EXAMPLES,
        )
        for example in PracticeExample.objects.filter(pk__in=list(pks))
    ]
    return rows, _gone("example", PracticeExample.objects.values_list("slug", flat=True))


def _gone(kind: str, slugs: Iterable[str]) -> list[str]:
    there = {f"{kind}:{slug}" for slug in slugs}
    held = SearchEntry.objects.filter(kind=kind, gone=False).values_list("key", flat=True)
    return [key for key in held if key not in there]


def _once(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _text(parts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(part for part in parts if part))
