"""From one edition of a register to the next: what is new, changed, withdrawn, and what stands today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from wherewithal.analyse.library.edition import Edition, name_key
from wherewithal.analyse.library.rating import Rating
from wherewithal.plain_english import counted, listed
from wherewithal.thread import fingerprint_of


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
class Changed:
    programme: str
    was: Rating
    now: Rating
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Difference:
    """What ``new`` says that ``old`` did not.

    ``unmentioned`` are programmes that a part of a register leaves out: nothing is said about them.
    """

    old: Edition | None
    new: Edition
    added: tuple[Rating, ...]
    changed: tuple[Changed, ...]
    withdrawn: tuple[Rating, ...]
    unchanged: tuple[Rating, ...]
    unmentioned: tuple[Rating, ...]

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


def compare_editions(old: Edition | None, new: Edition) -> Difference:
    """Compare two editions of one register, row by row and field by field.

    A programme missing from ``new`` was withdrawn only where ``new`` is complete. A cell that is empty in
    ``new`` and was filled in ``old`` is a change in our copy, and is shown as one.
    """
    if old is not None and old.register != new.register:
        raise ValueError(f"editions of two registers: {old.register} and {new.register}")
    before = {name_key(row.programme): row for row in (old.rows if old else ())}
    after = {name_key(row.programme): row for row in new.rows}
    changed, unchanged, added = [], [], []
    for key, row in after.items():
        was = before.get(key)
        if was is None:
            added.append(row)
        elif fields_changed := changes_between(was, row):
            changed.append(Changed(row.programme, was, row, fields_changed))
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


def changes_between(was: Rating, now: Rating) -> tuple[FieldChange, ...]:
    """Every column that differs, in the order of the file."""
    return tuple(
        FieldChange(
            field.name,
            _text(getattr(was, field.name)),
            _text(getattr(now, field.name)),
            stands=field.name in _CARRIED and not getattr(now, field.name),
        )
        for field in fields(Rating)
        if field.name != "programme" and getattr(was, field.name) != getattr(now, field.name)
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Standing:
    """A register's row as it stands: the newest one that holds it, and which edition that is.

    ``carried`` names columns whose value comes from an older edition, because the newer copy did not show it:
    what our copy misses never takes a rating away. ``rating_edition`` is the edition that the rating is from.
    ``withdrawn_in`` is the complete edition that left the programme out, if one did.
    """

    register: str
    row: Rating
    edition: Edition
    carried: tuple[str, ...] = ()
    rating_edition: Edition | None = None
    withdrawn_in: Edition | None = None

    @property
    def fingerprint(self) -> str:
        """A hash of what a reading rests on: the row's facts, and whether it still stands."""
        facts = self.row.fingerprint
        return fingerprint_of([facts, "withdrawn"]) if self.withdrawn_in else facts


_CARRIED = ("rating", "cost", "ages_offered", "ages_evaluated", "uk_available", "uk_tested")
"""What a newer copy may leave out without saying that it is gone."""


def standing(editions: Iterable[Edition]) -> dict[str, Standing]:
    """What one register says today, by the programme's name as compared, from all its editions.

    Editions are applied oldest first: a complete one withdraws what it leaves out, a part leaves the rest
    standing, and an empty cell keeps what an older edition of the same row said.
    """
    now: dict[str, Standing] = {}
    for edition in sorted(editions, key=lambda edition: edition.date):
        listed_here = {name_key(row.programme): row for row in edition.rows}
        if edition.complete:
            for key, older in now.items():
                if key not in listed_here and older.withdrawn_in is None:
                    now[key] = replace(older, withdrawn_in=edition)
        for key, row in listed_here.items():
            now[key] = _over(now.get(key), row, edition)
    return now


def _over(older: Standing | None, row: Rating, edition: Edition) -> Standing:
    if older is None or older.withdrawn_in is not None:
        return Standing(edition.register, row, edition, (), edition if row.rating else None)
    kept = {
        column: getattr(older.row, column)
        for column in _CARRIED
        if not getattr(row, column) and getattr(older.row, column)
    }
    if "rating" in kept and older.row.rating_words and not row.rating_words:
        kept["rating_words"] = older.row.rating_words
    return Standing(
        edition.register,
        replace(row, **kept),
        edition,
        tuple(kept),
        edition if row.rating else older.rating_edition,
    )


def as_it_stands(editions: Sequence[Edition]) -> Edition | None:
    """What stands today, in the shape of an edition, so that a newer one can be compared with it."""
    if not editions:
        return None
    newest = max(editions, key=lambda edition: edition.date)
    rows = tuple(each.row for each in standing(editions).values() if each.withdrawn_in is None)
    return replace(newest, rows=rows, complete=any(edition.complete for edition in editions))
