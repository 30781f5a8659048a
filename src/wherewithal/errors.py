"""What goes wrong with material that people bring: said so that they can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one place.

    ``where`` names the file, row or column in the words of the person's own program ("row 14, column
    'Value'"); ``found`` and ``expected`` are short; ``do`` is the next thing to do.
    """

    where: str
    found: str
    expected: str
    do: str

    def __str__(self) -> str:
        return f"{self.where}: {self.found}. Expected {self.expected}. {self.do}"


class BadInput(ValueError):
    """The material cannot be used as it is. Carries every problem found, and nothing has been changed.

    Raise it with one plain sentence and the problems behind it; commands print it and exit 1, pages show
    it as an error summary.
    """

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  - {problem}" for problem in self.problems)])


class NothingThere(LookupError):
    """What was asked for does not exist; ``exists`` says what does, so that nobody meets an empty table."""

    def __init__(self, message: str, exists: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.exists = tuple(exists)

    def __str__(self) -> str:
        if not self.exists:
            return self.message
        return f"{self.message} There is: {', '.join(self.exists)}."
