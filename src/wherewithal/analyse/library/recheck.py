"""What to look at again, and in which order: by the printed rule of ``recheck.toml``, and no score.

    queue([copy_item(edition), rating_item(reading), study_item(...), entry_item(register, standing)], today=today)

Each ``*_item`` says when one thing was last looked at; ``queue`` keeps what is due and puts it in order. What rests on
a thing comes from the workbench: ``resting`` with the numbers of standing decisions, sentences and findings.
"""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources

from wherewithal.analyse.library.dates import years_on
from wherewithal.analyse.library.difference import Standing
from wherewithal.analyse.library.edition import Edition, Row
from wherewithal.analyse.library.entry import Entry
from wherewithal.analyse.library.reading import ProgrammeReading, RegisterView, years_in_words
from wherewithal.analyse.library.register import Register, registers
from wherewithal.plain_english import counted, listed, long_date

_PRINTED = tomllib.loads(resources.files(__package__).joinpath("recheck.toml").read_text(encoding="utf-8"))

RECHECK_RULE: tuple[str, ...] = tuple(_PRINTED["rule"])
"""The rule as it is printed, a sentence or two each."""

NOTICES_MONTHS: int = _PRINTED["months"]["notices"]
RATING_LOOK_MONTHS: int = _PRINTED["months"]["ratings looked at"]
GUIDANCE_MONTHS: int = _PRINTED["months"]["guidance"]

SAME, CHANGED, GONE = "same", "changed", "gone"
"""What somebody found who looked: nothing changed; it changed; it is no longer there."""


@dataclass(frozen=True)
class Resting:
    """How much rests on a thing: standing decisions, sentences in cases, findings on threads."""

    decisions: int = 0
    sentences: int = 0
    findings: int = 0

    @property
    def words(self) -> str:
        """As a sentence; "" where nothing rests on it."""
        parts = [
            counted(count, noun)
            for count, noun in (
                (self.decisions, "decision"),
                (self.sentences, "sentence"),
                (self.findings, "finding"),
            )
            if count
        ]
        one = self.decisions + self.sentences + self.findings == 1
        return f"{listed(parts)} rest{'s' if one else ''} on it." if parts else ""


NOTHING = Resting()


@dataclass(frozen=True)
class Check:
    """Somebody looked at it on that day; ``outcome`` is SAME, CHANGED or GONE."""

    on: date
    outcome: str = SAME


@dataclass(frozen=True)
class Item:
    """One thing that can fall due.

    ``due`` is the first day on which it is, by its own date alone; ``after`` the interval until then in words, ""
    where it was due at once; ``months`` how long a look at it counts. ``what`` says in a sentence what its date is of.
    ``copied`` is the day of our copy: a change that somebody found is settled by a newer one. ``link`` leads to the
    source, ``page`` to our own page.
    """

    subject: str
    name: str
    what: str
    due: date
    months: int
    after: str
    copied: date | None = None
    check: Check | None = None
    resting: Resting = NOTHING
    link: str = ""
    page: str = ""


@dataclass(frozen=True)
class Due:
    """One line of the queue. ``why`` says it in full; ``since`` is the day since which it is due."""

    subject: str
    name: str
    why: str
    since: date
    decisions: int
    sentences: int
    findings: int
    days_over: int
    link: str
    page: str


def queue(items: Iterable[Item], *, today: date) -> list[Due]:
    """What is due on ``today``, in the order of the printed rule. A thing falls due on its day, not the day after."""
    due = [line for item in items if (line := _due(item, today))]
    return sorted(
        due,
        key=lambda line: (
            -line.decisions,
            -line.sentences,
            -line.findings,
            -line.days_over,
            line.name.casefold(),
            line.subject,
        ),
    )


def _due(item: Item, today: date) -> Due | None:
    since = due_on(item)
    if since > today:
        return None
    resting = item.resting
    return Due(
        item.subject,
        item.name,
        " ".join(filter(None, (_why(item, since), resting.words))),
        since,
        resting.decisions,
        resting.sentences,
        resting.findings,
        (today - since).days,
        item.link,
        item.page,
    )


def due_on(item: Item) -> date:
    """The first day on which it is due, with what somebody found who looked at it."""
    check = item.check
    if check is None:
        return item.due
    if check.outcome == SAME:
        return max(item.due, months_on(check.on, item.months))
    return item.due if _settled(item, check) else min(item.due, check.on)


def _why(item: Item, since: date) -> str:
    check, due_since = item.check, f"due since {long_date(since)}."
    if check and check.outcome == SAME and since > item.due:
        again = months_in_words(item.months)
        return (
            f"{item.what} Somebody looked on {long_date(check.on)} and found nothing changed. "
            f"We look again after {again}: {due_since}"
        )
    if check and check.outcome != SAME and not _settled(item, check):
        found = "had changed" if check.outcome == CHANGED else "was no longer there"
        return f"Somebody looked on {long_date(check.on)} and found that it {found}. Our copy does not show that yet."
    return (
        f"{item.what} We look again after {item.after}: {due_since}"
        if item.after
        else f"{item.what} {due_since[:1].upper()}{due_since[1:]}"
    )


