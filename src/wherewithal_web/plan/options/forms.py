"""Forms that a commissioner can fill in without help: a figure a year, with its range where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wherewithal.errors import BadInput
from wherewithal.plan import options as library
from wherewithal.thread import Lane
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.plan.options.models import Option

MOST = 1e11
"""Far above any council's budget: a figure beyond it is a slip of the keyboard."""
LONGEST = 10
"""The most years a form shows. Longer appraisals belong to buildings, which this room does not cost."""
KINDS = {
    library.Kind.BUSINESS_AS_USUAL: "Carry on as now (business as usual)",
    library.Kind.DO_MINIMUM: "Do the minimum that is needed",
    library.Kind.PROGRAMME: "A programme or service",
    library.Kind.STOP: "Stop the service",
}
COST_KINDS = {
    library.CostKind.RUNNING: "Running it",
    library.CostKind.TRAINING: "Training",
    library.CostKind.SET_UP: "Setting it up",
}


class QuantityField(forms.CharField):
    """A figure, or a figure with its range: "96" or "96 (80 to 110)". ``cleaned_data`` holds a Quantity."""

    def __init__(self, *, most: float = MOST, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 60)
        super().__init__(**kwargs)
        self.most = most

    def clean(self, value: Any) -> library.Quantity | None:
        written = super().clean(value)
        if not written:
            return None
        try:
            quantity = library.Quantity.parse(written)
        except BadInput as error:
            problem = error.problems[0]
            raise forms.ValidationError(f"{self._named()}: {error.message} {problem.do}") from error
        if quantity.low < 0:
            raise forms.ValidationError(f"{self._named()}: write 0 or more.")
        if quantity.high > self.most:
            raise forms.ValidationError(f"{self._named()}: write {self.most:,.0f} or less.")
        return quantity

    def _named(self) -> str:
        return str(self.label or "This figure")

    def prepare_value(self, value: Any) -> Any:
        return value.written if isinstance(value, library.Quantity) else value


class YearsForm(forms.Form):
    """A form with one quantity a year, all of them or none."""

    most = MOST

    def __init__(self, *args: Any, labels: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year_names = [f"year_{position}" for position in range(1, len(labels) + 1)]
        for name, label in zip(self.year_names, labels, strict=True):
            self.fields[name] = QuantityField(label=label, most=self.most)

    @property
    def year_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.year_names]

    def quantities(self) -> tuple[library.Quantity, ...]:
        return tuple(q for name in self.year_names if (q := self.cleaned_data.get(name)) is not None)

    def check_years(self, *, needed: bool) -> None:
        """Every year filled in where any is, and where ``needed``."""
        empty = [
            name
            for name in self.year_names
            if name not in self.errors and self.cleaned_data.get(name) is None
        ]
        if empty and (needed or len(empty) < len(self.year_names)):
            for name in empty:
                self.add_error(name, f"{self.fields[name].label}: write a figure, or 0 where there is none.")


def year_values(quantities: Sequence[library.Quantity]) -> dict[str, library.Quantity]:
    """Initial values for the years of a form."""
    return {f"year_{position}": quantity for position, quantity in enumerate(quantities, start=1)}


