"""An outcome in words, as forms: what is chosen, which way a report says it went, and the report by SWiM."""

from __future__ import annotations

from typing import Any

from django import forms

from wherewithal.analyse.reviews.extraction.study import Outcome, Place
from wherewithal.analyse.reviews.narrative.account import NarrativeAccount
from wherewithal.analyse.reviews.narrative.choices import LONGEST, WAYS, NarrativeChoices
from wherewithal.analyse.reviews.narrative.directions import Direction
from wherewithal.analyse.reviews.narrative.swim import items

_SAID = {
    Direction.BETTER: "Better for children",
    Direction.WORSE: "Worse for children",
    Direction.NO_CHANGE: "No difference",
    Direction.MIXED: "Some of its results each way",
}


class NarrativeForm(forms.Form):
    """Whether an outcome is told in words, and what is said beside directions. ``seen``: it is on the thread."""

    instead = forms.CharField(
        required=False,
        max_length=1000,
        label="Would an average mislead? Then say why",
        help_text="For example: the studies serve families that are too different, or compare with other services. "
        "Leave empty if a number may be worked out. That results differ is no reason: an average can say so.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ways = forms.MultipleChoiceField(
        required=False,
        label="What should be said beside the directions?",
        help_text="Directions are always counted.",
        choices=list(WAYS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    why = forms.CharField(
        required=False,
        max_length=500,
        label="Why is it changed?",
        help_text="An answer is on the thread already, so a change is kept with its reason.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, choices: NarrativeChoices, seen: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial={"instead": choices.instead, "ways": list(choices.ways)}, **kwargs)
        if not seen:
            del self.fields["why"]


class DirectionForm(forms.Form):
    """Which way a report says an outcome went, where it gives no number."""

    direction = forms.ChoiceField(
        label="Which way does the report say it went?",
        choices=[(each.value, words) for each, words in _SAID.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which way it went."},
    )
    quotation = forms.CharField(
        max_length=2000,
        label="In the report’s words",
        help_text="The sentence that says so, as it stands.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Copy the sentence, so that somebody else can check it."},
    )
    page = forms.CharField(
        max_length=60,
        label="Page or table",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"required": "Say where it stands."},
    )
    people = forms.IntegerField(
        required=False,
        min_value=1,
        label="How many people were in the study, if it says",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, outcome: Outcome, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        way = "Less" if outcome.better == "lower" else "More"
        self.fields[
            "direction"
        ].help_text = f"{way} of it is better. Whether the report calls it significant does not matter."

    @property
    def place(self) -> Place:
        return Place(self.cleaned_data["page"], self.cleaned_data["quotation"])


class ReportForm(forms.Form):
    """The items of SWiM: a person's words, with the draft from the data beside each field."""

    def __init__(
        self, *args: Any, choices: NarrativeChoices, account: NarrativeAccount | None, **kwargs: Any
    ) -> None:
        written = dict(choices.written)
        super().__init__(*args, initial={_name(number): words for number, words in written.items()}, **kwargs)
        drafts = {each.item.number: each.words for each in account.swim if each.drafted} if account else {}
        self.drafts = {_name(number): words for number, words in drafts.items()}
        for item in items():
            self.fields[_name(item.number)] = forms.CharField(
                required=False,
                max_length=LONGEST,
                label=f"{item.number} {item.name}",
                help_text=item.asks,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def draft(self, field: forms.BoundField) -> str:
        """What the data say for a field, where they say something and nobody has written."""
        return self.drafts.get(field.name, "")

    def written(self) -> dict[str, str]:
        return {
            item.number: words for item in items() if (words := self.cleaned_data[_name(item.number)].strip())
        }


def _name(number: str) -> str:
    return f"item_{number}"
