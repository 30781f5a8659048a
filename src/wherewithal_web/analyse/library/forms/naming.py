"""Naming programmes in a form: one on a line, by a name that the library knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wherewithal_web.analyse.library import queries

MOST_PROGRAMMES = 20


class ProgrammesField(forms.CharField):
    """Names of programmes, one on a line. ``cleaned_data`` holds their slugs; a name that is not known is refused
    with those it may mean.
    """

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            max_length=5_000,
            help_text="One on a line, by its name in the library. Leave it empty if it is about none of them.",
            **kwargs,
        )

    def clean(self, value: Any) -> list[str]:
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        found = queries.named(line for line in lines if line)
        unknown = [each.name for each in found if each.programme is None]
        problems = [_unknown(name) for name in unknown[:5]]
        if len(found) > MOST_PROGRAMMES:
            problems.append(f"Name at most {MOST_PROGRAMMES} programmes.")
        if problems:
            raise forms.ValidationError(problems)
        return list(dict.fromkeys(each.programme.slug for each in found if each.programme))


def _unknown(name: str) -> str:
    offers = queries.offers_for(name)
    if offers:
        return f"The library has no programme “{name}”. It has: {'; '.join(offers)}."
    return f"The library has no programme “{name}”. Search the library for the name it has there, or leave it out."


def names_on_lines(slugs: Sequence[str]) -> str:
    """The names of these programmes as the field shows them."""
    return "\n".join(programme.name for programme in queries.held_programmes(slugs))
