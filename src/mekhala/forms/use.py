"""To which agencies a form is handed out: to all of them, or to those that are named.

What is filled all the same is kept (``services/receiving.py``): this says what phones fetch.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from mekhala.forms.models import Form, FormUse, FormVersion
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency


def used_by(versions: QuerySet[FormVersion], officer: Officer) -> QuerySet[FormVersion]:
    """Return those of ``versions`` whose form the officer's agency uses."""
    named = FormUse.objects.filter(
        form=OuterRef("form"), agency=officer.agency_id, ended_at=None
    )  # fmt: skip
    return versions.filter(Q(form__for_all=True) | Exists(named))


def is_used_by(form: Form, officer: Officer) -> bool:
    """Answer whether the officer's agency uses this form."""
    return form.for_all or form.uses.filter(agency=officer.agency_id, ended_at=None).exists()


def agencies_of(form: Form) -> list[Agency]:
    """Return the agencies a form is handed out to by name, as far as the actor sees them."""
    if form.for_all:
        return []
    return list(Agency.objects.filter(pk__in=_standing(form).values("agency")))


def named(forms: Iterable[Form]) -> set[tuple[int, int]]:
    """Return form and agency, by number, where a form is handed out by name; what the actor sees.

    Nothing is asked where all the forms are for all.
    """
    some = [form.pk for form in forms if not form.for_all]
    found = FormUse.objects.filter(form__in=some, ended_at=None) if some else FormUse.objects.none()
    return set(found.values_list("form_id", "agency_id"))


def _standing(form: Form) -> QuerySet[FormUse]:
    return FormUse.objects.filter(form=form, ended_at=None)
