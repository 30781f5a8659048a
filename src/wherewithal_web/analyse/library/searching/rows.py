"""What is searched of each thing that the library holds.

Each function gives the rows of what is there, and the keys of what no longer is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet

from wherewithal.analyse.library import Band, Entry, ProgrammeReading, Standing, read_programme, registers
from wherewithal.analyse.library.dates import FactDate
from wherewithal.analyse.library.example import Example
from wherewithal.analyse.library.facets import entry_facets, example_facets, programme_facets, study_facets
from wherewithal.sources.work import Work
from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.models import PracticeExample, Programme, SearchEntry, Study
from wherewithal_web.analyse.library.searching.upkeep import SearchRow
from wherewithal_web.clock import today

DATE = "on"
"""Where an entry keeps its newest date, as text that sorts: beside its facets, and none of them."""

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
        names=_once([*_other_names(programme.name, family), *(row.programme for row in lines)]),
        text=_text(
            part
            for row in lines
            for part in (row.outcomes, row.delivery, row.targeting, row.setting, row.workforce)
        ),
        facets=_facets(programme_facets(reading), *(row.reviewed for row in lines)),
        order=list(Band).index(reading.band),
    )


def _other_names(name: str, family: str) -> Iterable[str]:
    """Its name without a note in brackets, and its family's name where its own does not hold that already.

    A whole family must not answer to the name of the one member that bears it.
    """
    bare = re.sub(r"\s*\([^)]*\)$", "", name)
    if bare != name:
        yield bare
    if family.casefold() not in name.casefold():
        yield family


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
        names=_once([row.reference]),
        text=_text(
            [
                registers()[key].name,
                row.type,
                row.says,
                row.programmes,
                row.topics,
                row.targeting,
                row.setting,
                row.place,
                row.happened,
            ]
        ),
        facets=_facets(entry_facets(registers()[key], row), row.reviewed),
        order=orders.get(kind, _TOOLKITS),
    )


def for_studies(pks: Iterable[int]) -> Rows:
    """Studies and reports that people added."""
    wanted = set(pks)
    studies = list(Study.objects.filter(pk__in=wanted))
    names = _names_of(slug for study in studies for slug in study.programmes)
    rows = [_study(study, names) for study in studies]
    return rows, _gone("study", Study.objects.all()) if len(studies) < len(wanted) else []


def _study(study: Study, names: Mapping[str, str]) -> SearchRow:
    work = Work.from_dict(study.work)
    about = [names[slug] for slug in study.programmes if slug in names]
    published = work.published.isoformat() if work.published else f"{work.year:04d}" if work.year else ""
    return SearchRow(
        key=f"study:{study.slug}",
        kind="study",
        title=str(study),
        names=_once([work.doi, work.pmid]),
        text=_text([study.says, work.abstract, work.venue, *work.keywords, *work.authors, *about]),
        facets=_facets(study_facets(study.work, study.says), _date(published)),
        order=_STUDIES,
    )


def for_examples(pks: Iterable[int]) -> Rows:
    """What people here told of who else has done this."""
    wanted = set(pks)
    examples = list(PracticeExample.objects.filter(pk__in=wanted))
    names = _names_of(slug for example in examples for slug in example.programmes)
    rows = [_example(example, names) for example in examples]
    return rows, _gone("example", PracticeExample.objects.all()) if len(examples) < len(wanted) else []


def _example(example: PracticeExample, names: Mapping[str, str]) -> SearchRow:
    about = [names[slug] for slug in example.programmes if slug in names]
    return SearchRow(
        key=f"example:{example.slug}",
        kind="example",
        title=example.title,
        names=_once([example.place]),
        text=_text([example.topics, example.done, example.happened, *about]),
        facets=_facets(example_facets(_told(example, about)), _date(str(example.year or ""))),
        order=_EXAMPLES,
    )


def _told(example: PracticeExample, about: Sequence[str]) -> Example:
    return Example(
        slug=example.slug,
        title=example.title,
        place=example.place,
        done=example.done,
        told_by="",
        happened=example.happened,
        programmes=tuple(about),
        topics=example.topics,
        ages=example.ages,
        year=example.year,
    )


def _names_of(slugs: Iterable[str]) -> dict[str, str]:
    """The names of programmes, by slug."""
    return dict(Programme.objects.filter(slug__in=set(slugs)).values_list("slug", "name"))


def _date(text: str) -> FactDate | None:
    return FactDate.parse(text) if text else None


def _gone(kind: str, there_now: QuerySet[Study] | QuerySet[PracticeExample]) -> list[str]:
    """The keys of those that are no longer there. A number alone does not say which that was, so all are compared."""
    there = {f"{kind}:{slug}" for slug in there_now.values_list("slug", flat=True)}
    held = SearchEntry.objects.filter(kind=kind, gone=False).values_list("key", flat=True)
    return [key for key in held if key not in there]


def _once(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _text(parts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _facets(facets: Mapping[str, tuple[str, ...]], *dates: FactDate | None) -> dict[str, tuple[str, ...]]:
    """The facets with the newest of some dates ("2018-02") beside them; none where no date is known."""
    known = [each for each in dates if each]
    newest = max(known, key=lambda each: each.latest, default=None)
    return {**facets, DATE: (str(newest),) if newest else ()}
