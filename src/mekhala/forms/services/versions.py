"""Acts on versions: kept as a draft or handed out, put into use, withdrawn, adopted."""

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import policies
from mekhala.forms.answers import PREFIX
from mekhala.forms.convert import Converted, to_xform
from mekhala.forms.errors import (
    AdoptedLater,
    AlreadyAdopted,
    DraftNotAdopted,
    NotAdopted,
    VersionAlreadyKept,
)
from mekhala.forms.models import Form, FormAdoption, FormVersion
from mekhala.forms.services.media import fill_lists
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def add_version(
    content: bytes, file_name: str, *, by: Officer, at: datetime, offer: bool = True
) -> FormVersion:
    """Keep a version of a form; ``offer``: hand it out from now on, else it waits as a draft.

    Older versions keep their answers. The same version with the same content is the one already
    kept; a draft takes new content under its version. Raises ``WrongInput`` (``FaultyForm`` tells
    every fault), ``NotYourRole``, or ``VersionAlreadyKept`` for changed content of a version that
    was in use.
    """
    policies.check_may_add_version(by)
    converted = to_xform(content, file_name)
    if converted.form.form_id.startswith(PREFIX):
        raise WrongInput(
            _("%(file)s: the id of the form begins with “%(prefix)s”, expected another beginning: "
              "answers under it are practice.") % {"file": file_name, "prefix": PREFIX}
        )  # fmt: skip
    form = _form_for(converted)
    sha256 = hashlib.sha256(converted.text.encode()).hexdigest()
    kept = form.versions.filter(version=converted.form.version).first()
    if kept and (bytes(kept.source) == content or _says_the_same(kept, converted, sha256)):
        return put_into_use(kept, by=by, at=at) if offer and kept.is_draft else kept
    if kept and not kept.is_draft:
        raise VersionAlreadyKept
    version = kept or FormVersion(form=form)
    version.source, version.source_name = content, file_name[-200:]
    version.uploaded_by, version.uploaded_at = by, at
    _write(version, converted)
    audit.record("forms.version_added", subject=form.form_id, by=by, at=at, version=version.pk)
    fill_lists(version.asks_for, at=at)
    return put_into_use(version, by=by, at=at) if offer else version


def _says_the_same(kept: FormVersion, converted: Converted, sha256: str) -> bool:
    """Answer whether form and settings say what is kept: titles and notes stand in no XForm."""
    told = (converted.based_on, converted.note, converted.in_languages)
    return kept.sha256 == sha256 and (kept.based_on, kept.note, kept.in_languages) == told


def _form_for(converted: Converted) -> Form:
    """Return the form with this id, locked, so that two versions never race to be offered."""
    Form.objects.get_or_create(
        form_id=converted.form.form_id, defaults={"title": converted.form.title}
    )
    return Form.objects.select_for_update().get(form_id=converted.form.form_id)


def _write(version: FormVersion, converted: Converted) -> None:
    """Write what was converted into a new version or a draft; nobody is handed it by that."""
    form = converted.form
    version.version, version.xform, version.is_offered = form.version, converted.text, False
    version.sha256 = hashlib.sha256(converted.text.encode()).hexdigest()
    version.languages, version.questions, version.asks_for = form.languages, form.asked, form.files
    version.based_on, version.note = converted.based_on, converted.note
    version.in_languages = converted.in_languages
    version.save()


@transaction.atomic
def put_into_use(version: FormVersion, *, by: Officer, at: datetime) -> FormVersion:
    """Hand this version out from now on, instead of the one that was; from now on it is as it is.

    An older version may be put into use again. Raises ``NotYourRole``.
    """
    policies.check_may_add_version(by)
    form = Form.objects.select_for_update().get(pk=version.form_id)
    if version.is_offered:
        return version
    form.versions.filter(is_offered=True).update(is_offered=False)
    version.offered_at, version.is_offered = version.offered_at or at, True
    FormVersion.objects.filter(pk=version.pk).update(is_offered=True, **_first(version))
    Form.objects.filter(pk=form.pk).update(title=_title(version))
    version.form.refresh_from_db()
    audit.record("forms.version_put_into_use", subject=form.form_id, by=by, at=at,
                 version=version.pk)  # fmt: skip
    return version


def _first(version: FormVersion) -> dict[str, datetime | None]:
    """Return what is written once: when the version was first handed out."""
    written = FormVersion.objects.filter(pk=version.pk, offered_at__isnull=False).exists()
    return {} if written else {"offered_at": version.offered_at}


def _title(version: FormVersion) -> str:
    from mekhala.forms.queries import form_of

    return form_of(version).title


@transaction.atomic
def withdraw(version: FormVersion, *, by: Officer, at: datetime) -> FormVersion:
    """Hand this version out no longer; what is filled on it still comes in, its answers stay.

    Raises ``NotYourRole``.
    """
    policies.check_may_add_version(by)
    if FormVersion.objects.filter(pk=version.pk, is_offered=True).update(is_offered=False):
        audit.record("forms.version_withdrawn", subject=version.form.form_id, by=by, at=at,
                     version=version.pk)  # fmt: skip
    version.is_offered = False
    return version


@transaction.atomic
def record_adoption(
    version: FormVersion, *, adopted_on: date, reference: str, by: Officer, at: datetime
) -> FormAdoption:
    """Record that the authority adopted this version: on which day, by which decision.

    Until then every form says of itself that nobody verified it. Raises ``NotYourRole``,
    ``DraftNotAdopted`` (its text may still change), ``AlreadyAdopted``, or ``AdoptedLater`` for a
    day to come.
    """
    policies.check_may_record_adoption(by)
    kept = FormVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if kept.is_draft:
        raise DraftNotAdopted
    if adopted_on > timezone.localdate(at):
        raise AdoptedLater
    if FormAdoption.objects.filter(version=kept, taken_back_at=None).exists():
        raise AlreadyAdopted
    adoption = FormAdoption.objects.create(
        version=kept, adopted_on=adopted_on, reference=reference, recorded_by=by, recorded_at=at
    )
    audit.record("forms.adoption_recorded", subject=kept.form.form_id, by=by, at=at,
                 version=kept.pk)  # fmt: skip
    return adoption


@transaction.atomic
def take_back_adoption(
    version: FormVersion, *, because: str, by: Officer, at: datetime
) -> FormAdoption:
    """Take back that this version was adopted; both stay to be read, and nobody verified it again.

    ``because``: the decision that takes it back, or why it was recorded wrongly. Raises
    ``NotYourRole``, ``NotAdopted``.
    """
    policies.check_may_record_adoption(by)
    standing = FormAdoption.objects.select_for_update(of=("self",)).filter(version=version.pk)
    adoption = standing.filter(taken_back_at=None).first()
    if adoption is None or not because.strip():
        raise NotAdopted
    adoption.taken_back_because, adoption.taken_back_by = because.strip(), by
    adoption.taken_back_at = at
    adoption.save(update_fields=["taken_back_because", "taken_back_by", "taken_back_at"])
    audit.record("forms.adoption_taken_back", subject=version.form.form_id, by=by, at=at,
                 version=version.pk)  # fmt: skip
    return adoption
