"""The forms of the needs room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wherewithal.analyse.needs import Area, Average
from wherewithal.analyse.needs.authorities import tier_of
from wherewithal.analyse.needs.figures import ENGLAND_TYPE
from wherewithal.sources.own_table import Columns
from wherewithal_web.cases.models import Case
from wherewithal_web.components.uploads import FilesUpload, TextUpload


class ImportForm(forms.Form):
    file = FilesUpload(
        label="Files of figures",
        help_text="As downloaded, without opening them in a spreadsheet first. Choose several at once where they "
        "belong together, such as a table and its dictionary.",
        error_messages={"required": "Choose a file."},
    )


class LayoutForm(forms.Form):
    file = TextUpload(label="A HexJSON file", error_messages={"required": "Choose a file."})
    source = forms.CharField(
        label="Who made it?",
        help_text="A name, and the licence where it is somebody else's",
        max_length=300,
        error_messages={"required": "Say who made it."},
    )


_NO_COLUMN = ("", "no such column")


class ColumnsForm(forms.Form):
    """Which column is which in a table of one's own, begun from what the names suggest."""

    period = forms.ChoiceField(label="Year or period")
    area_name = forms.ChoiceField(label="Name of the area", required=False)
    area_code = forms.ChoiceField(label="Code of the area", required=False)
    place = forms.CharField(
        label="Or the area that the whole file is about",
        help_text="Where no column names an area",
        max_length=200,
        required=False,
    )
    inside = forms.CharField(
        label="The authority that the areas lie in",
        help_text="For wards or neighbourhoods: its name or code, so that its profile shows them",
        max_length=200,
        required=False,
    )
    indicator = forms.ChoiceField(label="What is measured", required=False)
    called = forms.CharField(
        label="Or what the whole file measures",
        help_text="In words that a reader understands, such as: Early help assessments completed in time",
        max_length=200,
        required=False,
    )
    value = forms.ChoiceField(label="The value", required=False)
    low = forms.ChoiceField(label="Lower end of its interval", required=False)
    high = forms.ChoiceField(label="Upper end of its interval", required=False)
    count = forms.ChoiceField(label="How many were counted", required=False)
    denominator = forms.ChoiceField(label="Out of how many", required=False)
    sex = forms.ChoiceField(label="Sex", required=False)
    age = forms.ChoiceField(label="Age", required=False)
    category = forms.ChoiceField(
        label="Group within the area",
        help_text="An ethnic group or a deprivation tenth, for example",
        required=False,
    )
    note = forms.ChoiceField(label="Notes", required=False)
    shape = forms.ChoiceField(
        label="What the values are",
        choices=[
            ("percentage", "Percentages of those counted"),
            ("rate", "Rates: so many for every so many people"),
            ("people", "Numbers of people who live there, such as a projection by age"),
            ("value", "Something else, such as a mean or a cost"),
        ],
        widget=forms.RadioSelect,
    )
    multiplier = forms.FloatField(
        label="For rates: for every how many people?", required=False, min_value=1, initial=10_000
    )
    polarity = forms.ChoiceField(
        label="Which way is good?",
        choices=[
            ("low is good", "Low is good"),
            ("high is good", "High is good"),
            ("no judgement", "Neither: it is not to be judged"),
            ("not known", "Nobody has said"),
        ],
        widget=forms.RadioSelect,
        initial="not known",
    )

    CHOSEN = (
        "period",
        "area_name",
        "area_code",
        "indicator",
        "value",
        "low",
        "high",
        "count",
        "denominator",
        "sex",
        "age",
        "category",
        "note",
    )

    def __init__(self, *args: Any, header: Sequence[str], suggestion: Columns | None, **kwargs: Any) -> None:
        suggested = suggestion.as_dict() if suggestion else {"shape": "value"}
        super().__init__(*args, initial=suggested, **kwargs)
        named = [(column, column) for column in header if column]
        for role in self.CHOSEN:
            self.fields[role].choices = named if role == "period" else [_NO_COLUMN, *named]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (given.get("area_name") or given.get("area_code") or given.get("place")):
            self.add_error(
                "area_name", "Choose the column that names the area, or write one for the whole file."
            )
        if not (given.get("indicator") or given.get("called")):
            self.add_error("called", "Say what the file measures.")
        if not (given.get("value") or (given.get("count") and given.get("denominator"))):
            self.add_error(
                "value", "Choose the column of the values, or those of counts and of how many they are of."
            )
        if bool(given.get("low")) != bool(given.get("high")):
            self.add_error("low", "Choose both ends of the interval, or neither.")
        return given

    def said(self) -> Columns:
        """What was said, as the library reads tables by."""
        given = self.cleaned_data
        always = {
            "area_name": given["place"],
            "parent_code": given["inside"],
            "indicator": given["called"],
            "polarity": given["polarity"],
        }
        return Columns(
            **{role: given[role] for role in self.CHOSEN},
            shape=given["shape"],
            multiplier=100.0 if given["shape"] == "percentage" else given["multiplier"] or 1.0,
            always={role: words for role, words in always.items() if words},
        )


class AreaForm(forms.Form):
    area = forms.CharField(
        label="Name or code of an area",
        help_text="For example Trafford, or E08000009",
        max_length=200,
        error_messages={"required": "Write the name of an area."},
    )


class NeighboursForm(forms.Form):
    """Choose neighbours among areas of the same kind that are held, whatever each file calls the kind."""

    neighbours = forms.MultipleChoiceField(
        label="Areas like this one", widget=forms.CheckboxSelectMultiple, required=False
    )
    source = forms.CharField(
        label="Who says that they are alike?",
        help_text="For example: DfE statistical neighbours, May 2025",
        max_length=300,
        required=False,
    )
    average = forms.ChoiceField(
        label="Which average of theirs do sentences quote?",
        choices=[
            (Average.MEDIAN.value, "Their median: the one in the middle"),
            (Average.MEAN.value, "Their simple mean: each area counts the same"),
            (Average.POOLED.value, "All their people together: large areas count more"),
        ],
        widget=forms.RadioSelect,
        initial=Average.MEDIAN.value,
        required=False,
    )

    def __init__(self, *args: Any, area: Area, held: dict[str, Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alike = [
            other
            for other in held.values()
            if tier_of(other.code, other.type) == tier_of(area.code, area.type)
            and other.code != area.code
            and other.type != ENGLAND_TYPE
        ]
        self.fields["neighbours"].choices = [
            (other.code, other.name) for other in sorted(alike, key=lambda other: other.name)
        ]


class AddForm(forms.Form):
    """Which case a figure goes to: one that the person may add to."""

    case = forms.ModelChoiceField(
        Case.objects.none(),
        to_field_name="slug",
        label="Add this to",
        empty_label=None,
        error_messages={"required": "Choose a case.", "invalid_choice": "Choose one of your cases."},
    )

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases
