"""What a form is called and rests on, in the language of who reads."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import services
from mekhala.forms.convert import to_xform
from mekhala.forms.errors import VersionAlreadyKept
from mekhala.forms.models import FormVersion
from mekhala.forms.practice import TITLE, practice_xform
from mekhala.forms.titles import based_on_of, handed_text, in_each, title_of
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer
from tests.builders_forms import survey

KHMER = "ទម្រង់ប្រឌិត"


def titled(heading="title_in", **more):
    """Return the invented form with its title and what it rests on in Khmer."""
    columns = {f"{heading}::Khmer (km)": KHMER, "based_on::Khmer (km)": "ឯកសារ",
               "based_on": "A paper"} | more  # fmt: skip
    text = survey().decode()
    text = text.replace(
        "| version |\n| | invented", f"| version | {' | '.join(columns)} |\n| | invented"
    )
    return text.replace("form | 1 |", f"form | 1 | {' | '.join(columns.values())} |").encode()


@pytest.fixture
def version(db):
    return services.add_version(titled(), "t.md", by=officer(Role.ADMINISTRATOR), at=NOW)


def test_the_title_is_that_of_the_language_asked_for_else_the_forms_own(version):
    assert (title_of(version, "km"), title_of(version, "vi")) == (KHMER, "Invented form")
    assert title_of(version, "vi", "km") == KHMER
    assert title_of(version, "en", "km") == "Invented form"  # it is written in English
    assert (based_on_of(version, "km"), based_on_of(version, "en")) == ("ឯកសារ", "A paper")
    with translation.override("km"):
        assert (version.title, version.rests_on) == (KHMER, "ឯកសារ")


@pytest.mark.parametrize("page", ["", "agencies/"])
def test_pages_of_a_form_call_it_by_its_title_in_the_readers_language(version, client, page):
    client.force_login(officer(Role.AUTHORITY))
    client.cookies["django_language"] = "km"
    assert KHMER in client.get(f"/forms/{version.form.form_id}/{page}").content.decode()


def test_a_phone_gets_the_form_with_its_title_and_nothing_else_changed(version):
    text = handed_text(version, "km")
    assert f"<h:title>{KHMER}</h:title>" in text
    assert text.replace(KHMER, "Invented form") == version.xform
    assert handed_text(version, "en") == handed_text(version, "th") == version.xform
    assert f"<h:title>{TITLE}{KHMER}</h:title>" in practice_xform(version, "km")


def test_a_title_that_looks_like_markup_stays_words(db):
    content = titled().replace(KHMER.encode(), b"<h:body> & $1")
    version = services.add_version(content, "t.md", by=officer(Role.ADMINISTRATOR), at=NOW)
    assert "<h:title>&lt;h:body&gt; &amp; $1</h:title>" in handed_text(version, "km")


def test_once_in_use_a_title_never_changes(version):
    with pytest.raises(DatabaseError), transaction.atomic():
        FormVersion.objects.filter(pk=version.pk).update(in_languages={})


def test_a_heading_other_programs_stumble_over_is_told_with_the_one_to_use():
    with pytest.raises(WrongInput, match=r"title_in::Khmer \(km\)"):
        to_xform(titled("form_title"), "t.md")


def test_a_title_that_is_too_long_is_told():
    with pytest.raises(WrongInput, match="longer than 200"):
        to_xform(titled().replace(KHMER.encode(), b"x" * 201), "t.md")


def test_a_draft_takes_another_title_and_a_version_in_use_does_not(db):
    author, other = officer(Role.ADMINISTRATOR), titled().replace(KHMER.encode(), "ថ្មី".encode())
    services.add_version(titled(), "t.md", by=author, at=NOW, offer=False)
    draft = services.add_version(other, "t.md", by=author, at=NOW, offer=False)
    assert title_of(draft, "km") == "ថ្មី"
    services.put_into_use(draft, by=author, at=NOW)
    with pytest.raises(VersionAlreadyKept):
        services.add_version(titled(), "t.md", by=author, at=NOW)


def test_the_app_is_told_each_language_by_its_code(version):
    assert in_each(version, "title") == {"km": KHMER}
