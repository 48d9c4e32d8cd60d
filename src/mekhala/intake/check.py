"""Whether a mapping fits a form, told in the words of whoever wrote both."""

import fnmatch
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mekhala.core.reasoning.indicators import indicators
from mekhala.core.vocabulary.facts import facts
from mekhala.core.vocabulary.nearest import nearest
from mekhala.forms.outline import Entry, outline
from mekhala.forms.xform import XForm
from mekhala.intake.fields import ANSWER, Field, Kind, sections
from mekhala.intake.mapping import ANSWERS, FACT, SAME, Codes, Condition, Count, FormMapping, Rule

CHOSEN = ("select", "select1")
TRUTH = Field(kind=Kind.TRUTH)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A form as a mapping needs it: what is asked, by path, and where answers stand."""

    entries: Mapping[str, Entry]
    paths: frozenset[str]
    repeats: frozenset[str]

    def found(self, name: str) -> str:
        """Return the path a mapping means: a whole path, or a name the form has once; else ""."""
        if name in self.paths:
            return name
        same = [path for path in self.paths if path.rpartition("/")[2] == name]
        return same[0] if len(same) == 1 else ""

    def fitting(self, pattern: str) -> list[str]:
        """Return the paths of questions that a pattern means, or the one it names."""
        if "*" not in pattern:
            return [path] if (path := self.found(pattern)) else []
        asked = [path for path, entry in self.entries.items() if entry.is_question]
        return [path for path in asked if fnmatch.fnmatchcase(path, pattern)]

    def is_repeated(self, path: str) -> bool:
        """Whether the question is asked several times."""
        return any(path.startswith(f"{repeat}/") for repeat in self.repeats)


def asked_by(form: XForm) -> Asked:
    """Return what a mapping of ``form`` may speak of."""
    entries = {entry.path: entry for entry in outline(form)}
    paths = frozenset(p for p in {*entries, *form.binds} if p and not p.startswith("meta/"))
    return Asked(entries=entries, paths=paths, repeats=form.repeats)


def code_of(codes: Codes, path: str) -> str:
    """Return the code that a question of ``codes`` is about, by its name."""
    name = path.rpartition("/")[2]
    if codes.code == FACT:
        return name.replace("_", ".", 1)
    return codes.code if codes.code not in ("", SAME) else name


def faults(mapping: FormMapping, form: XForm) -> list[str]:
    """Return what is wrong, a sentence for each, in the order of the mapping; empty: it fits."""
    return list(_Faults(mapping, form).all())


class _Faults:
    def __init__(self, mapping: FormMapping, form: XForm) -> None:
        self.mapping, self.form, self.asked = mapping, form, asked_by(form)
        self.used: set[str] = set()

    def all(self) -> Iterator[str]:
        if self.mapping.form != self.form.form_id:
            yield _("form: is “%(said)s”, but the form is “%(id)s”") % {
                "said": self.mapping.form, "id": self.form.form_id,
            }  # fmt: skip
        for skip in self.mapping.skips:
            yield from self.condition(skip.condition, "nothing_if")
        for section, name, rule in self.mapping.rules():
            yield from self.rule(rule, sections()[section][name], f"{section}.{name}")
        yield from self.of_codes(self.mapping.facts, "screening.facts", facts())
        yield from self.of_codes(self.mapping.indicators, "screening.indicators", indicators())
        if self.mapping.refer_when:
            yield from self.condition(self.mapping.refer_when, "screening.refer_when")
        for name, count in self.mapping.counts.items():
            yield from self.count(count, f"day.{name}")
        yield from self.nothing()

    def nothing(self) -> Iterator[str]:
        """Tell of lines about no question, and of questions about which nothing is said."""
        for pattern in self.mapping.nothing:
            paths = self.asked.fitting(pattern)
            if not paths and pattern != "*":
                yield self.unknown(pattern, "nothing")
            self.used.update(paths)
        for path, entry in self.asked.entries.items():
            if entry.is_question and path not in self.used:
                yield _("The answer to %(question)s is not mapped: say what it becomes, or under "
                        "[nothing] why it becomes nothing") % {"question": path}  # fmt: skip

    def unknown(self, name: str, place: str) -> str:
        steps = [path.rpartition("/")[2] for path in self.asked.paths]
        if steps.count(name) > 1:
            return _("%(place)s: the form has several questions “%(name)s”; write the group too, "
                     "as in group/%(name)s") % {"place": place, "name": name}  # fmt: skip
        return _("%(place)s: the form has no question “%(name)s”; the nearest is “%(near)s”") % {
            "place": place, "name": name, "near": nearest(name, self.asked.paths) or "–",
        }  # fmt: skip

    def one(self, name: str, place: str, *, in_repeat: str = "") -> tuple[str, list[str]]:
        """Return the path of a question, noted as mapped, and what is wrong with naming it."""
        path = self.asked.found(f"{in_repeat}/{name}" if in_repeat else name)
        if not path:
            return "", [self.unknown(name, place)]
        self.used.add(path)
        if self.asked.is_repeated(path) and not in_repeat:
            said = _("%(place)s: “%(name)s” is asked several times, expected a question asked "
                     "once, or a count with each")  # fmt: skip
            return path, [said % {"place": place, "name": name}]
        return path, []

    def rule(self, rule: Rule, field: Field, place: str) -> Iterator[str]:
        for said in (rule.value, rule.otherwise):
            if said is not None and not self.may_stand(said, field):
                yield _("%(place)s: “%(said)s” means nothing here") % {"place": place, "said": said}
        if rule.question:
            path, wrong = self.one(rule.question, place)
            yield from wrong
            if path and not wrong:
                yield from self.meanings(path, rule.choices, field, place)

    def may_stand(self, said: str, field: Field) -> bool:
        return field.kind not in (Kind.TRUTH, Kind.CODE, Kind.CODES) or field.accepts(said)

    def meanings(
        self, path: str, choices: str | Mapping[str, str], field: Field, place: str
    ) -> Iterator[str]:
        """Tell of choices without a meaning, meanings of no choice, and meanings nobody takes."""
        entry = self.asked.entries.get(path)
        offered = set(entry.choices) if entry else set()
        is_chosen = entry is not None and entry.kind in CHOSEN and not entry.list_file
        by_code = field.kind in (Kind.TRUTH, Kind.CODE, Kind.CODES)
        if by_code and not choices:
            yield _("%(place)s: says no meaning of the choices of %(question)s; expected choices "
                    "= “same”, “answer” or { choice = meaning, … }") % {
                "place": place, "question": path,
            }  # fmt: skip
            return
        table = meanings_of(choices, offered)
        for code in sorted(offered - set(table)) if is_chosen and choices else ():
            yield _("%(place)s: the choice “%(choice)s” of %(question)s has no meaning") % {
                "place": place, "choice": code, "question": path,
            }  # fmt: skip
        for code in sorted(set(table) - offered) if is_chosen and isinstance(choices, dict) else ():
            yield _("%(place)s: %(question)s has no choice “%(choice)s”") % {
                "place": place, "choice": code, "question": path,
            }  # fmt: skip
        for code in sorted(table) if by_code else ():
            if not field.accepts(table[code]):
                yield _("%(place)s: “%(meaning)s”, the meaning of “%(choice)s”, is not known here; "
                        "the nearest is “%(near)s”") % {
                    "place": place, "meaning": table[code], "choice": code,
                    "near": nearest(table[code], field.codes or ("yes", "no", "unknown")) or "–",
                }  # fmt: skip

    def of_codes(self, several: Iterable[Codes], place: str, known: Iterable[str]) -> Iterator[str]:
        codes = frozenset(known)
        for each in several:
            paths = self.asked.fitting(each.question)
            if not paths:
                yield self.unknown(each.question, place)
            for path in paths:
                self.used.add(path)
                yield from self.code(each, path, place, codes)

    def code(self, each: Codes, path: str, place: str, codes: frozenset[str]) -> Iterator[str]:
        if not each.code and place == "screening.indicators":
            yield from self.meanings(path, each.choices, Field(kind=Kind.CODES, codes=codes), place)
            return
        code = code_of(each, path)
        if code not in codes:
            yield _("%(place)s: %(question)s: “%(code)s” is no code; the nearest is “%(near)s”") % {
                "place": place, "question": path, "code": code, "near": nearest(code, codes),
            }  # fmt: skip
        yield from self.meanings(path, each.choices, TRUTH, place)

    def condition(self, condition: Condition, place: str, *, each: str = "") -> Iterator[str]:
        path, wrong = self.one(condition.question, place, in_repeat=each)
        yield from wrong
        entry = self.asked.entries.get(path)
        if entry and entry.kind in CHOSEN and not entry.list_file:
            for code in condition.among:
                if code not in entry.choices:
                    yield _("%(place)s: %(question)s has no choice “%(choice)s”") % {
                        "place": place, "choice": code, "question": path,
                    }  # fmt: skip

    def count(self, count: Count, place: str) -> Iterator[str]:
        if count.question:
            _path, wrong = self.one(count.question, place)
            yield from wrong
        repeat = self.repeat(count.each)
        if count.each and not repeat:
            yield _("%(place)s: the form has no repeated part “%(name)s”") % {
                "place": place, "name": count.each,
            }  # fmt: skip
            return
        for condition in count.when:
            yield from self.condition(condition, place, each=repeat)

    def repeat(self, name: str) -> str:
        return repeat_named(name, self.asked.repeats)


def repeat_named(name: str, repeats: Iterable[str]) -> str:
    """Return the path of the repeated part a mapping means, empty where there is none."""
    fitting = [path for path in repeats if name in (path, path.rpartition("/")[2])]
    return fitting[0] if name and len(fitting) == 1 else ""


def meanings_of(choices: str | Mapping[str, str], offered: Iterable[str]) -> Mapping[str, str]:
    """Return choice → meaning, as the mapping says it in short or at length."""
    if choices == SAME:
        return {code: code for code in offered}
    if choices == ANSWERS:
        return ANSWER
    return choices if isinstance(choices, Mapping) else {}
