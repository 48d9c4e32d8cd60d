"""A mapping, read: what each answer of a form becomes. Source: the TOML of ``forms/mappings``."""

import fnmatch
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from mekhala.core.vocabulary.nearest import nearest
from mekhala.core.wrong_input import WrongInput
from mekhala.intake.fields import COUNTED, MUST_BE_COUNTED, sections

TOP = ("form", "versions", "case", "encounter", "identity", "screening", "follow_up",
       "observation", "day", "leaving",
       "nothing_if", "nothing")  # fmt: skip
RULE = ("question", "value", "choices", "otherwise")
SAME, ANSWERS, FACT, SUM, AGENCY = "same", "answer", "fact", "sum", "agency"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One field: the answer to ``question`` by ``choices``, or a fixed ``value``.

    ``otherwise`` is taken where there is no answer.
    """

    question: str = ""
    value: str | None = None
    choices: str | Mapping[str, str] = ""
    otherwise: str | None = None


@dataclass(frozen=True, kw_only=True)
class Codes:
    """Facts or signs: the questions of a pattern, and the code each is about."""

    question: str
    code: str = ""
    choices: str | Mapping[str, str] = ""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Holds where the answer is one of these."""

    question: str
    among: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Count:
    """People counted: a number somebody wrote, or one for the form or for ``each`` that fits."""

    question: str = ""
    each: str = ""
    when: tuple[Condition, ...] = ()
    is_sum: bool = False


@dataclass(frozen=True, kw_only=True)
class Skip:
    """Where this holds, nothing is opened at all."""

    condition: Condition
    because: str


@dataclass(frozen=True, kw_only=True)
class FormMapping:
    """What the answers of some versions of one form become."""

    form: str
    versions: tuple[str, ...]
    source: str = ""
    sections: Mapping[str, Mapping[str, Rule]] = field(default_factory=dict)
    facts: tuple[Codes, ...] = ()
    indicators: tuple[Codes, ...] = ()
    refer_when: Condition | None = None
    counts: Mapping[str, Count] = field(default_factory=dict)
    skips: tuple[Skip, ...] = ()
    nothing: Mapping[str, str] = field(default_factory=dict)

    def holds_for(self, version: str) -> bool:
        """Return whether answers to this version are read by it."""
        return any(fnmatch.fnmatchcase(version, each) for each in self.versions)

    def rules(self) -> Iterator[tuple[str, str, Rule]]:
        """Yield section, field and rule of every single field."""
        for section, of in self.sections.items():
            for name, rule in of.items():
                yield section, name, rule

    def question_behind(self, field: str) -> str:
        """Return the question a field of a room is read from, empty where that is not one."""
        asked = {rule.question for _section, name, rule in self.rules() if name == field}
        return asked.pop() if len(asked) == 1 else ""


