"""What a letter says, piece by piece: the page and the paper are both made of these pieces.

Seven parts, in the order a reader needs them: what was decided, what it means today, why, what
was not held against the person, how to ask again, who else was told, how to reach each other.
Of the reasons only the three elements are named, in plain words: never a form of exploitation,
never the story; the readers' own reasons are quoted as they wrote them. No name stands in it:
found by somebody else, it must not tell whom it is about.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mekhala.core.calendar.in_words import day_in_words
from mekhala.core.calendar.stages import last_day_to_ask_again
from mekhala.pathway.determination.clock import today_of
from mekhala.pathway.determination.letters.scripts import language_of_script
from mekhala.pathway.determination.letters.words import Words
from mekhala.pathway.determination.models import Decision, TraffickingStatus
from mekhala.pathway.determination.rule import elements_of
from mekhala.pathway.encounter.models import SafeContact

type Block = dict[str, Any]
type Content = dict[str, Any]


def letter_to_the_person(
    decision: Decision,
    words: Words,
    *,
    reasons: Sequence[str],
    contact: SafeContact | None,
    not_before: date | None,
    on: date,
) -> Content:
    """Return the letter that tells a person the decision.

    ``reasons`` are those of the readers who decided, as written. ``not_before``: the first day
    on which the next question may be decided, None where there is none. ``on``: the day of
    writing. Times for asking again come from ``core.calendar.stages``.
    """
    said = words.said["decision"]
    days = {"day": _day(decision, words), "not_before": _said(not_before, words)}
    parts = [
        _part(said["decided"], _text(said["decided"][decision.status].format(**days))),
        _part(said["today"], _list(_today(said["today"], decision, not_before, days))),
        _part(said["why"], *_why(said["why"], decision, reasons)),
        _part(said["not_held"], _list(said["not_held"]["items"])),
        _part(said["again"], _list(_again(said["again"], decision, words))),
        _part(said["told"], _list(_told(said["told"], contact))),
        _part(said["reach"], _text(said["reach"][contact.way if contact else "never_asked"]),
              _text(said["reach"]["always"])),
    ]  # fmt: skip
    return _letter(decision, words, on, heading=words.said["letter"], before=said["for_whom"],
                   parts=parts)  # fmt: skip


def notice_to_the_referrer(
    decision: Decision, words: Words, *, received_on: date, on: date
) -> Content:
    """Return the notice: received, decided, who makes the next contact. Never the outcome."""
    said = words.said["notice"]
    days = {"received": _said(received_on, words), "day": _day(decision, words)}
    lines = ("received", "decided", "outcome", "help", "next")
    parts = [{"heading": "", "blocks": [_list([said[line].format(**days) for line in lines])]}]
    return _letter(decision, words, on, heading=said["heading"], before="", parts=parts)


def _letter(
    decision: Decision, words: Words, on: date, *, heading: str, before: str, parts: list[Any]
) -> Content:
    return {
        "title": words.said["letter"], "language": words.language, "heading": heading,
        "before": before, "parts": parts, "date": on.isoformat(), "number": decision.case_id,
        "head": [
            words.said["case"] + words.said["colon"] + decision.case_id,
            words.said["written_on"] + words.said["colon"] + _said(on, words),
        ],
    }  # fmt: skip


def _day(decision: Decision, words: Words) -> str:
    return _said(today_of(decision.decided_at), words)


def _said(day: date | None, words: Words) -> str:
    return day_in_words(day, words.language) if day else ""


def _part(said: Mapping[str, Any], *blocks: Block) -> Block:
    return {"heading": said["heading"], "blocks": list(blocks)}


def _text(text: str) -> Block:
    return {"kind": "text", "text": text.strip()}


def _list(items: Sequence[str]) -> Block:
    return {"kind": "list", "items": [item.strip() for item in items]}


def _today(
    said: Mapping[str, Any], decision: Decision, not_before: date | None, days: Mapping[str, str]
) -> list[str]:
    waits = decision.status == TraffickingStatus.REASONABLE_GROUNDS
    own = [] if waits and not_before is None else said[decision.status]
    return [line.format(**days) for line in own] + said["everybody"]


def _why(said: Mapping[str, Any], decision: Decision, reasons: Sequence[str]) -> list[Block]:
    quotes = [
        {"kind": "quote", "text": reason, "language": language_of_script(reason)}
        for reason in reasons
    ]
    rows = {"kind": "rows", "rows": _elements(said, decision.outcome)}
    standard = _text(said[decision.file.stage])
    return [standard, _text(said["intro"]), rows, _text(said["not_known"]),
            _text(said["quoted"]), *quotes]  # fmt: skip


def _elements(said: Mapping[str, Any], outcome: Mapping[str, Any]) -> list[list[str]]:
    """Return each element in plain words with what is believed of it."""
    differ = {element.value for element in elements_of(outcome["sources_differ"])}
    palermo = outcome["palermo"]
    return [
        [said[element], said[_value(element, palermo, is_disputed=element in differ)]]
        for element in ("act", "means", "purpose")
    ]


def _value(element: str, palermo: Mapping[str, Any], *, is_disputed: bool) -> str:
    if element == "means" and not palermo["means_required"]:
        return "child"
    if palermo[element] == "unknown" and is_disputed:
        return "differ"
    return str(palermo[element])


def _again(said: Mapping[str, Any], decision: Decision, words: Words) -> list[str]:
    if decision.status != TraffickingStatus.NOT_ESTABLISHED:
        return list(said["positive"])
    last = last_day_to_ask_again(today_of(decision.decided_at))
    return [line.format(last_day=_said(last, words)) for line in said["negative"]]


def _told(said: Mapping[str, Any], contact: SafeContact | None) -> list[str]:
    guardian = [said["guardian"]] if contact and contact.guardian_may_know else []
    return [*said["items"], *guardian]
