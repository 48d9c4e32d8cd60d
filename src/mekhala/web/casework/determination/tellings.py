"""Tellings in words: what each is called, and what changed from one to the next."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mekhala.pathway.determination.models import Finding, Interpreting, Source
from mekhala.web.casework.determination.words import KINDS
from mekhala.web.casework.languages import language_name
from mekhala.web.casework.meanings import of_fact

type Said = dict[str, list[Finding]]


def words_of(made_out: bool | None) -> str:
    """Return what a finding says for or against its fact, as one word."""
    if made_out is None:
        return _("Not known")
    return _("For") if made_out else _("Against")


def day_of(source: Source) -> str:
    """Return the day of a telling in words."""
    return date_format(source.said_on, "DATE_FORMAT") if source.said_on else _("day not known")


def names_of(sources: Sequence[Source]) -> dict[int, str]:
    """Return what each telling is called; those that would be called alike are numbered."""
    plain = {source.pk: _named(source) for source in sources}
    alike, nth = Counter(plain.values()), Counter[str]()
    for pk, name in plain.items():
        nth[name] += 1
        if alike[name] > 1:
            plain[pk] = f"{name} ({nth[name]})"
    return plain


def _named(source: Source) -> str:
    who = f" ({source.who})" if source.who else ""
    return f"{source.get_kind_display()}{who}, {day_of(source)}"


def how_told(source: Source) -> list[dict[str, Any]]:
    """Return how a telling came to the file, as rows of a summary list."""
    return [
        {"key": _("Who or what says so"), "value": source.get_kind_display()},
        {"key": _("Which one"), "value": source.who},
        {"key": _("How"), "value": source.get_manner_display()},
        {"key": _("Day"), "value": date_format(source.said_on) if source.said_on else ""},
        {"key": _("Language"), "value": language_name(source.language)},
        {"key": _("Through whom"), "value": source.get_interpreting_display()},
        {"key": _("Who else was there"), "value": source.present},
    ]


def in_one_line(source: Source) -> str:
    """Return manner, language and interpreting of a telling in one line."""
    language = _("language: %(language)s") % {"language": language_name(source.language)}
    through = source.get_interpreting_display()
    if source.interpreting == Interpreting.NOT_KNOWN:
        through = _("through whom: not known")
    return f"{source.get_manner_display()} · {language} · {through}"


def said_in(findings: Iterable[Finding]) -> dict[int, Said]:
    """Return for each telling what it says, by fact code."""
    said: dict[int, Said] = {}
    for finding in findings:
        said.setdefault(finding.source_id, {}).setdefault(finding.code, []).append(finding)
    return said


def earlier_of(
    source: Source, code: str, by_pk: Mapping[int, Source], said: Mapping[int, Said]
) -> Finding | None:
    """Return what the latest earlier telling that speaks of a fact said of it."""
    at = source.follows_id
    while at is not None and at in by_pk:
        if code in said.get(at, {}):
            return said[at][code][-1]
        at = by_pk[at].follows_id
    return None


def changes(sources: Sequence[Source], said: Mapping[int, Said]) -> list[dict[str, Any]]:
    """Return each telling that follows another, beside it, with what happened in between.

    ``rows`` has every fact either speaks of: its words in the earlier and in the later telling,
    and whether the answer is another one. Silence is silence, not a change.
    """
    names, by_pk = names_of(sources), {source.pk: source for source in sources}
    pairs = [(by_pk[s.follows_id], s) for s in sources if s.follows_id in by_pk]
    return [
        {
            "earlier": names[first.pk], "earlier_id": first.pk, "later": names[then.pk],
            "later_id": then.pk, "in_between": then.in_between,
            "rows": _compared(said.get(first.pk, {}), said.get(then.pk, {})),
        }
        for first, then in pairs
    ]  # fmt: skip


def _compared(first: Said, then: Said) -> list[dict[str, Any]]:
    return [
        {
            "fact": of_fact(code), "earlier": _answers(first.get(code, ())),
            "later": _answers(then.get(code, ())),
            "is_changed": code in first and code in then
            and first[code][-1].made_out is not then[code][-1].made_out,
        }
        for code in sorted(first.keys() | then.keys())
    ]  # fmt: skip


def _answers(findings: Iterable[Finding]) -> list[dict[str, str]]:
    return [
        {"word": words_of(f.made_out), "kind": KINDS[f.made_out], "because": f.because}
        for f in findings
    ]
