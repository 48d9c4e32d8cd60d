"""The casebook to read: every case by the article it is judged under, and beside the articles."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from mekhala.core.casebook.judged import Fit, Judged
from mekhala.core.casebook.page import PageFact
from mekhala.core.law.pages import MADE, ShownCase
from mekhala.core.law.statute import Statute
from mekhala.core.vocabulary.facts import FactGroup, facts, meaning_of

ANSWERS = {True: "yes", False: "no", None: "not known"}
FITS = {
    Fit.FITS: "Fits",
    Fit.NEARLY_FITS: "Nearly fits",
    Fit.DOES_NOT_FIT: "Does not fit",
    Fit.IS_OPEN: "Open",
    Fit.NOT_IN_FORCE: "Not in force",
}
BETTER = {  # nothing is said while the definition is open
    "smuggling": "the facts fit smuggling of migrants better",
    "procuring": "the facts fit procuring better",
    "exploitation_only": "the facts fit exploitation without trafficking better",
    "none": "nothing else that was asked about fits better",
}
ORDER = list(Fit)
TOLD_ELSEWHERE = ("facts", "outcome", "title", "article", "why")


def casebook_page(cases: Sequence[Judged], kept: Sequence[Statute]) -> str:
    """Return the page of every invented case, in the order of the ``kept`` statutes."""
    ordered = in_order(cases, kept)
    intro = "Invented cases, each judged as a test on every change. None is about anybody."
    lines = ["# Casebook", "", MADE, "", intro, "", *_meanings(), "", *_contents(ordered)]
    for citation, each in groupby(ordered, key=lambda j: j.page.citation):
        lines += ["", f"## {_article(citation)}"]
        for case in each:
            lines += ["", *_case(case)]
    return "\n".join(lines) + "\n"


def in_order(cases: Sequence[Judged], kept: Sequence[Statute]) -> list[Judged]:
    """Return the cases by statute and article; those that fit first, then the nearest."""
    place = {a.citation: i for i, a in enumerate(a for s in kept for a in s.articles)}
    return sorted(cases, key=lambda j: (place[j.page.citation], ORDER.index(j.fit), j.page.stem))


def shown(case: Judged) -> ShownCase:
    """Return a case as it stands beside its article."""
    return ShownCase(
        title=case.page.title,
        address=f"casebook.md#{anchor(case.page.title)}",
        fit=fit_in_words(case),
        found=tuple(_found(case)),
        outcome=_outcome(case),
        why=case.page.why,
    )


def anchor(title: str) -> str:
    """Return the anchor that hosts of repositories give to a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")


def _meanings() -> Iterator[str]:
    yield "- *Fits*: every element of the article is made out."
    yield "- *Nearly fits*: every element but one, which was answered no or is not known."
    yield "- *Open*: more than one element is not known; *does not fit*: more than one is lacking."


def _contents(ordered: Sequence[Judged]) -> Iterator[str]:
    """How many cases there are of each article, with a link to them."""
    yield "| Article | Fits | Nearly fits | Others |"
    yield "|---|---|---|---|"
    for citation, group in groupby(ordered, key=lambda j: j.page.citation):
        fits = [each.fit for each in group]
        near, own = fits.count(Fit.NEARLY_FITS), fits.count(Fit.FITS)
        heading = _article(citation)
        yield f"| [{heading}](#{anchor(heading)}) | {own} | {near} | {len(fits) - own - near} |"


def _article(citation: str) -> str:
    code, _, article = citation.partition(" Art. ")
    return f"{code} Article {article}"


def _case(case: Judged) -> Iterator[str]:
    page = case.page
    yield f"### {page.title}"
    yield ""
    yield f"- **{fit_in_words(case)}** [{_article(page.citation)}]({page.statute.lower()}.md)"
    for key, value in page.written.items():
        if key not in TOLD_ELSEWHERE:
            yield f"- {_words(key)}: {_value(value)}"
    yield "- Facts:" if page.facts else "- Facts: none"
    for fact in page.facts:
        answer = f"{ANSWERS[fact.made_out]}. {fact.because}"
        yield f"  - {meaning_of(fact.code)} (`{fact.code}`): {answer}"
    yield f"- Expected: {_value(page.expected)}"
    yield f"- Why: {page.why}"
    yield f"- File: [{page.stem}.yaml](../../tests/casebook/{page.stem}.yaml)"


