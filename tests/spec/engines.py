"""The search engines under test, and a small library to search."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wherewithal.search import Document, Index, MemoryIndex, open_index

FACETS = ("kind", "age", "band")

ENGINES: dict[str, Callable[[Path], Index]] = {
    "memory": lambda folder: MemoryIndex(),
    "folder": lambda folder: open_index(folder, FACETS),
}


def about(key: str, title: str, text: str = "", *names: str, order: int = 0, **facets: str) -> Document:
    """A document, each facet given as its values with spaces between."""
    return Document(
        key, title, names, text, {name: tuple(held.split()) for name, held in facets.items()}, order
    )


LIBRARY = (
    about(
        "programme:group-triple-p",
        "Level 4 Group Triple P",
        "Eight weeks for parents. Child behaviour. Rated 3+.",
        "Triple P",
        kind="programme",
        age="0-4 5-10",
        band="good",
    ),
    about(
        "programme:incredible-years",
        "Incredible Years Preschool",
        "Parents meet in a group. Child behaviour, school readiness. Rated 4+.",
        "The Incredible Years",
        kind="programme",
        age="0-4",
        band="strong",
    ),
    about(
        "programme:good-behaviour-game",
        "Good Behaviour Game",
        "A game for classrooms that rewards teams.",
        "PAX GBG",
        kind="programme",
        age="5-10",
        band="mixed",
    ),
    about(
        "programme:friends",
        "FRIENDS for Life",
        "Prevents anxiety; built on cognitive behavioural therapy.",
        kind="programme",
        age="5-10 11-18",
        band="good",
    ),
    about(
        "entry:nice/ng76",
        "NG76 Child abuse and neglect",
        "Guideline on recognising and responding. Ages 0 to 18 in the UK.",
        kind="guidance",
    ),
    about(
        "entry:nice/cg158",
        "Antisocial behaviour and conduct disorders (CG 158)",
        "Parent training for children aged 3–11.",
        kind="guidance",
    ),
    about(
        "study:gbg-trial",
        "The good behavior game in 77 schools: a randomized trial",
        "Behavior of pupils was unchanged; counseling was not offered.",
        kind="study",
        age="5-10",
    ),
    about(
        "study:cbt",
        "CBT for anxious young people: a review",
        "Anxiety fell. Looked-after children were few. ADHD was excluded.",
        kind="study",
        age="11-18",
    ),
    about(
        "study:paediatric",
        "Pediatric anemia and fetal growth",
        "École normale: naïve estimates.",
        kind="study",
    ),
)
