"""Both languages say everything: complete, with the same places to fill, in the agreed words."""

import re
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from mekhala.config.catalogues import KEYWORDS, LANGUAGES, LOCALE, REVIEW, gathered

PLACES = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;")
KHMER = re.compile(r"[\u1780-\u17ff]")
# Codes are the same in every script, as are figures and marks.
CODE = re.compile(r"[\W\d_]|[A-Z]{2,}")
READ_BY_TWO = re.compile(r"^read by .+ and .+")
# Words no page uses.
NEVER = re.compile(
    r"\b(rescued?|alleged (victim|offender)s?|not a victim|bogus|traffickers?|perpetrators?"
    r"|offenders?|confessions?|(child )?prostitutes?|sex slaves?|illegal|illegal migrants?"
    r"|beneficiar(y|ies)|clients?|scores?|risk levels?|credib(le|ility)|red flags?|match %"
    r"|truth|lies?|inconsistent|cooperative|approximately|lost to follow-up|N/A|invalid"
    r"|fatal|submit(ted|s)?|click(ed|s)?|epidemic|billions?)\b",
    re.IGNORECASE,
)
# What somebody was made to do, told as it was; nobody here is called any of it.
TOLD = {
    "Made to accept tasks or clients", "Made to lie to authorities or family",
    # the kind of a paper among the evidence, as the courts call it; not what is true
    "Confession", "Confession of an accused", "It is a confession",
    "The only evidence is a confession",
    "There is at least one confession and nothing besides it but papers of the police.",
}  # fmt: skip
LAW_TITLE = re.compile(r"^Law on |Protocol\b|^Convention ")
BORROWED = "config/borrowed_words.py"
LENT_BY = (
    "django.db.models.fields", "django.forms.fields", "django.forms.models",
    "django.core.validators", "django.utils.dates",
    "django.contrib.auth.password_validation", "allauth.account.adapter", "allauth.account.forms",
    "allauth.mfa.adapter", "allauth.mfa.totp.forms", "allauth.mfa.webauthn.forms",
)  # fmt: skip
# Guilt before its time, kin terms as answers, and commands that belong to machines.
NEVER_IN_KHMER = re.compile("ជនល្មើស|ឧក្រិដ្ឋជន|មេខ្យល់|ជនជួញដូរ|ស្រីពេស្យា|ចារីដើម|បាទ|ចាស(?!់)|សូមចុច")
VICTIM = "ជនរងគ្រោះ"
AGREED = {
    "Presumed victim": "ជនដែលសន្មតថារងគ្រោះ",
    "Recognised as victim": "បានទទួលស្គាល់ជាជនរងគ្រោះ",
    "Competent authority": "អាជ្ញាធរមានសមត្ថកិច្ច",
    "First responder": "អ្នកជួបមុនគេ",
    "Act": "អំពើ",
    "Means": "មធ្យោបាយ",
    "Purpose": "គោលបំណង",
    "Reasonable grounds": "មូលហេតុសមស្រប",
    "Not established": "មិនទាន់មានមូលដ្ឋានគ្រប់គ្រាន់",
    "Not known": "មិនទាន់ដឹង",
    "Sources differ": "ប្រភពមិនដូចគ្នា",
    "Suspect": "ជនសង្ស័យ",
    "Charged": "ត្រូវបានចោទប្រកាន់",
    "Accused": "ជនជាប់ចោទ",
    "Support plan": "ផែនការគាំទ្រ",
    "Hidden for privacy": "លាក់ដើម្បីការពារឯកជនភាព",
    "Leave this page": "ចាកចេញពីទំព័រនេះ",
}


