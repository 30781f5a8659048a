"""The form of a cohort: the people one starts from, and what they are multiplied by, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from wherewithal.analyse.needs import Known, Step

STEPS = (
    ("need", "Who have the need", "such as: with behaviour difficulties"),
    ("fit", "Whom the service is for", "such as: whose parents could come to a group"),
    ("reach", "Who are reached", "such as: whose parents start"),
    ("complete", "Who stay to the end", "such as: who complete"),
)
_NUMBER = {"inputmode": "decimal", "class": "govuk-input--width-10"}


def _number(
    label: str, *, least: float = 0.0, most: float | None = None, required: bool = False
) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        required=required,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs=_NUMBER),
        error_messages={"required": "Write a number.", "invalid": "Write a number, such as 12.5."},
    )


class CohortForm(forms.Form):
    """Percentages as people write them: 5 for 5%. A step without a percentage is left out."""

    people = forms.CharField(
        label="Who they are",
        help_text="Such as: children aged 3 and 4 in Northtown",
        max_length=200,
        error_messages={"required": "Say who the people are."},
    )
    number = _number("How many", required=True)
    number_low = _number("At least")
    number_high = _number("At most")
    number_source = forms.CharField(label="Where the number is from", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, _, example in STEPS:
            self.fields[f"{key}_name"] = forms.CharField(
                label="In words", help_text=example.capitalize(), max_length=200, required=False
            )
            self.fields[f"{key}_value"] = _number("Per cent of those above", most=100)
            self.fields[f"{key}_low"] = _number("At least, per cent", most=100)
            self.fields[f"{key}_high"] = _number("At most, per cent", most=100)
            self.fields[f"{key}_source"] = forms.CharField(
                label="Where the percentage is from", max_length=300, required=False
            )
        self.fields["family"] = _number("Children to a family", least=1)
        self.fields[
            "family"
        ].help_text = "Where families are to be counted. Leave it empty to count children."
        self.fields["family_source"] = forms.CharField(
            label="Where that is from", max_length=300, required=False
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        filled = [key for key, _, _ in STEPS if given.get(f"{key}_value") is not None]
        if not filled and not given.get("family") and not self.errors:
            self.add_error("need_value", "Say what share of the people has the need.")
        return given

    @property
    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The fields by step, each with its heading."""
        yield (
            "The people you start from",
            [self[name] for name in self.fields if name.startswith(("people", "number"))],
        )
        for key, label, _ in STEPS:
            yield label, [self[f"{key}_{part}"] for part in ("name", "value", "low", "high", "source")]
        yield "Families", [self["family"], self["family_source"]]

    def start(self) -> Known:
        given = self.cleaned_data
        return Known(
            given["people"],
            given["number"],
            given["number_low"],
            given["number_high"],
            given["number_source"],
        )

    def steps(self) -> list[Step]:
        """The steps that were filled in, shares from 0 to 1."""
        given = self.cleaned_data
        found = []
        for key, label, _ in STEPS:
            value = given[f"{key}_value"]
            if value is None:
                continue
            low, high = given[f"{key}_low"], given[f"{key}_high"]
            found.append(
                Step(
                    given[f"{key}_name"] or label.lower(),
                    value / 100,
                    None if low is None else low / 100,
                    None if high is None else high / 100,
                    given[f"{key}_source"],
                )
            )
        if given["family"]:
            found.append(Step("families", given["family"], source=given["family_source"], divide=True))
        return found
