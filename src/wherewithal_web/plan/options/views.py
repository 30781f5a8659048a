"""Options side by side, one option, and the forms behind them."""

from __future__ import annotations

import csv
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.errors import BadInput
from wherewithal.plain_english import counted
from wherewithal.plan import options as library
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.cases.views.case import case_frame
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import words_of
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission
from wherewithal_web.plan.options import actions, queries
from wherewithal_web.plan.options.forms import (
    CostLineForm,
    CostLines,
    HorizonForm,
    Lines,
    OptionForm,
    StaffLineForm,
    StaffLines,
    year_values,
)

CHANGED_MEANWHILE = (
    "Somebody changed this option while you were writing. Compare it in another tab, then save again to keep "
    "what stands here instead."
)


def _frame(request: HttpRequest, case: Case, crumb: str, **more: Any) -> dict[str, Any]:
    frame = case_frame(request, case)
    crumbs = [*frame["crumbs"], ("Options", f"/cases/{case.slug}/options/")]
    return {**frame, "crumbs": crumbs, "crumb": crumb, **more}


def _case_to_work_on(request: HttpRequest, slug: str) -> Case:
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    return case


# --- looking --------------------------------------------------------------------------------------------


@require_GET
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Every option beside the others."""
    case = case_for(request.user, slug)
    frame = case_frame(request, case)
    plan = f"/cases/{case.slug}/plan/"
    return render(
        request,
        "options/compare.jinja",
        {
            **frame,
            "crumbs": [*frame["crumbs"], ("Plan", plan)],
            "crumb": "Options",
            "comparison": queries.comparison_of(case),
        },
    )


@require_GET
def option(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One option in full, year by year."""
    case = case_for(request.user, slug)
    row = queries.option_for(case, key)
    comparison = queries.comparison_of(case)
    column = next(column for column in comparison.columns if column.row.pk == row.pk)
    result = comparison.appraisal.result(key) if comparison.appraisal else None
    position = comparison.columns.index(column)
    return render(
        request,
        "options/option.jinja",
        _frame(
            request,
            case,
            row.name,
            comparison=comparison,
            column=column,
            option=queries.library_option(row, comparison.horizon.years),
            result=result,
            cells=[(line, line.cells[position]) for line in comparison.rows],
            labels=queries.library_horizon(comparison.horizon).labels,
            price_base=queries.library_horizon(comparison.horizon).price_base,
            money=library.money,
            count=library.count,
        ),
    )


@require_GET
def assumptions(request: HttpRequest, slug: str) -> HttpResponse:
    """The rates, their sources, and how each row of the comparison is worked out."""
    case = case_for(request.user, slug)
    comparison = queries.comparison_of(case)
    horizon = queries.library_horizon(comparison.horizon)
    factors = comparison.pack.discount_factors(horizon.years)
    return render(
        request,
        "options/assumptions.jinja",
        _frame(
            request,
            case,
            "What these figures assume",
            comparison=comparison,
            horizon=horizon,
            factors=list(zip(horizon.labels, factors, strict=True)),
        ),
    )


@require_GET
def spreadsheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Every figure in full, as CSV that opens in Excel. Text cannot run as a formula."""
    case = case_for(request.user, slug)
    comparison = queries.comparison_of(case)
    if comparison.appraisal is None:
        messages.info(request, "There are no figures to download yet.")
        return redirect("options:compare", case.slug)
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{case.slug}-options.csv"'},
    )
    response.write("\ufeff")  # Excel takes UTF-8 for Windows text without it
    csv.writer(response).writerows(library.spreadsheet_rows(comparison.appraisal))
    return response


# --- putting on the thread ------------------------------------------------------------------------------


@require_POST
def run(request: HttpRequest, slug: str) -> HttpResponse:
    """Work every option out and put what each comes to on the thread."""
    case = _case_to_work_on(request, slug)
    try:
        stored = actions.run_appraisal(by=request.user, case=case)
    except BadInput as error:
        messages.error(request, " ".join(words_of(error)))
        return redirect("options:compare", case.slug)
    messages.info(
        request,
        f"What {counted(len(stored), 'option comes', 'options come')} to is on the thread. Sentences can now "
        "rest on it.",
    )
    return redirect(case)


@require_POST
def run_one(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Put what one option comes to on the thread, then write the sentence that rests on it."""
    case = _case_to_work_on(request, slug)
    row = queries.option_for(case, key)
    try:
        (stored,) = actions.run_appraisal(by=request.user, case=case, only=row)
    except BadInput as error:
        messages.error(request, " ".join(words_of(error)))
        return redirect(row)
    return redirect(f"/cases/{case.slug}/sentences/new/?finding={stored.pk}&section=options")


