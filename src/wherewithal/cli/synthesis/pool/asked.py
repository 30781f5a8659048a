"""What was asked of ``pool`` beside one plain average, and which of it does not go together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wherewithal.errors import BadInput, Problem


@dataclass(frozen=True)
class Asked:
    """Columns by what they are for; ``rho`` is the correlation assumed between errors of one study.

    ``categories`` are moderators whose numbers are codes; ``covariance`` columns hold the rows of each study's own
    covariances; ``leave_out`` drops rows that lack a moderator or a group.
    """

    by: str = ""
    moderators: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    cluster: str = ""
    outcome: str = ""
    rho: float | None = None
    covariance: tuple[str, ...] = ()
    leave_out: bool = False

    @property
    def regressed(self) -> tuple[str, ...]:
        """Every moderator, numbers first."""
        return (*self.moderators, *self.categories)

    @property
    def model(self) -> str:
        """Which model that is: plain, groups, regression, levels or outcomes."""
        if self.outcome:
            return "outcomes"
        if self.regressed:
            return "regression"
        if self.by:
            return "groups"
        return "levels" if self.cluster else "plain"


def refuse(
    asked: Asked, *, effect: str, spread: str, method: str, test: str, exact: bool, charts: tuple[str, ...]
) -> None:
    """Raises BadInput for what makes no sense together, with what to do, before anything is read."""
    problems = [
        *_columns(asked, effect, spread),
        *_together(asked),
        *_several(asked, method, test),
        *_rest(asked, exact, charts),
    ]
    if problems:
        raise BadInput("These options do not go together.", problems)


def _columns(asked: Asked, effect: str, spread: str) -> Iterator[Problem]:
    roles = [("--by", asked.by), ("--cluster", asked.cluster), ("--outcome", asked.outcome)]
    roles += [("--moderator", name) for name in asked.moderators]
    roles += [("--category", name) for name in asked.categories]
    roles += [("--covariance", name) for name in asked.covariance]
    taken = {effect: "the effect"}
    if not asked.covariance:
        taken[spread] = "the variance"
    for option, column in roles:
        if not column:
            continue
        if column in taken:
            yield Problem(
                f"{option} {column}",
                f"the same column as {taken[column]}",
                "another column",
                "Give each column one part.",
            )
        taken[column] = option
        if column == "intercept" and option in ("--moderator", "--category"):
            yield Problem(
                f"{option} intercept",
                "the name of the average's own figure",
                "another name",
                "Rename the column.",
            )


def _together(asked: Asked) -> Iterator[Problem]:
    if asked.by and asked.regressed:
        yield Problem(
            "--by",
            "--moderator or --category beside it",
            "one of them",
            f"To see both at once, give {asked.by} as --category; to see groups alone, leave the moderators out.",
        )
    if asked.outcome and (asked.by or asked.regressed):
        yield Problem(
            "--outcome",
            "--by, --moderator or --category beside it",
            "one of them",
            f"Give --cluster with --category {asked.outcome} and the moderators, or keep one outcome's rows in a file.",
        )
    if asked.outcome and not asked.cluster:
        yield Problem(
            "--outcome",
            "no --cluster",
            "the column of studies",
            "Say with --cluster which study each effect is from.",
        )
    if asked.outcome and asked.rho is None and not asked.covariance:
        yield Problem(
            "--outcome",
            "no --rho",
            "the correlation of sampling errors within a study",
            "Give --rho 0.5 and try others beside it, or --covariance where the studies' covariances are known.",
        )
    for option, given in (("--rho", asked.rho is not None), ("--covariance", bool(asked.covariance))):
        if given and not asked.cluster:
            yield Problem(
                option,
                "no --cluster",
                "the column of studies",
                "Say with --cluster which effects are of one study.",
            )
    if asked.rho is not None and asked.covariance:
        yield Problem(
            "--rho", "--covariance beside it", "one of them", "Leave --rho out: known covariances say more."
        )
    if asked.covariance and asked.by:
        yield Problem("--covariance", "--by beside it", "--rho", "Give an assumed correlation for groups.")


def _several(asked: Asked, method: str, test: str) -> Iterator[Problem]:
    if not asked.cluster:
        return
    if method not in ("REML", "ML"):
        yield Problem(
            "--method",
            method,
            "REML or ML where there is --cluster",
            "Leave --method out, or give REML or ML.",
        )
    if test in ("knha", "adhoc"):
        yield Problem(
            "--test",
            test,
            "z or t where there is --cluster",
            "Leave it out: the robust intervals have small-sample degrees of freedom of their own.",
        )
    if test == "t" and asked.by:
        yield Problem(
            "--test", "t", "no --test where there are --cluster and --by", "Leave it out: groups are robust."
        )


def _rest(asked: Asked, exact: bool, charts: tuple[str, ...]) -> Iterator[Problem]:
    if exact and (asked.by or asked.cluster):
        yield Problem(
            "--exact",
            "--by or --cluster beside it",
            "a plain average or --moderator",
            "Leave --exact out here.",
        )
    if asked.leave_out and not (asked.by or asked.regressed):
        yield Problem(
            "--leave-out",
            "no --by, --moderator or --category",
            "a column that rows may lack",
            "Leave it out: rows without effect and variance are left out and named as it is.",
        )
    if not charts or asked.model == "plain":
        return
    if asked.regressed or asked.outcome or asked.covariance:
        yield Problem(
            "--chart",
            "--moderator, --category, --outcome or --covariance beside it",
            "a plain average, --by, or --cluster",
            "Leave --chart out here; draw the studies without these options.",
        )
    elif any(not chart.startswith("forest=") for chart in charts):
        yield Problem(
            "--chart",
            "a chart that takes each effect for a study of one kind",
            "forest=FILE.svg with --by or --cluster",
            "Draw the others without --by and --cluster.",
        )
