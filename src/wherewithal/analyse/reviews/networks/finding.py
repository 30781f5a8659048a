"""A network as a finding of the research lane: it rests on every number that was extracted for it."""

from __future__ import annotations

from datetime import date

from wherewithal.analyse.reviews.networks.account import NetworkAccount
from wherewithal.analyse.reviews.outcomes.finding import LOOK_AGAIN_MONTHS
from wherewithal.plain_english import counted, listed
from wherewithal.thread import Finding, Input, Lane, Method, Source, fingerprint_of
from wherewithal.thread.look_again import months_after

METHOD = Method("Interventions of one outcome compared in a network", "1")


def network_finding(
    account: NetworkAccount,
    *,
    case_key: str,
    on: date,
    searched_on: date | None = None,
    link: str = "",
    made_up: bool = False,
) -> Finding:
    """The finding that a network makes.

    The same numbers, matches and choices give a finding with the same fingerprint; a corrected number, another match
    or a retracted report gives another that supersedes it.
    """
    outcome, gathered = account.outcome, account.gathered
    reports = {report.key: report for pair in gathered.pairs for report in pair.effect.reports}
    return Finding(
        lane=Lane.RESEARCH,
        subject=f"reviews:network:{case_key}:{outcome.key}",
        title=f"{outcome.name}: {len(account.fit.treatments)} interventions compared, "
        f"{counted(account.studies, 'study', 'studies')}",
        statement=account.statement,
        method=METHOD,
        inputs=(
            *(Input(pair.label, pair.effect.fingerprint) for pair in gathered.pairs),
            *(Input(f"left out: {each.pair.label}", each.pair.effect.fingerprint) for each in gathered.aside),
            Input(
                "how they were put together", fingerprint_of([outcome.measure, account.settings.as_dict()])
            ),
        ),
        sources=tuple(
            Source(key=report.key, title=report.citation, url=report.link) for report in reports.values()
        ),
        found_on=on,
        look_again=months_after(searched_on or on, LOOK_AGAIN_MONTHS),
        facts=_facts(account),
        cautions=_cautions(account),
        link=link,
        made_up=made_up,
    )


def _facts(account: NetworkAccount) -> dict[str, str]:
    people = account.people
    facts = {
        "Outcome": account.outcome.name,
        "Interventions": listed(account.fit.treatments),
        "Studies": f"{account.studies:,}",
        "People": f"{people:,}" if people else "not said by every study",
        **{
            f"{cell.first} against {cell.second}": account.shown(cell)
            + ("" if cell.studies else ", by indirect comparison alone")
            for cell in account.against
        },
        "Direct beside indirect evidence": account.agrees,
        "An order of them": account.order_words[0],
        "Certainty": "not judged",
    }
    if account.gathered.aside:
        facts["Not counted"] = "; ".join(f"{each.pair.label}: {each.why}" for each in account.gathered.aside)
    return facts


def _cautions(account: NetworkAccount) -> tuple[str, ...]:
    cautions = [
        "Nobody has judged how certain this is: a network is judged comparison by comparison.",
        account.assumes,
    ]
    if not account.order_usable:
        cautions.append(" ".join(account.order_words))
    cautions += [
        f"{listed(part.nodes)}: linked to the others by no study." for part in account.gathered.apart
    ]
    retracted = {each.pair.effect.name for each in account.gathered.aside if each.pair.effect.retracted}
    cautions += [f"{name} is left out because its report has been retracted." for name in sorted(retracted)]
    assumed = sorted({words for pair in account.gathered.pairs for words in pair.effect.assumptions})
    if assumed:
        cautions.append("Some effects rest on assumptions: " + " ".join(assumed))
    return (*cautions, *account.fit.notes)
