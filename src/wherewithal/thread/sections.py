"""The parts of a case, in the order a paper tells it: every sentence stands in one of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One part. ``five_case`` names the case of HM Treasury's Five Case Model that it serves."""

    key: str
    title: str
    prompt: str
    five_case: str


SECTIONS = (
    Section(
        "why-here", "Why this matters here", "What is the need, for whom, and how do we know?", "strategic"
    ),
    Section("what-works", "What works", "What does research say, and would it hold here?", "economic"),
    Section("families", "What families say", "What do children and families tell us?", "strategic"),
    Section(
        "options",
        "What we could do",
        "Which options were weighed, at what cost, with which staff?",
        "economic",
    ),
    Section("recommendation", "What we recommend", "Which option, and why not the others?", "economic"),
    Section(
        "delivery", "How it will be delivered", "Who, from when, bought how, with which staff?", "commercial"
    ),
    Section(
        "money", "What it costs and who pays", "Is it affordable, and what if the money stops?", "financial"
    ),
    Section("review", "How we will know", "What is measured, from which baseline, and when?", "management"),
)


def section(key: str) -> Section:
    """The section with that key. Raises KeyError naming the keys there are."""
    for candidate in SECTIONS:
        if candidate.key == key:
            return candidate
    raise KeyError(f"no section '{key}'; there are {', '.join(s.key for s in SECTIONS)}")
