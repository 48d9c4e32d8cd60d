"""From answers to what the rooms are asked to keep. Nothing is kept here, no clock is read."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any

from mekhala.core.vocabulary.places import check_code, code_of, provinces
from mekhala.core.wrong_input import WrongInput
from mekhala.forms.answers import Answers
from mekhala.intake.check import Asked, meanings_of, repeat_named
from mekhala.intake.check import code_of as code_about
from mekhala.intake.errors import Waits, Why
from mekhala.intake.fields import NOTHING, UNKNOWN, Field, Kind, sections
from mekhala.intake.mapping import AGENCY, Codes, Condition, Count, FormMapping, Rule
from mekhala.pathway.screening.models import ScreeningOutcome

TRUTHS = {"yes": True, "no": False, UNKNOWN: None}
_TIMES = re.compile(r"\[\d+\]")


@dataclass(frozen=True, kw_only=True)
class Day:
    """What one form adds to the figures of a post on a day; ``on`` None: when it came."""

    survey: str
    post: str
    on: date | None
    figures: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What one filled form becomes; all empty: nothing, for the reason in ``because``."""

    because: str = ""
    case_number: str = ""
    encounter: Mapping[str, Any] = field(default_factory=dict)
    advice: str = ""
    identity: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()  # the fields of the vault the form asks for
    screening: Mapping[str, Any] = field(default_factory=dict)
    refers: bool = False
    follow_up: Mapping[str, Any] = field(default_factory=dict)
    observation: Mapping[str, Any] = field(default_factory=dict)
    day: Day | None = None
    leaving: Mapping[str, Any] = field(default_factory=dict)


def plan_of(
    mapping: FormMapping, asked: Asked, answers: Answers, *, province: str, zone: tzinfo
) -> Plan:
    """Return what the answers become.

    ``province``: of the sender's agency, where a mapping lets it stand for the place; ``zone``:
    whose days are meant. Raises ``Waits`` naming the question where an answer is missing that
    must be there, or has no meaning.
    """
    return _Planning(mapping, asked, answers, province, zone).plan()


def meeting_of(
    mapping: FormMapping, asked: Asked, answers: Answers, *, province: str, zone: tzinfo
) -> dict[str, Any]:
    """Return what can be read of the encounter and the name: for the page that opens by hand.

    What is missing or has no meaning is left out rather than guessed.
    """
    planning = _Planning(mapping, asked, answers, province, zone)
    told: dict[str, Any] = {}
    for name, rule in mapping.sections.get("encounter", {}).items():
        with suppress(Waits):
            told[name] = planning.value(rule, sections()["encounter"][name], f"encounter.{name}")
    if "identity" in mapping.sections:
        with suppress(Waits):
            told |= planning.identity()
    return told


