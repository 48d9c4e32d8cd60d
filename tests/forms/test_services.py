"""Versions never change; what was accepted is never lost."""

import pytest
from django.db import DatabaseError, transaction

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import queries, services
from mekhala.forms.errors import (
    AlreadyLinked,
    AttachmentDiffers,
    FormNotKnown,
    VersionAlreadyKept,
)
from mekhala.forms.models import Attachment, FormVersion, Submission
from mekhala.forms.services import attaching
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer, open_to
from tests.builders_forms import filled, form_version, picture, send, survey
from tests.log import Entry

FILE = services.SentFile(name="a.jpg", content_type="image/jpeg", content=picture())


def test_the_same_version_again_is_the_one_already_kept(db):
    first = form_version()
    assert form_version() == first
    assert FormVersion.objects.count() == 1


def test_changed_content_under_the_same_version_is_refused(db):
    by = officer(Role.AUTHORITY)
    form_version(by=by)
    with pytest.raises(VersionAlreadyKept, match="Raise the version"):
        services.add_version(survey(changed="Good day"), "invented.md", by=by, at=NOW)


def test_the_newest_is_offered_and_the_older_stays(db):
    form_version("1")
    form_version("2")
    offered = list(queries.versions_offered())
    assert [v.version for v in offered] == ["2"]
    assert FormVersion.objects.count() == 2


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.AUTHORITY}))
def test_forms_are_added_by_administrators_and_the_authority_only(db, role):
    with pytest.raises(NotYourRole):
        form_version(by=officer(role))
    assert not FormVersion.objects.exists()


@pytest.mark.parametrize("column", ["xform", "source", "version", "sha256"])
def test_the_database_refuses_to_rewrite_a_version(db, column):
    version = form_version()
    value = b"other" if column == "source" else "other"
    with pytest.raises(DatabaseError, match="keeps what it was given"), transaction.atomic():
        FormVersion.objects.filter(pk=version.pk).update(**{column: value})


@pytest.mark.parametrize("model", [FormVersion, Submission, Attachment])
def test_the_database_takes_nothing_away(db, acting, model):
    form_version()
    by = officer()
    send(by, files=[FILE])
    acting(by)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_a_filled_form_is_bound_to_its_version_and_kept_letter_for_letter(db, acting):
    form_version("1")
    form_version("2")
    by = officer()
    kept = send(by, filled(version="1"))
    acting(by)
    found = Submission.objects.get(pk=kept.submission.pk)
    assert found.version.version == "1"
    assert found.xml.encode() == filled(version="1")
    assert found.answers["safe"] == "yes"


def test_the_same_again_gets_the_same_answer(db, acting):
    form_version()
    by = officer()
    first, again = send(by), send(by)
    assert (first.is_new, again.is_new) == (True, False)
    assert first.submission == again.submission
    acting(by)
    assert Entry.objects.filter(act="forms.submission_received").count() == 1


def test_other_content_under_the_same_id_is_kept_and_held(db, acting):
    form_version()
    by = officer()
    first = send(by)
    changed = send(by, filled(safe="no"))
    assert changed.is_held
    assert not first.is_held
    acting(by)
    assert Submission.objects.count() == 2
    assert list(queries.others_with_same_id(changed.submission)) == [first.submission]
    assert queries.submission_with("uuid:1", officer=by) == first.submission
    assert send(by, filled(safe="no")).submission == changed.submission


@pytest.mark.parametrize("more", [{"version": "9"}, {"form_id": "other"}])
def test_a_form_or_version_never_added_is_refused(db, acting, more):
    form_version()
    by = officer()
    with pytest.raises(FormNotKnown):
        send(by, filled(**more))


def test_answers_without_an_instance_id_are_refused(db):
    form_version()
    with pytest.raises(WrongInput, match="instanceID"):
        send(officer(), filled(instance=""))


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.STATISTICIAN, Role.JUSTICE])
def test_answers_come_from_those_who_meet_people(db, role):
    form_version()
    with pytest.raises(NotYourRole):
        send(officer(role))


def test_parts_sent_later_add_their_files_once(db, acting):
    form_version()
    by = officer()
    send(by, files=[FILE])
    other = services.SentFile(name="b.jpg", content_type="image/jpeg", content=picture("red"))
    send(by, files=[FILE, other])
    acting(by)
    assert list(Attachment.objects.values_list("name", flat=True)) == ["a.jpg", "b.jpg"]


def test_a_file_already_received_is_not_replaced(db, acting):
    form_version()
    by = officer()
    send(by, files=[FILE])
    with pytest.raises(AttachmentDiffers):
        send(by, files=[services.SentFile(name="a.jpg", content_type="", content=picture("black"))])


def test_more_than_a_hundred_megabytes_of_files_are_refused_and_nothing_is_kept(db, acting):
    form_version()
    by = officer()
    large = services.SentFile(name="a", content_type="", content=bytes(attaching.MOST_ATTACHED + 1))
    with pytest.raises(WrongInput, match="100 MB"):
        send(by, files=[large])
    acting(by)
    assert not Submission.objects.exists()


def test_answers_are_there_for_the_agency_and_for_nobody_else(db, acting):
    form_version()
    by, colleague = officer(), None
    colleague = officer(at=by.agency)
    stranger, administrator = officer(), officer(Role.ADMINISTRATOR, at=by.agency)
    send(by)
    for who, seen in [(colleague, 1), (stranger, 0), (administrator, 0), (None, 0)]:
        acting(who)
        assert Submission.objects.count() == seen


def test_two_agencies_may_use_the_same_instance_id(db):
    form_version()
    assert send(officer()).is_new
    assert send(officer()).is_new


def test_linked_answers_are_there_for_whom_the_case_is_open_to(db, acting):
    form_version()
    by, authority = officer(), officer(Role.AUTHORITY)
    kept = send(by)
    open_to(by, "MK-INVENTED")
    open_to(by, "MK-OTHER")
    acting(by)
    services.link_to_case(kept.submission, case_number="MK-INVENTED", by=by, at=NOW)
    with pytest.raises(AlreadyLinked):
        services.link_to_case(kept.submission, case_number="MK-OTHER", by=by, at=NOW)
    acting(authority)
    assert not Submission.objects.exists()
    open_to(authority, "MK-INVENTED", by=by)
    acting(authority)
    assert Submission.objects.get().answers["safe"] == "yes"
