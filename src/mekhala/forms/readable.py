"""Answers as an officer reads them: the form's own words, in the language of the page."""

import re
from dataclasses import dataclass

from mekhala.forms.answers import Answers, path_of
from mekhala.forms.xform import PLAIN, Labels, Question, XForm, language_named

_PLACE = re.compile(r"\[\d+\]")
MANY = {"select", "rank"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A question in words and its answer in words; no value: it was left without an answer."""

    key: str
    value: str | None


@dataclass(frozen=True, kw_only=True)
class Part:
    """The questions of one group in a row, under its heading; the first has none."""

    title: str
    rows: list[Row]


def parts(form: XForm, answers: Answers, *, language: str) -> list[Part]:
    """Return the answers in the order they were sent, with the words of ``form``.

    ``language`` is a code as in ``LANGUAGE_CODE``; where the form does not have it, its first
    language stands in. Notes, calculations and what did not apply are left out.
    """
    asked = {q.path: q for q in form.questions if not q.is_note}
    named = language_named(form.languages, language) or next(iter(form.languages), PLAIN)
    found: list[Part] = []
    for place, answer in answers.items():
        question = asked.get(path_of(place))
        if question is None:
            continue
        title = _heading(form, place, named)
        if not found or found[-1].title != title:
            found.append(Part(title=title, rows=[]))
        found[-1].rows.append(_row(question, answer, named))
    return found


def _row(question: Question, answer: str | None, language: str) -> Row:
    key = _words(question.labels, language) or question.path
    if answer is None or not question.choices:
        return Row(key=key, value=answer)
    codes = answer.split() if question.kind in MANY else [answer.strip()]
    said = (_words(question.choices.get(code, {}), language) or code for code in codes)
    return Row(key=key, value=" · ".join(said))


def _heading(form: XForm, place: str, language: str) -> str:
    """Return the words above the nearest group that has some, and which time it was."""
    steps = place.split("/")[:-1]
    for end in range(len(steps), 0, -1):
        words = _words(form.headings.get(path_of("/".join(steps[:end])), {}), language)
        if words:
            times = [t.strip("[]") for step in steps for t in _PLACE.findall(step)]
            return " ".join([words, *times])
    return ""


def _words(labels: Labels, language: str) -> str:
    plain = labels.get(language) or labels.get(PLAIN)
    return plain or next((text for text in labels.values() if text and text != "-"), "")
