"""Acts on who uses a form: all agencies, or those that are named."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mekhala.forms import policies
from mekhala.forms.errors import NoAgencyNamed
from mekhala.forms.models import Form, FormUse
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def hand_out_to_all(form: Form, *, by: Officer, at: datetime) -> Form:
    """Hand a form out to every agency. Raises ``NotYourRole``."""
    policies.check_may_add_version(by)
    return _changed(form, set(), for_all=True, by=by, at=at)


@transaction.atomic
def hand_out_to(form: Form, agencies: Collection[Agency], *, by: Officer, at: datetime) -> Form:
    """Hand a form out to these agencies only; phones of others drop it when they next ask.

    What they filled and have not sent is received all the same. Raises ``NotYourRole``, or
    ``NoAgencyNamed``: a form for nobody is withdrawn.
    """
    policies.check_may_add_version(by)
    if not agencies:
        raise NoAgencyNamed
    return _changed(form, {agency.pk for agency in agencies}, for_all=False, by=by, at=at)


def _changed(form: Form, wanted: set[int], *, for_all: bool, by: Officer, at: datetime) -> Form:
    found = Form.objects.select_for_update().get(pk=form.pk)
    uses = FormUse.objects.filter(form=found, ended_at=None)
    standing = set(uses.values_list("agency_id", flat=True))
    if found.for_all == for_all and standing == wanted:
        return found
    uses.exclude(agency__in=wanted).update(ended_at=at)
    FormUse.objects.bulk_create(
        FormUse(form=found, agency_id=pk, named_by=by, named_at=at)
        for pk in sorted(wanted - standing)
    )
    Form.objects.filter(pk=found.pk).update(for_all=for_all)
    form.for_all = found.for_all = for_all
    audit.record("forms.handed_out_to", subject=found.form_id, by=by, at=at, to_all=for_all,
                 agencies=sorted(wanted))  # fmt: skip
    return found
