"""Labelled files: records with a decision on each, as finished reviews are shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from wherewithal.analyse.reviews.screening.ranking.texts import text_of
from wherewithal.errors import BadInput, Problem
from wherewithal.sources.files import read_csv, read_text

LABEL_COLUMNS = ("label_included", "included", "label", "label_final", "final_included", "inclusion")
"""Names by which the column of decisions is known, the first that is there being taken."""

WORDS: Mapping[str, bool] = {
    **dict.fromkeys(("1", "1.0", "yes", "true", "include", "included", "y", "relevant"), True),
    **dict.fromkeys(("0", "0.0", "no", "false", "exclude", "excluded", "n", "irrelevant"), False),
}
"""How a decision may be written, in capitals or not."""

_MOST_PROBLEMS = 10


@dataclass(frozen=True)
class LabelledRecords:
    """Records in the order of their file: ``texts`` as models read them, ``included`` the decisions."""

    name: str
    texts: tuple[str, ...]
    included: tuple[bool, ...]

    @property
    def inclusions(self) -> int:
        return sum(self.included)


def read_labelled(path: Path, *, label: str = "") -> LabelledRecords:
    """Read a CSV with the columns title and abstract and one of decisions (``label`` names it).

    Raises BadInput for a column that is missing, for every decision that is not one (ten are named), and
    where the file does not hold both inclusions and exclusions.
    """
    file = read_text(path)
    header, rows = read_csv(file, required=("title", "abstract"), kind="a file of labelled records")
    known = [label] if label else list(LABEL_COLUMNS)
    column = next((name for name in known if name in header), "")
    if not column:
        raise BadInput(
            f"{file.name} does not say which records were included.",
            [
                Problem(
                    "row 1",
                    f"the columns {', '.join(repr(name) for name in header if name)}",
                    f"a column named {' or '.join(repr(name) for name in known)}",
                    "Name the column of decisions so, or say which it is with --label.",
                )
            ],
        )
    texts, included, problems = [], [], []
    for row in rows:
        said = WORDS.get(row.cells[column].strip().casefold())
        if said is None:
            problems.append(
                Problem(
                    f"row {row.number}, column '{column}'",
                    f"'{row.cells[column][:40]}'" if row.cells[column].strip() else "nothing",
                    "1 or 0, yes or no, include or exclude",
                    "Fill it in, or take records without a decision out.",
                )
            )
            continue
        texts.append(text_of(row.cells["title"], row.cells["abstract"]))
        included.append(said)
    if problems:
        more = len(problems) - _MOST_PROBLEMS
        tail = f" The first {_MOST_PROBLEMS} of them are listed." if more > 0 else ""
        raise BadInput(
            f"{file.name} holds {len(problems):,} rows without a decision that can be read.{tail}",
            problems[:_MOST_PROBLEMS],
        )
    if not any(included) or all(included):
        found = "no record that was included" if not any(included) else "no record that was excluded"
        raise BadInput(
            f"{file.name} holds {found}: nothing can be learnt from it.",
            [
                Problem(
                    f"column '{column}'", found, "records of both kinds", "Choose the column of decisions."
                )
            ],
        )
    return LabelledRecords(file.name, tuple(texts), tuple(included))
