"""A register file, read and compared with what stands. Nothing here stores anything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from wherewithal.analyse.library import (
    Difference,
    Edition,
    Register,
    Row,
    as_it_stands,
    compare_editions,
    read_edition,
    registers,
)
from wherewithal.analyse.library.gathered import COLUMNS, read_gathered
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import long_date
from wherewithal.sources.files import TextFile, read_csv
from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.models import StoredEdition
from wherewithal_web.clock import today


@dataclass(frozen=True)
class Loaded:
    """One register's rows in a file, compared with what stands today."""

    register: Register
    edition: Edition[Row]
    difference: Difference[Row]


@dataclass(frozen=True)
class Look:
    """What a file would change: each register in it, and what that does to cases.

    ``gathered`` where one file holds several registers; ``already`` names registers whose rows in it came in
    before, from this very file: they are left out. ``day_given`` is false where nobody said of which day the
    copy is, and the edition bears the day it was brought in.
    """

    file: TextFile
    parts: tuple[Loaded, ...]
    effects: tuple[queries.Effect, ...]
    gathered: bool = False
    already: tuple[Register, ...] = ()
    day_given: bool = True

    @property
    def editions(self) -> tuple[Edition[Row], ...]:
        return tuple(part.edition for part in self.parts)


def load_file(
    *,
    file: TextFile,
    register: str = "",
    edition_date: date | None = None,
    complete: bool | None = None,
    origin: str = "",
) -> Look:
    """Read a file and say what it would change.

    ``register`` is the key of the one it is a copy of, or whose rows are wanted of a file that gathers several;
    without it the file must be such a one, known by its header, and all of its registers are taken. Without
    ``edition_date`` it is dated today, and says so. ``complete`` says that what is missing from it was
    withdrawn; unless said, that holds for a register's own file and not for one that gathers several.
    Raises BadInput with every problem in the file.
    """
    as_of = "" if edition_date else f"brought in on {long_date(today())}; the day of the copy was not given"
    day = edition_date or today()
    gathered = _gathers_several(file)
    if gathered:
        read = read_gathered(file, edition_date=day, today=today(), origin=origin, only=register or None)
    elif register:
        read = (read_edition(file, registers()[register], edition_date=day, today=today(), origin=origin),)
    else:
        raise _which_register(file)
    whole = not gathered if complete is None else complete
    editions = [replace(each, as_of=as_of, complete=whole) for each in read]
    fresh = [each for each in editions if held_already(each) is None]
    already = tuple(registers()[each.register] for each in editions if each not in fresh)
    parts = tuple(Loaded(registers()[each.register], each, compare_with_what_stands(each)) for each in fresh)
    effects = queries.effects_of(fresh)
    return Look(file, parts, tuple(effects), gathered, already, edition_date is not None)


def compare_with_what_stands(edition: Edition[Row]) -> Difference[Row]:
    """What an edition says, beside what stands of its register today."""
    return compare_editions(as_it_stands(queries.editions_of(edition.register)), edition)


def held_already(edition: Edition[Row]) -> StoredEdition | None:
    """The edition of that day that came from this very file, if there is one."""
    return StoredEdition.objects.filter(
        register=edition.register, date=edition.date, sha256=edition.sha256
    ).first()


def refuse_held(register: Register, day: date) -> BadInput:
    """The words for a file that is in already."""
    return BadInput(
        f"This very file is in already, as {register.name} of {long_date(day)}. Nothing was changed.",
        [
            Problem(
                "the file",
                f"the same content as the edition of {long_date(day)}",
                "a file that is not held yet",
                "Editions are kept as they came. If this is a newer copy, check that the right file was chosen.",
            )
        ],
    )


def _gathers_several(file: TextFile) -> bool:
    """Whether its header is that of a gathered file, or one in which a few columns were changed."""
    header, _rows = read_csv(file, required=(), kind="a register file")
    return len(set(COLUMNS) & set(header)) > len(COLUMNS) // 2


def _which_register(file: TextFile) -> BadInput:
    return BadInput(
        f"Which register is {file.name} a copy of?",
        [
            Problem(
                "row 1",
                "not the header of a file that gathers several registers",
                "the name of the register, or a file with a column that names one on each row",
                "Say which register it is a copy of.",
            )
        ],
    )
