"""An entry in words: each question with its answer, who recorded it, what replaced it."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mekhala.core.vocabulary.countries import country_name
from mekhala.core.vocabulary.facts import FactGroup
from mekhala.pathway.justice import acquittals, clocks, queries, reliability, texts
from mekhala.pathway.justice.models import Accused, Appeal, Entry, FactsFound, Statement
from mekhala.web.casework.justice.entry_kinds import EntryKind, of_model
from mekhala.web.casework.languages import language_name
from mekhala.web.casework.meanings import GROUPS, of_fact

NAMED: dict[str, Callable[[str], Any]] = {  # codes of standards, by the fields that hold them
    "language": language_name, "rights_language": language_name,
    "nationality": lambda code: country_name(code, get_language() or "en"),
}  # fmt: skip


def said(value: Any, field: Any = None, choices: Any = None) -> str:
    """Return one value in words; None and nothing are not known."""
    if value is None or value == "":
        return _("Not known")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        labels = dict(choices.choices) if choices else {}
        return ", ".join(str(labels.get(code, code)) for code in value) or _("None")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value)
    return str(value) if field is None else str(_of_code(value, field))


def _of_code(value: Any, field: Any) -> Any:
    named = NAMED.get(field.name)
    return named(value) if named else dict(field.flatchoices).get(value, value)


def rows_of(entry: Entry, kind: EntryKind) -> list[dict[str, Any]]:
    """Return the questions of an entry with their answers; words are not opened."""
    several = dict(kind.several)
    rows = []
    for name in kind.shown:
        field: Any = entry._meta.get_field(name)
        value = getattr(entry, name)
        rows.append({"key": field.verbose_name, "value": said(value, field, several.get(name))})
        if name == "legal_basis" and (standing := texts.standing_of(value)):
            rows.append({"key": _("The law cited"), "value": standing})
    if isinstance(entry, Appeal):
        rows += _time_to_appeal(entry)
    if isinstance(entry, FactsFound):
        proved = "; ".join(of_fact(code) for code in sorted(entry.facts))
        rows.append({"key": _("Proved"), "value": proved or _("None")})
        rows.append({"key": _("Nothing else was proved of"),
                     "value": "; ".join(str(GROUPS[FactGroup(g)]) for g in entry.none_of)
                     or _("None")})  # fmt: skip
    return rows


def _time_to_appeal(entry: Appeal) -> list[dict[str, Any]]:
    """Return until when there was time, and that it was filed later; being told late counts."""
    last = clocks.last_day_to_appeal(entry.judged_on, by=entry.filed_by)
    until = _("until %(day)s") % {"day": date_format(last)}
    rows = [{"key": _("Time to appeal, counted from the judgment"), "value": until}]
    if entry.filed_on and entry.filed_on > last:
        late = _("Filed after that day. It may be in time where the accused was told of the "
                 "judgment later, or did not know: a lawyer should look.")  # fmt: skip
        if entry.filed_by in acquittals.BY_OTHERS:
            late = _("Filed after that day, and so too late as far as is known: a lawyer should "
                     "look.")  # fmt: skip
        rows.append({"key": _("In time"), "value": late})
    return rows


def cards(entries: Iterable[Entry], accused: Accused, *, with_words: bool) -> list[dict[str, Any]]:
    """Return each entry as a page shows it, the newest first; words only where asked."""
    kept = list(entries)
    replaced = {entry.replaces_id for entry in kept}
    steps = list(accused.steps.all())
    return [
        _card(entry, accused, replaced, with_words)
        | {"is_set_aside": queries.is_set_aside(entry, steps)}
        for entry in reversed(kept)
    ]


def _card(
    entry: Entry, accused: Accused, replaced: set[int | None], with_words: bool
) -> dict[str, Any]:
    kind = of_model(type(entry))
    note = getattr(entry, "note", "") if with_words and "note" in kind.fields else ""
    doubts = reliability.doubts(entry, accused) if isinstance(entry, Statement) else []
    return {
        "pk": entry.pk, "kind": kind.slug, "rows": rows_of(entry, kind), "note": note,
        "doubts": doubts, "is_statement": isinstance(entry, Statement),
        "at": entry.recorded_at, "is_replaced": entry.pk in replaced,
    }  # fmt: skip
