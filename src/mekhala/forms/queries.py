"""Questions about forms and what was sent in. Nothing here changes anything.

Row security shows an officer the submissions of the own agency, and those of cases open to them.
"""

import hashlib

from django.db.models import Count, QuerySet

from mekhala.forms.models import Form, FormVersion, Submission
from mekhala.forms.readable import Part, parts
from mekhala.forms.safe_xml import CONVERTED
from mekhala.forms.xform import XForm, read_xform
from mekhala.safeguards.access.models import Officer

_HEAVY = ("source", "xform")


def versions_offered() -> QuerySet[FormVersion]:
    """Return the version of each form that is handed out now, by title; texts not loaded."""
    offered = FormVersion.objects.filter(is_offered=True)
    return offered.select_related("form").defer(*_HEAVY).order_by("form__title", "form_id")


def versions_of(form: Form) -> QuerySet[FormVersion]:
    """Return the versions of a form, newest first, each with ``answers``: how many the actor
    may see were sent for it.
    """
    found = form.versions.select_related("uploaded_by__agency").defer(*_HEAVY)
    return found.annotate(answers=Count("submissions")).order_by("-uploaded_at", "-id")


def version_offered(form_id: str) -> FormVersion | None:
    """Return the version of this form that is handed out now, None if there is no such form."""
    found = FormVersion.objects.filter(form__form_id=form_id, is_offered=True)
    return found.select_related("form").first()


def received_by_agency_of(officer: Officer) -> QuerySet[Submission]:
    """Return what the officer's agency received, newest first, without the answers."""
    found = Submission.objects.filter(agency=officer.agency_id)
    return found.select_related("version__form", "received_from").defer(
        "xml", "answers", "version__source", "version__xform"
    )


def submission_with(instance_id: str, *, officer: Officer) -> Submission | None:
    """Return what the officer's agency received under this instance id; never a held copy."""
    found = received_by_agency_of(officer).filter(instance_id=instance_id, state="received")
    return found.defer(None).defer("version__source", "version__xform").first()


def others_with_same_id(submission: Submission) -> QuerySet[Submission]:
    """Return the other contents that came under the same instance id, which somebody must check."""
    same = Submission.objects.filter(
        instance_id=submission.instance_id, agency=submission.agency_id
    )
    return same.exclude(pk=submission.pk).defer("xml", "answers")


def md5_of(version: FormVersion) -> str:
    """Return the digest OpenRosa asks for: MD5 of the exact bytes handed out, not a safeguard."""
    return hashlib.md5(version.xform.encode(), usedforsecurity=False).hexdigest()


def form_of(version: FormVersion) -> XForm:
    """Return the form of a version, read."""
    return read_xform(version.xform.encode(), file_name=version.source_name, bounds=CONVERTED)


def answers_in_words(submission: Submission, *, language: str) -> list[Part]:
    """Return a submission's answers with the words of the form, in ``language`` where it has it."""
    return parts(form_of(submission.version), submission.answers, language=language)


def subjects_of(case_number: str) -> list[str]:
    """Return every number under which data keys of a case's person are kept.

    The case's own, and those of the filled forms about it: when the case is erased all go.
    """
    linked = Submission.objects.filter(case_number=case_number).order_by("number")
    return [case_number, *linked.values_list("number", flat=True)]
