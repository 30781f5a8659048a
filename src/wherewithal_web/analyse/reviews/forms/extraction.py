"""The forms of extraction: results by the form the paper gives, the plan, and what is compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from wherewithal.analyse.reviews.extraction.effect_words import measure_words
from wherewithal.analyse.reviews.extraction.form import as_lines
from wherewithal.analyse.reviews.extraction.forms_of_results import CHOICES, CLUSTERED, FORMS, Form, words_of
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.plan import Plan
from wherewithal.analyse.reviews.extraction.study import Better, Instrument, Outcome, Place
from wherewithal.analyse.reviews.extraction.working import OFFERED
from wherewithal_web.analyse.reviews.models import StudyArm

SHORT = {"class": "govuk-input--width-5"}


class Figure(forms.CharField):
    """A number as papers print it: with a real minus, a decimal comma, thousands, or "<0.001" where ``below`` says so.

    ``cleaned_data`` holds a float or None.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=forms.TextInput(attrs=SHORT), **kwargs)

    def clean(self, value: Any) -> float | None:
        from wherewithal.analyse.reviews.extraction.cells import decimal_mark, read_cell

        text = super().clean(value)
        if not text:
            return None
        cell = read_cell(text, decimal=decimal_mark([text]))
        if cell.kind in ("number", "percent", "p") and len(cell.numbers) == 1:
            return cell.numbers[0]
        if cell.kind in ("p-below", "not-significant"):
            raise forms.ValidationError(
                f"“{text}” is a bound, not a number: find the exact one. If the paper has no other, write the number "
                "and choose “p is below this”."
            )
        raise forms.ValidationError(f"“{text}” is not a number. Write the number only, such as 12.3.")


