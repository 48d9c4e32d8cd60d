"""Taking many people's cases out of the system in one file: under two signatures (R-06)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.four_eyes.kinds import Kind

ALONE = 20  # people in a file that one officer may take out alone
EXPORTERS = frozenset({Role.AUTHORITY, Role.REGISTRAR})


def _says(subject: str, details: Mapping[str, Any]) -> str:
    said = _(
        "The officer “%(name)s” takes out one file with the cases of %(people)s people, those open "
        "to that officer: number, day, sex, age, nationality and status, no names. Once, within 24 "
        "hours. Each case notes it."
    )
    return said % {"name": subject, "people": details["people"]}


KINDS = (
    Kind(code="export.bulk", title=gettext_lazy("A file with many people's cases"),
         ask_roles=EXPORTERS, answer_roles=EXPORTERS, in_words=_says),
)  # fmt: skip