def catalogue(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as source:
        return read_po(source, locale=language)


def spoken(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def asked(message: Message) -> str:
    """Return the text a translation answers: of a plural the form for many."""
    return message.id[-1] if isinstance(message.id, tuple) else message.id


def forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def answered(message: Message) -> str:
    """Return the translation: of a plural the form for many."""
    return forms(message)[-1]


def offending(language, is_wrong) -> list[str]:
    return [asked(message) for message in spoken(language) if is_wrong(message)]


@pytest.fixture(scope="module")
def words():
    return {message.id for message in gathered() if message.id}


def test_no_word_is_spoken_under_a_name_that_is_not_gathered():
    called = re.compile(r"import .*?\b(n?gettext(?:_lazy)?) as (\w+)|(\bn?pgettext(?:_lazy)?)\b")
    used = {
        found[1] or found[2]
        for path in LOCALE.parent.rglob("*.py")
        for found in called.findall(path.read_text(encoding="utf-8"))
    }
    assert used - set(KEYWORDS) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_code_templates_and_tables_is_in_the_catalogue(language, words):
    assert len(words) > 500
    kept = {message.id for message in spoken(language)}
    assert words - kept == set(), "run: python -m mekhala.config.catalogues update"
    assert kept - words == set(), "run: python -m mekhala.config.catalogues update"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_left_untranslated(language):
    assert offending(language, lambda m: not all(text.strip() for text in forms(m))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_has_the_forms_its_language_needs(language):
    found = catalogue(language)
    plurals = [m for m in found if isinstance(m.id, tuple)]
    assert plurals
    assert {len(forms(m)) for m in plurals} == {found.num_plurals}


@pytest.mark.parametrize("language", LANGUAGES)
def test_babel_finds_no_fault_in_the_places_to_fill(language):
    assert [(m.id, errors) for m, errors in catalogue(language).check()] == []


def test_a_translation_fills_the_same_places_as_its_message():
    def places(text):
        return sorted(PLACES.findall(text))

    assert offending("km", lambda m: places(asked(m)) != places(answered(m))) == []


def test_english_says_what_the_code_says():
    assert offending("en", lambda m: m.string != m.id) == []


def test_khmer_is_written_in_khmer():
    def foreign(message):
        named = CODE.sub("", PLACES.sub("", asked(message)))
        return named and not KHMER.search(answered(message))

    assert offending("km", foreign) == []


def test_khmer_says_whether_two_native_readers_have_read_it():
    def unmarked(message):
        mark = " ".join(message.user_comments)
        return mark != REVIEW and not READ_BY_TWO.search(mark)

    assert offending("km", unmarked) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_invisible_spaces_are_stored(language):
    assert offending(language, lambda m: re.search("[\u200b\u200c\ufeff]", "".join(forms(m)))) == []


def borrowed(message: Message) -> bool:
    return [place for place, _line in message.locations] == [BORROWED]


def test_english_keeps_away_from_the_words_nobody_should_read():
    def harms(message):
        text = " ".join(forms(message))
        allowed = text in TOLD or LAW_TITLE.search(text) or borrowed(message)
        return not allowed and NEVER.search(text)

    assert offending("en", harms) == []


def test_khmer_keeps_away_from_guilt_before_its_time_and_from_kin_terms():
    assert offending("km", lambda m: NEVER_IN_KHMER.search(answered(m))) == []


def test_khmer_says_victim_only_where_a_status_or_the_law_says_it():
    def says(m):
        return VICTIM in answered(m) and "victim" not in asked(m).lower()

    assert offending("km", says) == []


@pytest.mark.parametrize("message", AGREED)
def test_the_agreed_khmer_words_are_used(message):
    found = catalogue("km").get(message)
    assert found is not None
    assert found.string == AGREED[message]


def lent() -> set[str]:
    """Return every message in the modules and templates of Django and allauth we borrow from."""
    sources = [Path(find_spec(name).origin).read_bytes() for name in LENT_BY]
    pages = Path(find_spec("allauth").origin).parent / "templates"
    for page in [*pages.glob("account/**/*.*"), *pages.glob("mfa/**/*.*")]:
        lines = templatize(page.read_text(encoding="utf-8")).splitlines()
        sources.append("\n".join(line.strip() for line in lines).encode())
    found = set()
    for source in sources:
        for _line, _call, messages, _comments in extract_python(BytesIO(source), KEYWORDS, [], {}):
            found.update(messages if isinstance(messages, tuple) else (messages,))
    return found


def test_borrowed_words_are_letter_for_letter_those_of_their_owners():
    ours = {text for m in spoken("km") if borrowed(m) for text in forms_asked(m)}
    assert len(ours) > 40
    assert ours - lent() == set()


def forms_asked(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def test_no_word_is_asked_for_under_a_name_the_catalogues_do_not_gather():
    marks = re.compile(r"\b(n?p?gettext(?:_lazy|_noop)?)(?: as (\w+))?(?=[,\n)])")
    names = {
        name or word
        for path in LOCALE.parent.rglob("*.py")
        for line in re.findall(
            r"^from django\.utils\.translation import .+$", path.read_text("utf-8"), re.MULTILINE
        )
        for word, name in marks.findall(f"{line}\n")
    }
    assert names - {"gettext_noop"} <= KEYWORDS.keys()
