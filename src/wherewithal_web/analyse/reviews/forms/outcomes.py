"""How an outcome is put together, and how sure it is, as forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wherewithal.analyse.reviews.certainty.factors import STEPS, Factor, factors
from wherewithal.analyse.reviews.certainty.grading import Grade
from wherewithal.analyse.reviews.certainty.levels import Design
from wherewithal.analyse.reviews.extraction.form import Question
from wherewithal.analyse.reviews.extraction.study import Outcome
from wherewithal.analyse.reviews.in_words.risks import Baseline
from wherewithal.analyse.reviews.outcomes import OutcomeSettings, PoolingChoices, StudyEffect, When
from wherewithal.analyse.reviews.outcomes.choices import TESTS
from wherewithal.analyse.reviews.outcomes.settings import about_risk, standardised
from wherewithal.analyse.reviews.synthesis.between import NAMES

NUMBER = {"class": "govuk-input--width-5", "inputmode": "decimal"}


class PoolingForm(forms.Form):
    """How one outcome is put together and told. ``seen``: the answer is on the thread already, so it asks why."""

    service = forms.CharField(
        max_length=200,
        label="What was tried?",
        help_text="As a sentence would say it, for example: group parenting programmes.",
    )
    when = forms.ChoiceField(
        label="Where a study measured several times, which counts?",
        choices=[(each.value, f"{each.words[:1].upper()}{each.words[1:]}") for each in When],
        widget=forms.RadioSelect,
    )
    design = forms.ChoiceField(
        label="What kind of studies are they?",
        choices=[(each.value, each.words) for each in Design],
        help_text="Certainty starts at high for randomised trials, and at low for others.",
        widget=forms.RadioSelect,
    )
    matters = forms.FloatField(
        required=False,
        label="What is the smallest effect that would matter to families?",
        widget=forms.TextInput(attrs=NUMBER),
    )
    matters_source = forms.CharField(
        required=False,
        max_length=300,
        label="Who says so?",
        help_text="For example: agreed with the parents’ panel.",
    )
    risk = forms.FloatField(required=False, min_value=0, max_value=100, widget=forms.TextInput(attrs=NUMBER))
    where = forms.CharField(
        required=False,
        max_length=200,
        label="Of whom is that?",
        help_text="For example: children aged 3 to 8 in Northmoor.",
    )
    risk_source = forms.CharField(
        required=False, max_length=300, label="Where is that figure from?", help_text="With its year."
    )
    method = forms.ChoiceField(
        label="How is the difference between studies estimated?", choices=list(NAMES.items())
    )
    test = forms.ChoiceField(label="How is the interval made?", choices=list(TESTS.items()))
    correlation = forms.FloatField(
        min_value=0,
        max_value=0.99,
        label="How alike are several effects of one study?",
        help_text="A correlation. 0.6 is usual; it hardly matters, and counts only where a study gives several.",
        widget=forms.TextInput(attrs=NUMBER),
    )
    looked_at = forms.MultipleChoiceField(
        required=False,
        label="What might explain why studies differ?",
        help_text="Choose few, and before looking at the results: the more is tried, the more is found by chance. "
        "These are questions of the extraction form.",
        widget=forms.CheckboxSelectMultiple,
    )
    why = forms.CharField(
        required=False,
        max_length=500,
        label="Why is it changed?",
        help_text="The answer is on the thread already, so a change is kept with its reason.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, outcome: Outcome, settings: OutcomeSettings, effects: tuple[StudyEffect, ...], seen: bool,
        questions: Sequence[Question] = (),
        **kwargs: Any,
    ) -> None:  # fmt: skip
        baseline = settings.baseline
        left = dict(settings.choices.leave_out)
        studies = {effect.study: effect.name for effect in effects}
        initial = {
            "service": settings.service,
            "when": settings.choices.when.value,
            "design": settings.design.value,
            "matters": settings.matters,
            "matters_source": settings.matters_source,
            "risk": round(100 * baseline.risk, 6) if baseline else None,
            "where": baseline.where if baseline else "",
            "risk_source": baseline.source if baseline else "",
            "method": settings.choices.method,
            "test": settings.choices.test,
            "correlation": settings.choices.correlation,
            "looked_at": list(settings.looked_at),
            **{f"leave_{study}": left.get(study, "") for study in studies},
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.studies = studies
        self.fields["matters"].help_text = _matters_help(outcome)
        if standardised(outcome):
            self.fields["risk"].label = "How many in 100 here are past a line that matters, without it?"
            self.fields["risk"].help_text = (
                "For example the share of children whose scores are in the range that asks for help. With it, the "
                "effect becomes a number of children. Leave empty if nobody knows."
            )
        else:
            self.fields["risk"].label = "How many in 100 here have it happen, without the programme?"
            self.fields[
                "risk"
            ].help_text = "With it, the effect becomes a number of children. Leave empty if unknown."
        if not (standardised(outcome) or about_risk(outcome)):
            for name in ("risk", "where", "risk_source"):
                del self.fields[name]
        for study, name in studies.items():
            self.fields[f"leave_{study}"] = forms.CharField(
                required=False,
                max_length=300,
                label=name,
                help_text="Leave empty to count it. Otherwise: why not?",
            )
        if not seen:
            del self.fields["why"]
        self.fields["looked_at"].choices = [(each.key, each.words) for each in questions]
        if not questions:
            del self.fields["looked_at"]

    @property
    def leaving(self) -> list[forms.BoundField]:
        return [self[f"leave_{study}"] for study in self.studies]

    @property
    def here(self) -> list[forms.BoundField]:
        """The fields about the risk here, none where the measure does not speak of risks."""
        return [self[name] for name in ("risk", "where", "risk_source") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        risk = answers.get("risk")
        if risk is not None:
            if not 0 < risk < 100:
                self.add_error("risk", "Give a number above 0 and below 100, such as 12.")
            for name in ("where", "risk_source"):
                if not answers.get(name):
                    self.add_error(name, "No figure goes without this.")
        if answers.get("matters") is not None and not answers.get("matters_source"):
            self.add_error("matters_source", "Say who says so.")
        return answers

    def settings(self) -> OutcomeSettings:
        """What was filled in. Raises BadInput for what cannot be."""
        answers = self.cleaned_data
        risk = answers.get("risk")
        left = tuple(
            (study, answers[f"leave_{study}"].strip())
            for study in self.studies
            if answers[f"leave_{study}"].strip()
        )
        return OutcomeSettings(
            PoolingChoices(
                When(answers["when"]), answers["method"], answers["test"], answers["correlation"], left
            ),
            " ".join(answers["service"].split()),
            answers["matters"],
            answers["matters_source"].strip() if answers["matters"] is not None else "",
            Design(answers["design"]),
            Baseline(risk / 100, answers["where"].strip(), answers["risk_source"].strip())
            if risk is not None
            else None,
            tuple(answers.get("looked_at", ())),
        )


def _matters_help(outcome: Outcome) -> str:
    if outcome.ratio:
        return "As a ratio, for example 1.25. If left empty: 1.25, GRADE’s line."
    if standardised(outcome):
        return "In standard deviations, for example 0.2. If left empty: 0.2, Cohen’s line for a small effect."
    return (
        f"In the unit of the {outcome.measure_name.lower()}. Nobody has drawn a line for it, so it is needed."
    )


class CertaintyForm(forms.Form):
    """A decision with its reason about every factor. ``grade`` gives what is decided and suggested so far."""

    def __init__(self, *args: Any, grade: Grade, **kwargs: Any) -> None:
        initial: dict[str, Any] = {}
        for line in grade.lines:
            if line.decision:
                initial[f"steps_{line.factor.key}"] = str(line.decision.steps)
                initial[f"reason_{line.factor.key}"] = line.decision.reason
        super().__init__(*args, initial=initial, **kwargs)
        for each in factors():
            self.fields[f"steps_{each.key}"] = forms.ChoiceField(
                required=False,
                label=each.asks,
                choices=[
                    *((str(steps), _step_words(each, steps)) for steps in each.steps),
                    ("", "Not decided"),
                ],
                widget=forms.RadioSelect,
            )
            self.fields[f"reason_{each.key}"] = forms.CharField(
                required=False, max_length=500, label="Why?", widget=forms.Textarea(attrs={"rows": 2})
            )

    def of(self, key: str) -> tuple[forms.BoundField, forms.BoundField]:
        """The two fields about a factor."""
        return self[f"steps_{key}"], self[f"reason_{key}"]

    def judged(self) -> dict[str, tuple[int, str]]:
        """Steps with the reason for every factor that was decided."""
        return {
            each.key: (int(steps), self.cleaned_data[f"reason_{each.key}"])
            for each in factors()
            if (steps := self.cleaned_data[f"steps_{each.key}"]) != ""
        }


def _step_words(each: Factor, steps: int) -> str:
    if not steps:
        return "No serious concern" if each.lowers else "No"
    words = STEPS[steps]
    return f"{words[:1].upper()}{words[1:]}" + (f", down {-steps}" if steps < 0 else "")