# --- changing -------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    case = _case_to_work_on(request, slug)
    labels = queries.library_horizon(queries.horizon_of(case)).labels
    initial = {}
    if not case.options.exists():
        initial = {"name": "Carry on as now", "kind": library.Kind.BUSINESS_AS_USUAL.value}
    counted = queries.people_counted(case)
    begun = next((each for each in counted if str(each[0].pk) == request.GET.get("people")), None)
    if begun:
        initial |= {"kind": library.Kind.PROGRAMME.value, "name": "", "evidence": [begun[0].pk]}
        initial |= year_values([begun[1]] * len(labels))
    form = OptionForm(posted(request), initial=initial, labels=labels, case=case)
    if form.is_valid():
        try:
            row = actions.add_option(
                by=request.user,
                case=case,
                name=form.cleaned_data["name"],
                kind=form.cleaned_data["kind"],
                delivery=form.delivery,
                evidence=form.cleaned_data.get("evidence", ()),
            )
        except BadInput as error:
            form.add_error(None, words_of(error))
        else:
            return redirect("options:costs", case.slug, row.key)
    return render(
        request,
        "options/form.jinja",
        _frame(request, case, "Add an option", form=form, option=None, people_counted=counted, begun=begun),
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    case = _case_to_work_on(request, slug)
    row = queries.option_for(case, key)
    horizon = queries.horizon_of(case)
    now = queries.library_option(row, horizon.years)
    initial = {
        "name": now.name,
        "kind": now.kind.value,
        "share": now.delivery.share_finish.scaled(100) if now.delivery.start else None,
        "group_size": now.delivery.group_size,
        "evidence": [stored.pk for stored in row.evidence.all()],
        **year_values(now.delivery.start),
    }
    labels = queries.library_horizon(horizon).labels
    form = OptionForm(posted(request), initial=initial, labels=labels, case=case, option=row)
    if form.is_valid():
        try:
            actions.change_option(
                by=request.user,
                option=row,
                name=form.cleaned_data["name"],
                kind=form.cleaned_data["kind"],
                delivery=form.delivery,
                evidence=form.cleaned_data.get("evidence", ()),
            )
        except BadInput as error:
            form.add_error(None, words_of(error))
        else:
            return redirect(row)
    return render(request, "options/form.jinja", _frame(request, case, row.name, form=form, option=row))


@require_http_methods(["GET", "POST"])
def costs(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """What an option costs, a line at a time."""
    return _lines_page(request, slug, key, CostLines, CostLineForm, "costs")


@require_http_methods(["GET", "POST"])
def staff(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Which staff an option needs, a role at a time."""
    return _lines_page(request, slug, key, StaffLines, StaffLineForm, "staff")


def _lines_page(
    request: HttpRequest,
    slug: str,
    key: str,
    formset_class: type[Lines],
    form_class: type[CostLineForm | StaffLineForm],
    part: str,
) -> HttpResponse:
    case = _case_to_work_on(request, slug)
    row = queries.option_for(case, key)
    horizon = queries.horizon_of(case)
    option = queries.library_option(row, horizon.years)
    lines = getattr(option, part)
    # What is posted stands alone: mixed with lines that somebody else added meanwhile, it would mean another.
    formset = formset_class(
        posted(request),
        initial=None if request.POST else [form_class.initial_of(line) for line in lines],
        form_kwargs={"labels": queries.library_horizon(horizon).labels},
        prefix="line",
    )
    failed: list[str] = []
    if formset.is_valid():
        if request.POST.get("seen", option.fingerprint) != option.fingerprint:
            failed = [CHANGED_MEANWHILE]
        else:
            try:
                actions.change_option(by=request.user, option=row, **{part: formset.lines()})
            except BadInput as error:
                failed = words_of(error)
            else:
                if "more" in request.POST:
                    return redirect(request.path)
                if part == "costs" and not row.staff.exists():
                    return redirect("options:staff", case.slug, key)
                return redirect(row)
    return render(
        request,
        f"options/{part}.jinja",
        _frame(
            request,
            case,
            "Costs" if part == "costs" else "Staff",
            formset=formset,
            option=row,
            seen=option.fingerprint,
            errors=[*({"text": words} for words in failed), *_errors_of(formset)],
            price_base=queries.library_horizon(horizon).price_base,
            payers=sorted({line.paid_by for each in queries.options_of(case) for line in each.costs.all()}),
        ),
    )


def _errors_of(formset: django_forms.BaseFormSet) -> list[dict[str, str]]:
    """Every error of every line, with its number and a link to the field."""
    found = [{"text": message} for message in formset.non_form_errors()]
    for number, form in enumerate(formset.forms, start=1):
        found += [{"text": f"Line {number}: {message}"} for message in form.non_field_errors()]
        for field in form:
            found += [
                {"text": f"Line {number}: {message}", "href": f"#{field.auto_id}"} for message in field.errors
            ]
    return found


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    case = _case_to_work_on(request, slug)
    row = queries.option_for(case, key)
    if request.method == "POST":
        actions.remove_option(by=request.user, option=row)
        messages.info(request, f"'{row.name}' is out of the case. Its figures stay in the history.")
        return redirect("options:compare", case.slug)
    return render(request, "options/remove.jinja", _frame(request, case, row.name, option=row))


@require_http_methods(["GET", "POST"])
def years(request: HttpRequest, slug: str) -> HttpResponse:
    case = _case_to_work_on(request, slug)
    horizon = queries.horizon_of(case)
    initial = {
        "first_year": horizon.first_year,
        "years": horizon.years,
        "price_year": horizon.price_year,
        "pack": horizon.pack,
    }
    form = HorizonForm(posted(request), initial=initial, now=queries.financial_year_now())
    if form.is_valid():
        actions.set_horizon(by=request.user, case=case, **form.cleaned_data)
        return redirect("options:compare", case.slug)
    return render(request, "options/years.jinja", _frame(request, case, "Years and prices", form=form))
