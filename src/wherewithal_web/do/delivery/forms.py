"""The forms of delivery: plain words, and only what is needed to go on."""

from __future__ import annotations

from typing import Any

from django import forms

from wherewithal.do.delivery import FigureKind, Polarity, ReadingKind
from wherewithal_web.cases.forms import Day
from wherewithal_web.clock import today

NARROW = {"class": "govuk-input--width-5", "inputmode": "numeric"}
DECIMAL = {"class": "govuk-input--width-5", "inputmode": "decimal"}
MOST = 10_000_000


class DeliveryForm(forms.Form):
    provider = forms.CharField(
        max_length=200,
        required=False,
        label="Who will deliver it?",
        help_text="An organisation or a team. For example: Northmoor Family Hubs",
    )
    starts_on = Day(
        required=False,
        label="When does it start?",
        help_text="The day the first families are seen. You can leave this for later.",
    )


class MeasureForm(forms.Form):
    name = forms.CharField(
        max_length=150,
        label="What is measured?",
        help_text="For families, not for the service. For example: Children with high conduct problems",
        error_messages={"required": "Say what is measured."},
    )
    kind = forms.TypedChoiceField(
        coerce=FigureKind,
        widget=forms.RadioSelect,
        label="What will the figure be?",
        choices=[
            (FigureKind.SHARE.value, "A share: how many of the families measured"),
            (FigureKind.MEAN.value, "An average score of the families measured"),
        ],
        error_messages={"required": "Choose a share or an average score."},
    )
    unit = forms.CharField(
        max_length=40,
        required=False,
        label="What is a score counted in?",
        help_text="For an average score only. For example: points, days, hours",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    polarity = forms.TypedChoiceField(
        coerce=Polarity,
        widget=forms.RadioSelect,
        label="Which way is better?",
        choices=[(Polarity.LOWER.value, "Lower is better"), (Polarity.HIGHER.value, "Higher is better")],
        error_messages={"required": "Say which way is better."},
    )
    how = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="How is it measured?",
        help_text="Who asks what, of whom, and when. It is done the same way before and after.",
        error_messages={"required": "Say how it is measured."},
    )
    validated = forms.TypedChoiceField(
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        label="Is it a validated instrument?",
        help_text="A questionnaire that published studies have shown to measure what it says.",
        choices=[("yes", "Yes"), ("no", "No, or not sure")],
        error_messages={"required": "Say whether it is a validated instrument."},
    )
    source = forms.CharField(
        max_length=200,
        required=False,
        label="Where is the instrument or the definition written down?",
        help_text="Its title and year, for whoever wants to look it up",
    )
    source_url = forms.URLField(required=False, label="Its web address, if it has one", assume_scheme="https")


class ReadingForm(forms.Form):
    on = Day(label="When was it measured?", help_text="The day, or the last day of the period")
    families = forms.IntegerField(
        min_value=1,
        max_value=MOST,
        label="How many families were measured?",
        help_text="Each family once, with one child or one parent.",
        widget=forms.NumberInput(attrs=NARROW),
        error_messages={"required": "Give how many families were measured."},
    )
    count = forms.IntegerField(
        min_value=0, max_value=MOST, label="Of how many is it true?", widget=forms.NumberInput(attrs=NARROW)
    )
    mean = forms.FloatField(
        min_value=-MOST,
        max_value=MOST,
        label="What is their average score?",
        widget=forms.NumberInput(attrs=DECIMAL),
    )
    sd = forms.FloatField(
        required=False,
        min_value=0,
        max_value=MOST,
        label="What is the standard deviation of the scores?",
        help_text="How far the scores lie from their average. A spreadsheet gives it as STDEV.S. Without it, a "
        "later average cannot be compared fairly.",
        widget=forms.NumberInput(attrs=DECIMAL),
    )

    def __init__(self, *args: Any, is_share: bool, kind: ReadingKind, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if is_share:
            del self.fields["mean"], self.fields["sd"]
            self.fields["count"].help_text = f"Those that count as: {name}"
            self.fields["count"].error_messages["required"] = "Give of how many it is true."
        else:
            del self.fields["count"]
            self.fields["mean"].error_messages["required"] = "Give the average score."
        self.fields["on"].error_messages["required"] = "Give the day on which it was measured."

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on and on > today():
            raise forms.ValidationError("That day is still to come. Record it once it is measured.")
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        count, families = cleaned.get("count"), cleaned.get("families")
        if count is not None and families is not None and count > families:
            self.add_error(
                "count", f"That is more than the {families:,} families measured. Check both numbers."
            )
        if cleaned.get("sd") == 0:
            self.add_error(
                "sd", "Scores that differ have a spread above 0. Leave it empty if it is not known."
            )
        return cleaned
