"""What was met while one file was read: problems, which refuse the file, and notices, which do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted

SHOWN = 20
"""Problems listed one by one: a file with more is broken in a way that the first ones show."""

Lines = Iterator[tuple[int, str]]
"""Lines of a file with their numbers, counting from 1."""


@dataclass
class Reading:
    """The account of one file. ``problem_count`` counts all problems, ``problems`` holds the first ones.

    ``columns`` is what a person said that columns of a table hold: field to heading. ``places`` is what places in
    the file are called.
    """

    name: str
    format_name: str
    columns: Mapping[str, str] = field(default_factory=dict)
    places: str = "line"
    records: int = 0
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    notices: list[str] = field(default_factory=list)

    def problem(self, line: int, found: str, expected: str, do: str) -> None:
        """Note something that refuses the file. The rest is still looked through, for all to be named at
        once.
        """
        self.problem_count += 1
        if len(self.problems) < SHOWN:
            self.problems.append(Problem(f"{self.places} {line}", found, expected, do))

    def notice(self, words: str) -> None:
        """Note something that a person should know and that does not refuse the file."""
        if len(self.notices) < SHOWN:
            self.notices.append(words)

    def refusal(self) -> BadInput:
        more = "" if self.problem_count <= SHOWN else f" The first {SHOWN} are listed."
        return BadInput(
            f"{self.name} was not read: {counted(self.problem_count, 'place')} in it "
            f"{'is' if self.problem_count == 1 else 'are'} not as {self.format_name} should be.{more}",
            self.problems,
        )


def excerpt(text: str, length: int = 60) -> str:
    """``text`` in quotation marks, cut to ``length`` characters."""
    text = text.strip()
    return f"'{text if len(text) <= length else text[: length - 1] + '…'}'"