class OptionForm(YearsForm):
    name = forms.CharField(
        max_length=120,
        label="What is it called?",
        help_text="Short, as it will stand above its column. For example: Incredible Years, 12 groups",
        error_messages={"required": "Give the option a name."},
    )
    kind = forms.ChoiceField(
        label="What kind of option is it?",
        widget=forms.RadioSelect,
        choices=[(kind.value, words) for kind, words in KINDS.items()],
        error_messages={"required": "Choose what kind of option it is."},
    )
    share = QuantityField(
        label="How many in every 100 who start also finish?",
        help_text="For example 73, or 73 (60 to 80). Ask whoever ran it last: programmes differ widely.",
        most=100,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    group_size = QuantityField(
        label="Families in a group",
        help_text="As groups really fill, not as designed. Leave empty if it does not run in groups.",
        most=1000,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    evidence = forms.ModelMultipleChoiceField(
        StoredFinding.objects.none(),
        required=False,
        label="What on this case's thread is about this option?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Shown beside its figures, and never added into them.",
    )
    most = 10_000_000

    def __init__(self, *args: Any, case: Case, option: Option | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.option = case, option
        rows = StoredFinding.objects.filter(on_cases__case=case, superseded_by__isnull=True)
        cited = StoredFinding.objects.filter(pk__in=option.evidence.all()) if option else rows.none()
        field = self.fields["evidence"]
        field.queryset = (rows.exclude(lane=Lane.MONEY.value) | cited).distinct().order_by("-pk")
        field.label_from_instance = lambda row: f"{row.lane.capitalize()}: {row.title}"
        if not field.queryset.exists():
            del self.fields["evidence"]

    def clean_kind(self) -> library.Kind:
        kind = library.Kind(self.cleaned_data["kind"])
        others = self.case.options.filter(kind=library.Kind.BUSINESS_AS_USUAL.value)
        if self.option:
            others = others.exclude(pk=self.option.pk)
        if kind is library.Kind.BUSINESS_AS_USUAL and (other := others.first()):
            raise forms.ValidationError(
                f"'{other.name}' is what you do now already. Choose another kind, or change that option first."
            )
        return kind

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.check_years(needed=False)
        if self.quantities() and cleaned.get("share") is None and "share" not in self.errors:
            self.add_error("share", "Write how many in every 100 who start also finish.")
        return cleaned

    @property
    def delivery(self) -> library.Delivery:
        share = self.cleaned_data.get("share")
        return library.Delivery(
            self.quantities(),
            share.scaled(0.01) if share else library.Quantity(0, 0, 0),
            self.cleaned_data.get("group_size") or None,
        )


class CostLineForm(YearsForm):
    label = forms.CharField(
        max_length=120,
        label="What does the money buy?",
        error_messages={"required": "Say what the money buys."},
    )
    kind = forms.ChoiceField(
        label="What is it for?",
        choices=[(kind.value, words) for kind, words in COST_KINDS.items()],
        initial=library.CostKind.RUNNING.value,
    )
    paid_by = forms.CharField(
        max_length=120, label="Who pays?", error_messages={"required": "Name the organisation that pays."}
    )
    from_grant = forms.BooleanField(required=False, label="From a grant, or other money that could stop")
    useful_elsewhere = forms.BooleanField(
        required=False, label="Another service would use it if this one stopped"
    )
    take_out = forms.BooleanField(required=False, label="Take this line out")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.check_years(needed=True)
        return cleaned

    def line(self) -> library.CostLine:
        data = self.cleaned_data
        return library.CostLine(
            data["label"],
            library.CostKind(data["kind"]),
            data["paid_by"],
            self.quantities(),
            data["from_grant"],
            data["useful_elsewhere"],
        )

    @staticmethod
    def initial_of(line: library.CostLine) -> dict[str, Any]:
        return {
            "label": line.label,
            "kind": line.kind.value,
            "paid_by": line.paid_by,
            "from_grant": line.from_grant,
            "useful_elsewhere": line.useful_elsewhere,
            **year_values(line.amounts),
        }


class StaffLineForm(YearsForm):
    role = forms.CharField(
        max_length=120,
        label="Which role?",
        help_text="For example: group leader",
        error_messages={"required": "Name the role."},
    )
    in_post = forms.FloatField(
        min_value=0,
        max_value=10_000,
        label="In post now",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
        error_messages={
            "required": "In post now: write a number, or 0.",
            "invalid": "In post now: write a number.",
        },
    )
    trained = forms.FloatField(
        min_value=0,
        max_value=10_000,
        label="Of those, trained for it",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
        error_messages={"required": "Trained: write a number, or 0.", "invalid": "Trained: write a number."},
    )
    training_weeks = forms.FloatField(
        min_value=0,
        max_value=520,
        label="Weeks to train one",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
        error_messages={
            "required": "Weeks to train: write a number, or 0.",
            "invalid": "Weeks to train: write a number.",
        },
    )
    take_out = forms.BooleanField(required=False, label="Take this role out")
    most = 10_000

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.check_years(needed=True)
        if (cleaned.get("trained") or 0) > (cleaned.get("in_post") or 0) and "in_post" not in self.errors:
            self.add_error(
                "trained", "Trained: no more than are in post, because they are counted among them."
            )
        return cleaned

    def line(self) -> library.StaffLine:
        data = self.cleaned_data
        return library.StaffLine(
            data["role"], self.quantities(), data["in_post"], data["trained"], data["training_weeks"]
        )

    @staticmethod
    def initial_of(line: library.StaffLine) -> dict[str, Any]:
        return {
            "role": line.role,
            "in_post": f"{line.in_post:g}",
            "trained": f"{line.trained:g}",
            "training_weeks": f"{line.training_weeks:g}",
            **year_values(line.fte),
        }


class Lines(forms.BaseFormSet):
    """The lines of an option. Rows left empty are ignored; rows marked to be taken out are."""

    def lines(self) -> list[Any]:
        return [
            form.line()
            for form in self.forms
            if form.has_changed() or form.initial
            if not form.cleaned_data.get("take_out")
        ]

    def full_clean(self) -> None:
        """A row that is to be taken out need not be right."""
        super().full_clean()
        for position, form in enumerate(self.forms):
            if self.is_bound and form.cleaned_data.get("take_out"):
                form._errors = forms.utils.ErrorDict()
                self._errors[position] = form._errors


CostLines = forms.formset_factory(CostLineForm, formset=Lines, extra=2, max_num=60)
StaffLines = forms.formset_factory(StaffLineForm, formset=Lines, extra=2, max_num=60)


class HorizonForm(forms.Form):
    first_year = forms.TypedChoiceField(label="First financial year", coerce=int)
    years = forms.TypedChoiceField(
        label="How many years?",
        coerce=int,
        choices=[(n, f"{n} year" if n == 1 else f"{n} years") for n in range(1, LONGEST + 1)],
        help_text="Long enough for what is set up now to be used. Figures you have already entered stay with "
        "their place: the first year's are the first year's.",
    )
    price_year = forms.TypedChoiceField(
        label="In the prices of", coerce=int, help_text="Enter every cost in these prices, without inflation."
    )
    pack = forms.ChoiceField(
        label="Discount rates", choices=lambda: [(p, library.named_pack(p).words) for p in library.pack_ids()]
    )

    def __init__(self, *args: Any, now: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        around = range(now - 2, now + 6)
        self.fields["first_year"].choices = [(year, library.financial_year(year)) for year in around]
        self.fields["price_year"].choices = [(year, library.financial_year(year)) for year in around]
