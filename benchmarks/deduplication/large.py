"""A large pile of made records: real titles and abstracts, spliced and with made authors, some in changed copies."""

from __future__ import annotations

import csv
import random
from pathlib import Path

FIELDS = ("Title", "Authors", "Year", "Journal", "Volume", "Issue", "Pages", "DOI", "Abstract")
SYLLABLES = ("ba", "ko", "ri", "ten", "mar", "son", "del", "vi", "sk", "ger", "wil", "han", "dor", "pe", "lu")
SUBJECTS = (
    "Journal", "Archives", "Annals", "International", "European", "American", "Review", "Research", "Clinical",
    "Social", "Child", "Public", "Health", "Policy", "Psychology", "Education", "Medicine",
)  # fmt: skip


def write_pile(target: Path, size: int, texts: Path) -> int:
    """Write ``size`` records to ``target`` from the titles and abstracts in ``texts``; give how many are copies."""
    chance = random.Random(1)
    csv.field_size_limit(10_000_000)
    real = []
    for path in sorted(texts.glob("*.csv")):
        if path.name != "INDEX.csv":
            with path.open(encoding="utf-8", newline="") as file:
                real += [
                    (row["title"], row.get("abstract") or "")
                    for row in csv.DictReader(file)
                    if row.get("title")
                ]
    families = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).capitalize() for _ in range(3000)]
    journals = [" ".join(chance.choices(SUBJECTS, k=chance.randint(2, 5))) for _ in range(800)]
    rows: list[dict[str, str]] = []
    copies = 0
    while len(rows) < size:
        row = _made(chance, real, families, journals)
        rows.append(row)
        while chance.random() < 0.3 and len(rows) < size:
            rows.append(_changed(chance, row))
            copies += 1
    chance.shuffle(rows)
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, FIELDS)
        writer.writeheader()
        writer.writerows(rows)
    return copies


def _made(
    chance: random.Random, real: list[tuple[str, str]], families: list[str], journals: list[str]
) -> dict[str, str]:
    title, abstract = chance.choice(real)
    if chance.random() < 0.6:
        words, others = title.split(), chance.choice(real)[0].split()
        title = " ".join(
            words[: chance.randint(2, max(3, len(words)))] + others[-chance.randint(2, max(3, len(others))) :]
        )
    page = chance.randint(1, 2000)
    people = [
        f"{chance.choice(families)}, {chance.choice('ABCDEFGHJKLM')}." for _ in range(chance.randint(1, 7))
    ]
    values = (
        title, "; ".join(people), chance.randint(1990, 2024), chance.choice(journals), chance.randint(1, 90),
        chance.randint(1, 12), f"{page}-{page + chance.randint(2, 15)}", f"10.5555/{chance.randrange(10**9)}", abstract,
    )  # fmt: skip
    return dict(zip(FIELDS, map(str, values), strict=True))


def _changed(chance: random.Random, row: dict[str, str]) -> dict[str, str]:
    copy = dict(row)
    if chance.random() < 0.5:
        copy["DOI"] = ""
    if chance.random() < 0.3:
        copy["Abstract"] = ""
    if chance.random() < 0.3:
        copy["Title"] = row["Title"].upper()
    if chance.random() < 0.2:
        copy["Authors"] = row["Authors"].replace(",", "").replace(".", "")
    if chance.random() < 0.2 and len(row["Title"]) > 20:
        place = chance.randint(3, len(row["Title"]) - 3)
        copy["Title"] = row["Title"][:place] + row["Title"][place + 1 :]
    if chance.random() < 0.2:
        copy["Pages"] = row["Pages"].split("-")[0]
    return copy
