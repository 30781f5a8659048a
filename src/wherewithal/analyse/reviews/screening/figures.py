"""How good an order is: figures of a simulated review, each with its definition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Figures:
    """Figures of one order of reading. N records, n of them included; the i-th inclusion is read at place r_i.

    ``recall10``  the share of inclusions found in the first tenth of the records
    ``wss95``     work saved over sampling: the share of records left unread when 95% of the inclusions are
                  found, less 0.05 (Cohen and others, 2006, JAMIA 13(2))
    ``atd``       average time to discovery: the mean of r_i / N (Ferdinands and others, 2023, Syst Rev 12)
    ``loss``      the area between the recall curve and the best possible one, over its largest value: 0 best,
                  1 worst (as printed by ASReview 2)
    ``ndcg``      normalised discounted cumulative gain, log base 2 (Järvelin and Kekäläinen, 2002)
    ``read``      records read until the last inclusion
    """

    recall10: float
    wss95: float
    atd: float
    loss: float
    ndcg: float
    read: int

    def as_dict(self) -> dict[str, float | int]:
        return asdict(self)


def figures_of(labels: Sequence[bool] | NDArray[np.bool_], *, records: int) -> Figures:
    """Figures of ``labels``, in the order they were read; ``records`` says how many there were to read.

    Labels after the last may be left out: they are exclusions. Raises ValueError where there is no inclusion
    or no exclusion, since no order can then be better than another.
    """
    read = np.asarray(labels, dtype=np.bool_)
    places = np.flatnonzero(read) + 1
    total = len(places)
    if not total or total == records:
        raise ValueError("labels of both kinds are needed")
    tenth = int(np.floor(records / 10))
    enough = places[int(np.ceil(0.95 * total)) - 1]
    ideal = total * (records - (total - 1) / 2)
    area = float((records + 1 - places).sum())
    gain = (1 / np.log2(places + 1)).sum() / (1 / np.log2(np.arange(2, total + 2))).sum()
    return Figures(
        recall10=float((places <= tenth).mean()),
        wss95=float(1 - enough / records - 0.05),
        atd=float((places / records).mean()),
        loss=float((ideal - area) / (total * (records - total))),
        ndcg=float(gain),
        read=int(places[-1]),
    )


def recall_curve(
    labels: Sequence[bool] | NDArray[np.bool_], *, records: int, parts: int = 100
) -> list[float]:
    """The share of inclusions found after each of ``parts`` equal parts of the records, from none to all of them.

    ``labels`` and ``records`` as for ``figures_of``; a part is rounded down to whole records, as the first tenth
    is there. Raises ValueError where there is no inclusion.
    """
    read = np.asarray(labels, dtype=np.bool_)
    if not read.any():
        raise ValueError("a curve needs at least one inclusion")
    found = np.concatenate([[0], np.cumsum(read)])
    places = np.arange(parts + 1) * records // parts
    shares = found[np.minimum(places, len(read))] / found[-1]
    return [float(share) for share in shares]