class ResultForm(forms.Form):
    """What a paper gives, in one of its forms. ``taken`` fills it with what is known already."""

    def __init__(
        self, *args: Any, what: Form, taken: Given | None = None, place: Place, **kwargs: Any
    ) -> None:
        numbers: Mapping[str, float] = taken.numbers if taken else {}
        chosen: Mapping[str, str] = taken.choices if taken else {}
        initial = {key: f"{value:.12g}" for key, value in numbers.items()} | dict(chosen)
        initial |= {
            "words": taken.words if taken else "",
            "page": place.page,
            "quotation": place.quotation,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.what = what
        for key in what.numbers:
            label = words_of(key) + (" (if given)" if key in what.may else "")
            self.fields[key] = Figure(label=label, required=False)
        for key in what.choices:
            self._choice(key)
        if not what.one_group:
            self._choice("clusters")
            for key in CLUSTERED:
                self.fields[key] = Figure(label=words_of(key), required=False)
            self._choice("icc_from")
        self.fields["words"] = forms.CharField(
            required=False,
            max_length=500,
            label="Anything to say about these numbers?",
            help_text="For example where an assumed correlation comes from.",
        )
        self.fields["page"] = forms.CharField(
            required=False,
            max_length=60,
            label="Where do they stand?",
            help_text="Page and table, for example: p 5, Table 2.",
            widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        )
        self.fields["quotation"] = forms.CharField(
            required=False,
            max_length=2000,
            label="In the paper’s own words",
            help_text="The row or the sentence, copied.",
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def _choice(self, key: str) -> None:
        question, answers = CHOICES[key]
        first = next(iter(answers))
        self.fields[key] = forms.ChoiceField(
            label=question, choices=list(answers.items()), widget=forms.RadioSelect, required=False
        )
        self.initial.setdefault(key, first)

    @property
    def arms(self) -> list[list[forms.BoundField]]:
        """The numbers of each arm, in the order of the form."""
        sides = ("1",) if self.what.one_group else ("1", "2")
        return [[self[f"{name}{side}"] for name in self.what.arms] for side in sides]

    @property
    def both(self) -> list[forms.BoundField]:
        return [self[key] for key in self.what.both]

    @property
    def choices(self) -> list[forms.BoundField]:
        return [self[key] for key in self.what.choices]

    @property
    def clusters(self) -> list[forms.BoundField]:
        keys = () if self.what.one_group else ("clusters", *CLUSTERED, "icc_from")
        return [self[key] for key in keys]

    def given(self) -> Given:
        """What was filled in. Raises BadInput for what cannot be."""
        answers = self.cleaned_data
        keys = (*self.what.numbers, *(() if self.what.one_group else CLUSTERED))
        numbers = {key: answers[key] for key in keys if answers.get(key) is not None}
        chosen = {key: answers[key] for key in CHOICES if answers.get(key)}
        return Given(self.what.key, numbers, chosen, " ".join(answers["words"].split()))

    def place(self) -> Place:
        return Place(self.cleaned_data["page"].strip(), self.cleaned_data["quotation"].strip())


class ComparisonForm(forms.Form):
    """What is compared: a measure, a time, two arms; and in which form the paper gives it."""

    instrument = forms.ChoiceField(label="Which outcome, measured how?")
    time_words = forms.CharField(
        max_length=120,
        required=False,
        label="When was it measured?",
        help_text="In the paper’s words, for example: after the programme, 6 months later.",
    )
    weeks = forms.FloatField(
        required=False,
        min_value=0,
        max_value=5200,
        label="Weeks after the programme began",
        help_text="If the paper says, so that studies can be put side by side.",
        widget=forms.TextInput(attrs={**SHORT, "inputmode": "decimal"}),
    )
    arm1 = forms.ChoiceField(label="First arm (usually the programme)")
    arm2 = forms.ChoiceField(label="Compared with", required=False)
    form = forms.ChoiceField(
        label="How does the paper give the result?",
        help_text="The fuller the better: those further up are closer to the data.",
        choices=[(form.key, f"{form.name}. {form.hint}") for form in FORMS],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, plan: Plan, arms: list[StudyArm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instrument"].choices = [("", "Choose")] + [
            (each.key, f"{outcome.name}: {each.name}")
            for outcome in plan.outcomes
            for each in plan.instruments_of(outcome.key)
        ]
        there = [(row.number, row.name) for row in arms]
        self.fields["arm1"].choices = [("", "Choose"), *there]
        self.fields["arm2"].choices = [("", "Nothing: one group only"), *there]
        programme = next((row.number for row in arms if row.role == "programme"), "")
        other = next((row.number for row in arms if row.number != programme), "")
        self.initial = {"arm1": programme, "arm2": other, "form": FORMS[0].key, **self.initial}
        if len(self.fields["instrument"].choices) == 2:
            self.initial.setdefault("instrument", self.fields["instrument"].choices[1][0])

    def what(self) -> dict[str, Any]:
        """What was filled in, as ``add_comparison`` takes it."""
        answers = self.cleaned_data
        return {
            "instrument": answers["instrument"],
            "time_words": answers["time_words"],
            "weeks": answers["weeks"],
            "arm1": int(answers["arm1"]),
            "arm2": int(answers["arm2"]) if answers["arm2"] else None,
        }


class OutcomeForm(forms.Form):
    """One outcome of the plan."""

    name = forms.CharField(
        max_length=120,
        label="What is the outcome?",
        help_text="What should get better, for example: behaviour problems, reading, exclusion from school.",
    )
    better = forms.ChoiceField(
        label="Which way is good?",
        choices=[
            (Better.LOWER.value, "Less of it is better"),
            (Better.HIGHER.value, "More of it is better"),
        ],
        widget=forms.RadioSelect,
    )
    measure = forms.ChoiceField(
        label="How are effects to be put together?",
        help_text="Standardised where studies use different scales; the mean difference where all use one; a ratio for "
        "something that happens or not.",
        choices=[(key, measure_words(key)) for key in OFFERED],
    )

    def outcome(self, key: str) -> Outcome:
        return Outcome(key, " ".join(self.cleaned_data["name"].split()), self.cleaned_data["better"],
                       self.cleaned_data["measure"])  # fmt: skip


class InstrumentForm(forms.Form):
    """One measure of an outcome."""

    outcome = forms.ChoiceField(label="Which outcome does it measure?")
    name = forms.CharField(
        max_length=120,
        label="What is it called?",
        help_text="With its version and who fills it in, for example: ECBI intensity, filled in by the mother.",
    )
    more = forms.ChoiceField(
        label="What does a higher score mean?",
        choices=[
            (Better.HIGHER.value, "More of the outcome"),
            (Better.LOWER.value, "Less of the outcome"),
        ],
        widget=forms.RadioSelect,
    )
    unit = forms.CharField(
        max_length=60, required=False, label="Unit", help_text="For example: points, days."
    )
    lowest = Figure(label="Lowest score there can be", required=False)
    highest = Figure(label="Highest score there can be", required=False)
    items = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=500,
        label="How many whole-number questions is it made of?",
        help_text="If filled in, means that cannot be are pointed out.",
        widget=forms.TextInput(attrs={**SHORT, "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(each.key, each.name) for each in plan.outcomes]

    def instrument(self, key: str) -> Instrument:
        answers = self.cleaned_data
        return Instrument(
            key=key,
            outcome=answers["outcome"],
            name=" ".join(answers["name"].split()),
            more=answers["more"],
            unit=answers["unit"].strip(),
            lowest=answers["lowest"],
            highest=answers["highest"],
            items=answers["items"] or 0,
        )


class PlanForm(forms.Form):
    """The questions of the form as lines, and how many people extract."""

    people = forms.ChoiceField(
        label="How many people take numbers and answers from each study?",
        choices=[
            ("1", "One. A second person can look it over and change it."),
            ("2", "Two, each without seeing what the other took, who then settle what differs."),
        ],
        widget=forms.RadioSelect,
    )
    lines = forms.CharField(
        label="The questions",
        help_text="A line each: the question, its kind, help, with | between. Kinds: text, number, date, yes-no, or "
        "choice with its answers, as in “choice: home; school”. A line with # begins a section.",
        widget=forms.Textarea(attrs={"rows": 24}),
    )
    why = forms.CharField(
        required=False,
        max_length=1000,
        label="Why is it changed?",
        help_text="Kept with the version. You can leave it empty.",
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, initial={"people": str(plan.people), "lines": as_lines(plan.form)}, **kwargs)