def read_mapping(text: str, *, file_name: str) -> FormMapping:
    """Return the mapping written in ``text``. ``WrongInput`` names the place and what was expected.

    Whether it fits a form says ``check.faults``.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongInput(
            _("%(file)s: is not TOML: %(why)s.") % {"file": file_name, "why": error}
        ) from None
    return _Reader(file_name).mapping(said, text)


class _Reader:
    """Reads the parts of one file; knows its name for what it says."""

    def __init__(self, file_name: str) -> None:
        self.file = file_name

    def wrong(self, place: str, words: str) -> WrongInput:
        return WrongInput(f"{self.file}: {place}: {words}")

    def mapping(self, said: dict[str, Any], text: str) -> FormMapping:
        self.known(said, TOP, "")
        versions = self.texts(said.get("versions"), "versions")
        if not versions:
            raise self.wrong("versions", _("is empty, expected the versions it holds for"))
        screening, day = self.table(said, "screening"), self.table(said, "day")
        read = FormMapping(
            form=self.text(said.get("form"), "form"), versions=versions, source=text,
            sections=self.sections(said),
            facts=self.codes(screening, "facts"), indicators=self.codes(screening, "indicators"),
            refer_when=self.condition(screening["refer_when"], "screening.refer_when")
            if "refer_when" in screening else None,
            counts={n: self.count(day[n], f"day.{n}") for n in day if n in COUNTED},
            skips=self.skips(said.get("nothing_if", [])),
            nothing={q: self.text(w, f"nothing.{q}") for q, w in
                     self.table(said, "nothing").items()},
        )  # fmt: skip
        self.whole(read)
        return read

    def sections(self, said: dict[str, Any]) -> dict[str, dict[str, Rule]]:
        of_others = {
            "screening": ("facts", "indicators", "refer_when"), "day": COUNTED,
        }  # fmt: skip
        found = {}
        for section, fields in sections().items():
            if section in said:
                table, others = self.table(said, section), of_others.get(section, ())
                self.known(table, (*fields, *others), section)
                found[section] = {
                    name: self.rule(rule, f"{section}.{name}")
                    for name, rule in table.items() if name not in others
                }  # fmt: skip
        return found

    def whole(self, read: FormMapping) -> None:
        """Refuse a section without the fields its room cannot do without."""
        for section, of in read.sections.items():
            for name, each in sections()[section].items():
                if each.is_required and name not in of:
                    raise self.wrong(f"{section}.{name}", _("is missing"))
        if "follow_up" in read.sections and "case" not in read.sections:
            raise self.wrong("follow_up", _("stands without a case, which it is about"))
        for name in MUST_BE_COUNTED if "day" in read.sections else ():
            if name not in read.counts:
                raise self.wrong(f"day.{name}", _("is missing"))
        if "identity" in read.sections and "encounter" not in read.sections:
            raise self.wrong("identity", _("stands without an encounter, which opens the file"))

    def known(self, table: dict[str, Any], names: tuple[str, ...], section: str) -> None:
        for name in table:
            if name not in names:
                place = f"{section}.{name}" if section else name
                said = _("is not known; the nearest is %(near)s")
                raise self.wrong(place, said % {"near": nearest(name, names)})

    def rule(self, said: Any, place: str) -> Rule:
        if not isinstance(said, dict):
            raise self.wrong(place, _("expected { question = … } or { value = … }"))
        self.known(said, RULE, place)
        if ("question" in said) == ("value" in said):
            raise self.wrong(place, _("expected one of question and value"))
        texts = {n: self.text(said[n], f"{place}.{n}") for n in said if n != "choices"}
        return Rule(**texts, choices=self.choices(said.get("choices", ""), f"{place}.choices"))  # type: ignore[arg-type]

    def choices(self, said: Any, place: str) -> str | dict[str, str]:
        if isinstance(said, dict):
            return {code: self.text(meaning, f"{place}.{code}") for code, meaning in said.items()}
        if said not in ("", SAME, ANSWERS):
            raise self.wrong(place, _("expected “same”, “answer” or { choice = meaning, … }"))
        return str(said)

    def codes(self, screening: dict[str, Any], name: str) -> tuple[Codes, ...]:
        rows = screening.get(name, [])
        place = f"screening.{name}"
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.wrong(place, _("expected [[screening.%(name)s]]") % {"name": name})
        found = []
        for row in rows:
            self.known(row, ("question", "code", "choices"), place)
            choices = self.choices(row.get("choices", ""), f"{place}.choices")
            question = self.text(row.get("question"), f"{place}.question")
            found.append(Codes(question=question, code=str(row.get("code", "")), choices=choices))
        return tuple(found)

    def count(self, said: Any, place: str) -> Count:
        if said == SUM:
            return Count(is_sum=True)
        if not isinstance(said, dict):
            raise self.wrong(place, _("expected { question = … }, { when = … } or “sum”"))
        self.known(said, ("question", "each", "when"), place)
        if ("question" in said) == ("each" in said or "when" in said):
            raise self.wrong(place, _("expected question, or each and when"))
        when = said.get("when", {})
        if not isinstance(when, dict):
            raise self.wrong(place, _("expected when = { question = [choice, …] }"))
        return Count(
            question=str(said.get("question", "")), each=str(said.get("each", "")),
            when=tuple(
                Condition(question=q, among=self.texts(among, f"{place}.when.{q}"))
                for q, among in when.items()
            ),
        )  # fmt: skip

    def condition(self, said: Any, place: str) -> Condition:
        if not isinstance(said, dict):
            raise self.wrong(place, _("expected { question = …, is = [choice, …] }"))
        self.known(said, ("question", "is"), place)
        question = self.text(said.get("question"), f"{place}.question")
        return Condition(question=question, among=self.texts(said.get("is"), f"{place}.is"))

    def skips(self, rows: Any) -> tuple[Skip, ...]:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.wrong("nothing_if", _("expected [[nothing_if]]"))
        found = []
        for row in rows:
            self.known(row, ("question", "is", "because"), "nothing_if")
            asked = {k: v for k, v in row.items() if k != "because"}
            because = self.text(row.get("because"), "nothing_if.because")
            found.append(Skip(condition=self.condition(asked, "nothing_if"), because=because))
        return tuple(found)

    def table(self, said: dict[str, Any], name: str) -> dict[str, Any]:
        found = said.get(name, {})
        if not isinstance(found, dict):
            raise self.wrong(name, _("expected a section [%(name)s]") % {"name": name})
        return found

    def text(self, said: Any, place: str) -> str:
        if not isinstance(said, str) or not said.strip():
            raise self.wrong(place, _("expected words in quotation marks"))
        return said.strip()

    def texts(self, said: Any, place: str) -> tuple[str, ...]:
        if not isinstance(said, list):
            raise self.wrong(place, _("expected a list of words in quotation marks"))
        return tuple(self.text(each, place) for each in said)