def fit_in_words(case: Judged) -> str:
    """Return how near a case comes to its article, and what is lacking."""
    no, open_ = (_elements(case, answer) for answer in ("no", "unknown"))
    lacking = [f"{', '.join(no)} answered no"] if no else []
    lacking += [f"{', '.join(open_)} not known"] if open_ else []
    return FITS[case.fit] + (f" ({'; '.join(lacking)})" if lacking else "")


def _elements(case: Judged, answer: str) -> list[str]:
    return [name.replace("_", " ") for name, value in case.elements.items() if value == answer]


def _found(case: Judged) -> Iterator[str]:
    """What a person found, a sentence for each answer; what was not asked is left unsaid."""
    for made_out, words in ((True, "Found"), (False, "Answered no"), (None, "Not known")):
        told = [_told(f.code) for f in case.page.facts if f.made_out is made_out and not _forced(f)]
        told += _none_of(case) if made_out is False else []
        if told:
            yield f"{words}: {'; '.join(told)}"
    forced = [_small(meaning_of(f.code)) for f in case.page.facts if f.made_out and _forced(f)]
    if forced:
        yield f"What the person was compelled to: {'; '.join(forced)}"


def _forced(fact: PageFact) -> bool:
    """Whether a fact is an offence the person was compelled to: never found against them."""
    return facts()[fact.code].group is FactGroup.COMPELLED


def _told(code: str) -> str:
    aim = "purpose: " if facts()[code].group is FactGroup.PURPOSE else ""
    return aim + _small(meaning_of(code))


def _none_of(case: Judged) -> list[str]:
    """The groups in which everything that is not named was answered no."""
    named = {facts()[f.code].group for f in case.page.facts}
    groups = [FactGroup(name) for name in case.page.written.get("none_of", [])]
    return [f"any other {group}" if group in named else f"any {group}" for group in groups]


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _outcome(case: Judged) -> str:
    """The outcome on the article, and what domestic law adds."""
    outcome = case.outcome
    if outcome is None:
        return "no version of this article that can be judged was in force"
    finding = {"met": "made out", "not_met": "not made out", "undetermined": "open"}
    told = [finding[outcome["finding"]], *_person(outcome, case), *_consequences(outcome)]
    return "; ".join(told)


def _person(outcome: Mapping[str, Any], case: Judged) -> Iterator[str]:
    if "age_basis" in outcome:
        yield f"judged as {_an(outcome['age_basis'].replace('_', ' '))}"
        if (kind := case.answer["classification"]) in BETTER:
            yield BETTER[kind]


def _an(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _consequences(outcome: Mapping[str, Any]) -> Iterator[str]:
    if "penalty_in_words" not in outcome:  # the definition carries no range
        return
    if outcome["finding"] != "not_met":
        yield from _ranges(outcome)
    liability = outcome["liability"]
    if liability:
        source = liability["source"] or "no rule that is kept"
        yield f"as {liability['as'].replace('_', ' ')}: {source}"
    if outcome["standing"] != "stands":
        later = ", ".join(f"{d['statute']} Art. {d['article']}" for d in outcome["displaced_by"])
        yield f"{outcome['standing'].replace('_', ' ')} by {later}"
    if outcome["governs"] == "possibly":
        yield "whether this text governs the conduct is open"


def _ranges(outcome: Mapping[str, Any]) -> Iterator[str]:
    yield f"range {outcome['penalty_in_words'] or 'not known to us'}"
    if outcome["aggravated_by"]:
        yield f"raised by {_listed(outcome['aggravated_by'])}"
    if outcome["possible_aggravation"]:
        yield f"not raised on a presumption: {_listed(outcome['possible_aggravation'])}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)


def _words(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _value(value: object) -> str:
    """A value of the page as words: lists and mappings are told one after the other."""
    if isinstance(value, Mapping):
        told = "; ".join(f"{_key(str(k))}: {_value(v)}" for k, v in value.items())
        return told or "not known"
    if isinstance(value, list):
        return ", ".join(_value(each) for each in value) or "none"
    if value is None or isinstance(value, bool):
        return ANSWERS[value]
    return str(value)


def _key(word: str) -> str:
    return word if " Art. " in word else word.replace("_", " ")
