"""Invented lists, register entries and overlap tables. Nobody here is real."""

import random

from mekhala.population.linkage.models import OverlapTable, RegisterEntry
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer

HEADER = "record_id,source,full_name,sex,birth_year,national_id"
PLANTED = ("Qwersomaly Zxtep", "Qwerchantrea Zxvann", "Qwerdararith Zxmony")


def statistician():
    """Return an invented statistician."""
    return officer(Role.STATISTICIAN)


def csv_list(source, people, *, start=0):
    """Return the CSV of one list: ``people`` are (name, sex, birth year, identity number)."""
    rows = [
        f"{source}-{n},{source},{','.join(map(str, person))}"
        for n, person in enumerate(people, start=start + 1)
    ]
    return "\n".join([HEADER, *rows]) + "\n"


def person(n):
    """Return the n-th invented person of a list."""
    return (
        f"{PLANTED[n % 3]} {chr(97 + n % 26)}{chr(97 + n // 26 % 26)}",
        "female",
        1970 + n % 40,
        f"09{n:07d}",
    )


def overlap_table(rows=None, lists=("hotline", "police", "shelter")):
    """Return a kept overlap table with the given rows."""
    rows = rows or [
        [1, 0, 0, 60], [0, 1, 0, 80], [0, 0, 1, 70], [1, 1, 0, 20], [1, 0, 1, 18], [0, 1, 1, 25],
        [1, 1, 1, 7],
    ]  # fmt: skip
    people = sum(row[-1] for row in rows)
    records = sum(sum(row[:-1]) * row[-1] for row in rows)
    return OverlapTable.objects.create(
        made_at=NOW, lists=list(lists), rows=rows, records=records, people=people
    )


def register(year=2025, people=400, seed=1):
    """Fill a year of the counted register with invented people, unevenly as such things are."""
    draw = random.Random(seed)
    forms = [
        "several", "purpose.forced_labour", "purpose.prostitution_of_others",
        "purpose.forced_marriage", "purpose.debt_bondage", "unknown",
    ]  # fmt: skip
    provinces = [f"{n:02d}" for n in range(1, 26)]
    RegisterEntry.objects.bulk_create(
        RegisterEntry(
            year=year,
            sex=draw.choices(["female", "male", "other", "unknown"], [60, 37, 1, 2])[0],
            age_band=draw.choices(["0-11", "12-17", "18-29", "30-44", "45+"], [4, 20, 45, 20, 6])[
                0
            ],
            exploitation=draw.choices(forms, [35, 30, 20, 6, 5, 1])[0],
            province_code=draw.choices(provinces, [30 / (i + 1) for i in range(25)])[0],
        )
        for _ in range(people)
    )
