"""From one edition of a register to the next: what is new, changed, withdrawn, and what stands today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Generic, TypeVar

from wherewithal.analyse.library.edition import Edition, R_co, Row, name_key
from wherewithal.analyse.library.rating import Rating
from wherewithal.plain_english import counted, listed
from wherewithal.thread import fingerprint_of

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class FieldChange:
    """One fact that differs. Blank text means: not in that copy.

    ``stands`` is true where the newer copy does not show it and the older value goes on standing.
    """

    column: str
    was: str
    now: str
    stands: bool = False


@dataclass(frozen=True)
class Changed(Generic[R_co]):
    name: str
    was: R_co
    now: R_co
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Difference(Generic[R_co]):
    """What ``new`` says that ``old`` did not.

    ``unmentioned`` are rows that a part of a register leaves out: nothing is said about them.
    """

    old: Edition[R_co] | None
    new: Edition[R_co]
    added: tuple[R_co, ...]
    changed: tuple[Changed[R_co], ...]
    withdrawn: tuple[R_co, ...]
    unchanged: tuple[R_co, ...]
    unmentioned: tuple[R_co, ...]

    @property
    def same(self) -> bool:
        return not (self.added or self.changed or self.withdrawn)

    @property
    def words(self) -> str:
        """One line for a message: "1 changed, 28 new, 1 unchanged"."""
        counts = [
            (len(self.added), "new"),
            (len(self.changed), "changed"),
            (len(self.withdrawn), "withdrawn"),
            (len(self.unchanged), "unchanged"),
            (len(self.unmentioned), "not mentioned"),
        ]
        said = [f"{count:,} {word}" for count, word in counts if count]
        return listed(said) if said else counted(0, "row")


def compare_editions(old: Edition[R] | None, new: Edition[R]) -> Difference[R]:
    """Compare two editions of one register, row by row and field by field.

    A row missing from ``new`` was withdrawn only where ``new`` is complete. A cell that is empty in
    ``new`` and was filled in ``old`` is a change in our copy, and is shown as one.
    """
    if old is not None and old.register != new.register:
        raise ValueError(f"editions of two registers: {old.register} and {new.register}")
    before = {name_key(row.name): row for row in (old.rows if old else ())}
    after = {name_key(row.name): row for row in new.rows}
    changed, unchanged, added = [], [], []
    for key, row in after.items():
        was = before.get(key)
        if was is None:
            added.append(row)
        elif fields_changed := changes_between(was, row):
            changed.append(Changed(row.name, was, row, fields_changed))
        else:
            unchanged.append(row)
    missing = tuple(row for key, row in before.items() if key not in after)
    return Difference(
        old,
        new,
        tuple(added),
        tuple(changed),
        missing if new.complete else (),
        tuple(unchanged),
        () if new.complete else missing,
    )


def changes_between(was: Row, now: Row) -> tuple[FieldChange, ...]:
    """Every column that differs, in the order of the file; not the name, which is what makes it the same row."""
    return tuple(
        FieldChange(
            field.name,
            _text(getattr(was, field.name)),
            _text(getattr(now, field.name)),
            stands=field.name in now.CARRIED and not getattr(now, field.name),
        )
        for field in fields(now)[1:]
        if getattr(was, field.name) != getattr(now, field.name)
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Standing(Generic[R_co]):
    """A register's row as it stands: the newest one that holds it, and which edition that is.

    ``carried`` names columns (of the row's ``CARRIED``) whose value comes from an older edition, because the
    newer copy did not show it:
    what our copy misses never takes a rating away. ``rating_edition`` is the edition that the rating is from.
    ``withdrawn_in`` is the complete edition that left the programme out, if one did.
    """

    register: str
    row: R_co
    edition: Edition[R_co]
    carried: tuple[str, ...] = ()
    rating_edition: Edition[R_co] | None = None
    withdrawn_in: Edition[R_co] | None = None

    @property
    def fingerprint(self) -> str:
        """A hash of what a reading rests on: the row's facts, and whether it still stands."""
        facts = self.row.fingerprint
        return fingerprint_of([facts, "withdrawn"]) if self.withdrawn_in else facts


def standing(editions: Iterable[Edition[R]]) -> dict[str, Standing[R]]:
    """What one register says today, by the row's name as compared, from all its editions.

    Editions are applied oldest first: a complete one withdraws what it leaves out, a part leaves the rest
    standing, and an empty cell keeps what an older edition of the same row said.
    """
    now: dict[str, Standing[R]] = {}
    for edition in sorted(editions, key=lambda edition: edition.date):
        listed_here = {name_key(row.name): row for row in edition.rows}
        if edition.complete:
            for key, older in now.items():
                if key not in listed_here and older.withdrawn_in is None:
                    now[key] = replace(older, withdrawn_in=edition)
        for key, row in listed_here.items():
            now[key] = _over(now.get(key), row, edition)
    return now


def _over(older: Standing[R] | None, row: R, edition: Edition[R]) -> Standing[R]:
    rated_here = edition if isinstance(row, Rating) and row.rating else None
    if older is None or older.withdrawn_in is not None:
        return Standing(edition.register, row, edition, (), rated_here)
    kept = {
        column: getattr(older.row, column)
        for column in row.CARRIED
        if not getattr(row, column) and getattr(older.row, column)
    }
    carried = tuple(kept)
    if isinstance(older.row, Rating) and isinstance(row, Rating) and "rating" in kept:
        kept["rating_words"] = row.rating_words or older.row.rating_words
    return Standing(
        edition.register, replace(row, **kept), edition, carried, rated_here or older.rating_edition
    )


def as_it_stands(editions: Sequence[Edition[R]]) -> Edition[R] | None:
    """What stands today, in the shape of an edition, so that a newer one can be compared with it."""
    if not editions:
        return None
    newest = max(editions, key=lambda edition: edition.date)
    rows = tuple(each.row for each in standing(editions).values() if each.withdrawn_in is None)
    return replace(newest, rows=rows, complete=any(edition.complete for edition in editions))
