"""How many people share a name and a year by chance, so that a likeness is not taken for proof."""

from django.db import connection

from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.identity import blind_keys
from mekhala.safeguards.identity.errors import NameNotShown
from mekhala.safeguards.identity.services import Name

SHARING = "select registration_people_sharing(%s, %s::int[], 2)"
FEWEST, COARSE_FROM = 10, 100


def how_many_typical(case: Case, name: Name | None, *, by: Officer) -> int | None:
    """Return about how many people have a name of this sound and such a year of birth, rounded.

    0: fewer than ten. None where name or birth is not known, or cannot be asked now. Counted by
    blind keys: a name with its year has two or more, and who shares two of them is counted.
    """
    if name is None or not name.birth_date or not (name.native_name or name.latin_name):
        return None
    said = {"native_name": name.native_name, "latin_name": name.latin_name,
            "birth_date": name.birth_date}  # fmt: skip
    try:
        keys = blind_keys.asked(blind_keys.record_of(said), actor=f"officer:{by.pk}", kinds=SHARED)
    except NameNotShown:
        return None
    with connection.cursor() as cursor:
        cursor.execute(SHARING, [case.number, keys])
        return rounded(cursor.fetchone()[0])


SHARED = frozenset({"whole+bands"})


def rounded(people: int) -> int:
    """Return a count that tells of nobody: 0 below ten, then by tens, from a hundred by fifties."""
    if people < FEWEST:
        return 0
    step = 10 if people < COARSE_FROM else 50
    return round(people / step) * step
