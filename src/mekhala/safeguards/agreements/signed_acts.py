"""Naming the body that leads: it ends every agreement under the one before, so two agencies do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.agreements import policies, services
from mekhala.safeguards.four_eyes.kinds import Kind
from mekhala.safeguards.four_eyes.models import SecondSignature

SUBJECT = "mechanism"


def _says(subject: str, details: Mapping[str, Any]) -> str:  # noqa: ARG001
    said = _(
        "“%(agency)s” leads the mechanism from now on. Every sharing agreement entered under "
        "another body ends at once."
    )
    return said % {"agency": Agency.objects.get(code=details["agency"])}


def _name(signature: SecondSignature, *, by: Officer, at: datetime) -> None:
    agency = Agency.objects.get(code=signature.details["agency"])
    services.name_lead_body(agency, by=by, at=at)


KINDS = (
    Kind(code="agreements.lead", title=gettext_lazy("Naming the body that leads"),
         ask_roles=policies.WHO_ENTER, answer_roles=policies.WHO_ENTER, in_words=_says, act=_name),
)  # fmt: skip