class _Planning:
    def __init__(
        self, mapping: FormMapping, asked: Asked, answers: Answers, province: str, zone: tzinfo
    ) -> None:
        self.mapping, self.asked, self.answers = mapping, asked, answers
        self.province, self.zone = province, zone

    def plan(self) -> Plan:
        for skip in self.mapping.skips:
            if self.holds(skip.condition):
                return Plan(because=skip.because)
        has = self.mapping.sections
        encounter = self.section("encounter") if "encounter" in has else {}
        screening = self.section("screening") if "screening" in has else {}
        if screening:
            screening |= {"answers": self.facts(), "indicators": self.signs()}
        return Plan(
            case_number=self.section("case").get("number", "") if "case" in has else "",
            advice=encounter.pop("advice", ""), encounter=encounter, screening=screening,
            identity=self.identity() if "identity" in has else {},
            names=tuple(name for name in has.get("identity", {}) if name != "agreed"),
            refers=self.refers(screening),
            follow_up=self.section("follow_up") if "follow_up" in has else {},
            observation=self.section("observation") if "observation" in has else {},
            day=self.day() if "day" in has else None,
            leaving=self.leaving() if "leaving" in has else {},
        )  # fmt: skip

    def refers(self, screening: Mapping[str, Any]) -> bool:
        asked = self.mapping.refer_when
        is_meant = screening.get("outcome") == ScreeningOutcome.REFER
        return asked is not None and is_meant and self.holds(asked)

    def section(self, name: str) -> dict[str, Any]:
        rules = self.mapping.sections[name]
        return {
            key: self.value(rule, sections()[name][key], f"{name}.{key}")
            for key, rule in rules.items()
        }

    def identity(self) -> dict[str, str]:
        """Return what goes into the vault: nothing unless the person said yes to just that."""
        said = self.section("identity")
        if said.pop("agreed") is not True:
            return {}
        return {name: words for name, words in said.items() if words}

    def answer(self, question: str) -> str:
        path = self.asked.found(question)
        return (self.answers.get(path) or "").strip()

    def holds(self, condition: Condition, *, below: str = "") -> bool:
        if below:
            said = (self.answers.get(f"{below}/{condition.question}") or "").strip()
        else:
            said = self.answer(condition.question)
        return bool(set(said.split()) & set(condition.among)) or said in condition.among

    def value(self, rule: Rule, of: Field, place: str) -> Any:
        question = rule.question or place
        said = rule.value if rule.value is not None else self.answer(rule.question)
        if not said and rule.otherwise is not None and of.kind != Kind.PLACE:
            return self.meant([rule.otherwise], of, question)
        if not said:
            return self.unanswered(rule, of, question)
        if rule.value is not None:
            return self.meant([said], of, question)
        if of.kind == Kind.PLACE:
            return self.place(self.one_meaning(said, rule), rule, question)
        codes = said.split() if of.kind == Kind.CODES else [said]
        return self.meant([self.meaning(code, rule, of, question) for code in codes], of, question)

    def one_meaning(self, said: str, rule: Rule) -> str:
        return rule.choices.get(said, said) if isinstance(rule.choices, Mapping) else said

    def unanswered(self, rule: Rule, of: Field, question: str) -> Any:
        if of.kind == Kind.PLACE and rule.otherwise is not None:
            return self.place("", rule, question)
        if of.is_required:
            raise Waits(Why.UNANSWERED, question=question)
        empty: dict[Kind, Any] = {Kind.CODES: [], Kind.CODE: of.unknown, Kind.WORDS: ""}
        return empty.get(of.kind)

    def meaning(self, code: str, rule: Rule | Codes, of: Field, question: str) -> str:
        """Return what a choice means to the room; waits where nobody said."""
        if of.kind not in (Kind.TRUTH, Kind.CODE, Kind.CODES):
            return self.one_meaning(code, rule) if isinstance(rule, Rule) else code
        table = meanings_of(rule.choices, [code])
        meant = table.get(code)
        if meant is None or not of.accepts(meant):
            raise Waits(Why.NOT_UNDERSTOOD, question=question)
        return meant

    def meant(self, said: list[str], of: Field, question: str) -> Any:
        """Return the value the room takes of what was meant."""
        if of.kind == Kind.CODES:
            return [code for code in dict.fromkeys(said) if code != NOTHING]
        (one,) = said
        if of.kind == Kind.TRUTH:
            if of.is_required and TRUTHS[one] is None and one not in self.fixed(question):
                raise Waits(Why.UNANSWERED, question=question)
            return TRUTHS[one]
        if of.kind == Kind.CODE:
            if of.is_required and one == UNKNOWN:
                raise Waits(Why.UNANSWERED, question=question)
            return of.unknown if one == UNKNOWN else one
        if of.kind == Kind.WHOLE:
            return self.whole(one, question)
        if of.kind == Kind.MOMENT:
            return self.moment(one, question)
        return self.place(one, Rule(value=one), question) if of.kind == Kind.PLACE else one

    def fixed(self, place: str) -> tuple[str, ...]:
        """Return what an author let stand on purpose for a field that must be answered."""
        section, _dot, name = place.partition(".")
        rule = self.mapping.sections.get(section, {}).get(name)
        return (rule.value,) if rule and rule.value is not None else ()

    def whole(self, said: str, question: str) -> int:
        try:
            return int(said)
        except ValueError:
            raise Waits(Why.NOT_UNDERSTOOD, question=question) from None

    def moment(self, said: str, question: str) -> datetime:
        """Return the moment; a day alone is its beginning where the officer is."""
        try:
            found = datetime.fromisoformat(said)
        except ValueError:
            raise Waits(Why.NOT_UNDERSTOOD, question=question) from None
        return found if found.tzinfo else found.replace(tzinfo=self.zone)

    def place(self, said: str, rule: Rule, question: str) -> str:
        """Return the gazetteer code of a place written as its code or its name."""
        found = self.named(said)
        if found:
            return found
        if rule.otherwise is None:
            raise Waits(Why.NOT_UNDERSTOOD, question=question)
        if rule.otherwise == AGENCY and not self.province:
            raise Waits(Why.UNANSWERED, question=question)
        return self.province if rule.otherwise == AGENCY else rule.otherwise

    def named(self, said: str) -> str:
        names = {
            name.casefold(): place.code
            for place in provinces().values()
            for name in (place.name_en, place.name_km)
        }
        if said.casefold() in names:
            return names[said.casefold()]
        try:
            if said.isascii() and said.isdigit():
                return check_code(said)
            return code_of(said, province=self.province) if said and self.province else ""
        except WrongInput:
            return ""

    def facts(self) -> dict[str, bool | None]:
        """Return what was asked of facts; what was not asked is not there."""
        found = {}
        for codes, path in self.every(self.mapping.facts):
            if path in self.answers:
                found[code_about(codes, path)] = self.truth(codes, path)
        return found

    def signs(self) -> list[str]:
        """Return the signs that were seen; not known is not seen, and stays in the answers."""
        seen: list[str] = []
        for codes, path in self.every(self.mapping.indicators):
            if codes.code:
                seen += [code_about(codes, path)] if self.truth(codes, path) else []
            else:
                field_of = Field(kind=Kind.CODES)
                said = (self.answers.get(path) or "").split()
                seen += [self.meaning(code, codes, field_of, path) for code in said]
        return [code for code in dict.fromkeys(seen) if code != NOTHING]

    def every(self, several: tuple[Codes, ...]) -> Iterator[tuple[Codes, str]]:
        for codes in several:
            for path in self.asked.fitting(codes.question):
                yield codes, path

    def truth(self, codes: Codes, path: str) -> bool | None:
        said = (self.answers.get(path) or "").strip()
        if not said:
            return None
        return TRUTHS[self.meaning(said, codes, Field(kind=Kind.TRUTH), path)]

    def leaving(self) -> dict[str, Any]:
        """Return what one person said about leaving for work, the day as where the officer is."""
        said = self.section("leaving")
        if on := said["on"]:
            said["on"] = on.astimezone(self.zone).date()
        return said

    def day(self) -> Day:
        said = self.section("day")
        on = said.get("on")
        figures = {
            name: found
            for name, count in self.mapping.counts.items()
            if not count.is_sum and (found := self.count(count)) is not None
        }
        parts = [figures.get(name) for name in ("refused", "missed", "screened")]
        for name, count in self.mapping.counts.items():
            if count.is_sum:
                figures[name] = sum(part or 0 for part in parts)
        return Day(
            survey=said.get("survey") or "", post=said["post"],
            on=on.astimezone(self.zone).date() if on else None, figures=figures,
        )  # fmt: skip

    def count(self, count: Count) -> int | None:
        if count.question:
            said = self.answer(count.question)
            return self.whole(said, count.question) if said else None
        if not count.each:
            return int(all(self.holds(condition) for condition in count.when))
        repeat = repeat_named(count.each, self.asked.repeats)
        times = {
            found for path in self.answers if (found := _time_of(path, repeat))
        }  # fmt: skip
        return sum(all(self.holds(c, below=time_) for c in count.when) for time_ in times)


def _time_of(path: str, repeat: str) -> str:
    """Return the part of an answer's path that says which time ``repeat`` was filled."""
    steps, depth = path.split("/"), repeat.count("/") + 1
    taken = "/".join(steps[:depth])
    return taken if len(steps) > depth and _TIMES.sub("", taken) == repeat else ""