def _settled(item: Item, check: Check) -> bool:
    """Whether our copy is newer than the look. One made on that very day may be from before it."""
    return item.copied is not None and item.copied > check.on


# --- what can fall due --------------------------------------------------------------------------------------


def copy_item(
    newest: Edition[Row], *, check: Check | None = None, resting: Resting = NOTHING, page: str = ""
) -> Item:
    """Our newest copy of a register or list."""
    register = registers()[newest.register]
    months = copy_months(register)
    return Item(
        subject=f"register:{register.key}",
        name=f"{register.name}: our copy",
        what=f"Our newest copy is of {long_date(newest.date)}.",
        due=months_on(newest.date, months),
        months=months,
        after=months_in_words(months),
        copied=newest.date,
        check=check,
        resting=resting,
        link=register.home,
        page=page or f"/library/registers/{register.key}/",
    )


def copy_months(register: Register) -> int:
    """After how many months a copy of this register or list is fetched again."""
    by_register: Mapping[str, int] = _PRINTED["copy_months_of"]
    by_kind: Mapping[str, int] = _PRINTED["copy_months"]
    return by_register.get(register.key, by_kind[register.kind])


def rating_item(
    reading: ProgrammeReading, *, check: Check | None = None, resting: Resting = NOTHING
) -> Item | None:
    """A programme's ratings: due with the first of them. None where no register says anything of it today."""
    speaking = [view for view in reading.views if not view.says.silent]
    if not speaking:
        return None
    first = min(speaking, key=_rating_due)
    others = [view for view in speaking if view is not first and _rating_due(view) <= reading.today]
    years = first.register.review_interval_years
    name = first.register.name
    if not first.reviewed:
        what = f"{name}: our copy of {long_date(first.standing.edition.date)} gives no date of review."
    elif first.register.kind == "single studies":
        what = f"The study in {name} is of {first.reviewed}."
    else:
        what = f"{name} last reviewed it in {first.reviewed}."
    if others:
        names = listed(list(dict.fromkeys(view.register.name for view in others)))
        what += f" Also due: {names}."
    slug = reading.programme.slug
    return Item(
        subject=f"programme:{slug}",
        name=reading.programme.name,
        what=what,
        due=_rating_due(first),
        months=RATING_LOOK_MONTHS,
        after=years_in_words(years),
        copied=max(view.standing.edition.date for view in speaking),
        check=check,
        resting=resting,
        link=first.standing.row.link,
        page=f"/library/programmes/{slug}/",
    )


def _rating_due(view: RegisterView) -> date:
    reviewed = view.standing.row.reviewed
    start = reviewed.latest if reviewed else view.standing.edition.date
    return years_on(start, view.register.review_interval_years)


def study_item(
    *,
    slug: str,
    title: str,
    doi: str,
    asked_on: date | None,
    added_on: date,
    resting: Resting = NOTHING,
) -> Item | None:
    """A study's notices: due when services were not asked for some months. None without a DOI: nobody can be asked.

    Looking means asking, so it takes no check beside ``asked_on``. A study that nobody ever asked about is due from
    the day on which it was added.
    """
    if not doi:
        return None
    return Item(
        subject=f"study:{slug}",
        name=title,
        what=f"Services were last asked about retractions and corrections on {long_date(asked_on)}."
        if asked_on
        else f"It was added on {long_date(added_on)} and nobody has asked about retractions or corrections.",
        due=months_on(asked_on, NOTICES_MONTHS) if asked_on else added_on,
        months=NOTICES_MONTHS,
        after=months_in_words(NOTICES_MONTHS) if asked_on else "",
        resting=resting,
        link=f"https://doi.org/{doi}",
        page=f"/library/studies/{slug}/",
    )


def entry_item(
    register: Register, standing: Standing[Entry], *, check: Check | None = None, resting: Resting = NOTHING
) -> Item | None:
    """One piece of guidance: due when our copy of it is old. None for other lists, and for what is no longer listed."""
    if register.kind != "guidance" or standing.withdrawn_in:
        return None
    row, copied = standing.row, standing.edition.date
    dated = f" It was dated {row.reviewed.words} there." if row.reviewed else ""
    return Item(
        subject=f"entry:{register.key}/{row.slug}",
        name=f"{row.title} ({row.reference})" if row.reference else row.name,
        what=f"Our copy of it is of {long_date(copied)}.{dated}",
        due=months_on(copied, GUIDANCE_MONTHS),
        months=GUIDANCE_MONTHS,
        after=months_in_words(GUIDANCE_MONTHS),
        copied=copied,
        check=check,
        resting=resting,
        link=row.link,
        page=f"/library/lists/{register.key}/{row.slug}/",
    )


def months_on(day: date, months: int) -> date:
    """The same day of the month ``months`` later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_in_words(months: int) -> str:
    return years_in_words(months // 12) if months % 12 == 0 else counted(months, "month")
