"""How often each choice of a form was answered: counted while a form is taken over, and told.

Every filled form is sealed under a key of its own, and the key service opens few people an hour:
nobody opens thousands to make a table (docs/decisions/answers-are-counted-not-exported.md). So a
form is counted at the one moment its answers are open anyway. Only codes of the form itself are
counted: whatever else a phone writes into an answer stays sealed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language

from mekhala.forms.answers import Answers, path_of
from mekhala.forms.models import FormVersion, Submission
from mekhala.forms.outline import Entry, in_language
from mekhala.forms.readable import MANY
from mekhala.forms.xform import language_named
from mekhala.intake.check import CHOSEN, Asked
from mekhala.intake.models import AnswerCount
from mekhala.intake.queries import asked_of
from mekhala.intake.use import SMALLEST, told
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.identity.errors import WordsGone

ANSWERED = ""  # the "choice" that says how often the question was answered
ROUNDED_TO = 10
_ADD = """
insert into intake_answercount (agency_id, version_id, question, choice, count)
select %s, %s, u.question, u.choice, u.times
from unnest(%s::text[], %s::text[], %s::int[]) as u (question, choice, times)
on conflict (agency_id, version_id, question, choice)
do update set count = intake_answercount.count + excluded.count
"""
_TAKE_OUT = """
update intake_answercount c set count = greatest(c.count - u.times, 0)
from unnest(%s::text[], %s::text[], %s::int[]) as u (question, choice, times)
where c.agency_id = %s and c.version_id = %s and c.question = u.question and c.choice = u.choice
"""


@dataclass(frozen=True, kw_only=True)
class Told:
    """One question: how often it was answered, and each choice; None: not told."""

    question: str
    answered: int | None
    choices: tuple[tuple[str, str, int | None], ...]  # code, words, how often


def chosen_in(answers: Answers, asked: Asked) -> Counter[tuple[str, str]]:
    """Return how often each question, and each choice of it, was answered in one filled form."""
    found: Counter[tuple[str, str]] = Counter()
    for place, answer in answers.items():
        path = path_of(place)
        entry = asked.entries.get(path)
        if entry is None or entry.kind not in CHOSEN or not answer:
            continue
        codes = set(answer.split()) & set(entry.choices)
        found.update({(path, code): 1 for code in codes})
        found[path, ANSWERED] += bool(codes)
    return +found


def count(form: Submission, *, before: Submission | None) -> None:
    """Count the choices of ``form``, and take out those of the copy that was counted before."""
    with connection.cursor() as cursor:
        if before is not None and (was := _chosen(before)):
            cursor.execute(_TAKE_OUT, [*_columns(was), before.agency_id, before.version_id])
        if now := _chosen(form):
            cursor.execute(_ADD, [form.agency_id, form.version_id, *_columns(now)])


def _chosen(form: Submission) -> Counter[tuple[str, str]]:
    """Return what was chosen; nothing where the answers are sealed to others, or were erased."""
    if form.is_encrypted:
        return Counter()
    version = FormVersion.objects.select_related("form").defer("source").get(pk=form.version_id)
    try:
        return chosen_in(form.answers, asked_of(version))
    except WordsGone:
        return Counter()


def _columns(of: Mapping[tuple[str, str], int]) -> list[list[object]]:
    rows = sorted((question, choice, times) for (question, choice), times in of.items())
    return [list(column) for column in zip(*rows, strict=True)]


def agencies_counted(version: FormVersion) -> QuerySet[Agency]:
    """Return the agencies with counted answers to a version that the actor sees, by name."""
    there = AnswerCount.objects.filter(version=version).values("agency")
    return Agency.objects.filter(pk__in=there)


def counts_of(version: FormVersion, agency: Agency) -> list[Told]:
    """Return what may be told of the answers to a version that an agency sent.

    By question in the order of the form. Fewer than ten are never told, nor what would give such a
    number away; what is told is rounded to ten, for other figures of the same forms are told
    exactly. No total over agencies: from it a number that is not told could be subtracted.
    """
    found = AnswerCount.objects.filter(version=version, agency=agency)
    counted = {
        (question, choice): times
        for question, choice, times in found.values_list("question", "choice", "count")
    }
    language = language_named(version.languages, get_language() or "en") or ""
    return [
        _told(entry, counted, language) for entry in asked_of(version).entries.values()
        if entry.kind in CHOSEN and entry.choices and (entry.path, ANSWERED) in counted
    ]  # fmt: skip


def _told(entry: Entry, counted: Mapping[tuple[str, str], int], language: str) -> Told:
    answered = counted[entry.path, ANSWERED]
    times = [counted.get((entry.path, code), 0) for code in entry.choices]
    shown = _several(times, of=answered) if entry.kind in MANY else told(times, of=answered)
    if answered < SMALLEST:
        shown = [None] * len(times)
    choices = tuple(
        (code, in_language(labels, language) or code, _rounded(number))
        for (code, labels), number in zip(entry.choices.items(), shown, strict=True)
    )
    return Told(
        question=in_language(entry.labels, language) or entry.path, choices=choices,
        answered=_rounded(answered if answered >= SMALLEST else None),
    )  # fmt: skip


def _several(times: Iterable[int], *, of: int) -> list[int | None]:
    """Return counts of choices of which one may tick several: neither they nor the rest are few."""
    return [n if n >= SMALLEST and (of - n >= SMALLEST or n == of) else None for n in times]


def _rounded(number: int | None) -> int | None:
    return None if number is None else ROUNDED_TO * round(number / ROUNDED_TO)
