"""A statute as a page to read: every article in words, with what it asks for and where it is shown.

The page is made from the data alone, so it never says anything the rules do not apply.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mekhala.core.law.expression import (
    AllOf,
    AnyOf,
    Expression,
    FactIs,
    NeedsMore,
    NotInFacts,
    PersonIs,
    PersonPredicate,
)
from mekhala.core.law.statute import (
    Aggravation,
    Article,
    Clock,
    Displacement,
    How,
    Kind,
    Penalty,
    Period,
    Provision,
    Statute,
)
from mekhala.core.vocabulary.facts import meaning_of

MADE = "<!-- Made from the data by ./run docs; change the data, not this page. -->"
PERSON = {
    PersonPredicate.MINOR: "The person was under 18",
    PersonPredicate.ADULT: "The person was 18 or older",
    PersonPredicate.UNDER_15: "The person was under 15",
}
MEETS = {
    How.CONTRADICTING: "contradicts this article and prevails",
    How.IDENTICAL: "says the same and takes its place",
    How.COMPLEMENTARY: "asks for other elements; both stand",
    How.NOT_SETTLED: "is on the same matter; how the two meet is not settled",
}
KINDS = {
    Kind.OFFENCE: "offence",
    Kind.OUTLINE: "offence, in outline only",
    Kind.DEFINITION: "definition",
    Kind.GENERAL: "general provision",
    Kind.CIVIL: "civil remedy",
    Kind.PENALTY: "rule on penalties",
    Kind.PROCEDURE: "procedure",
    Kind.FINAL: "final provision",
}


@dataclass(frozen=True, kw_only=True)
class ShownCase:
    """A case of the casebook as it stands beside the article it is judged under."""

    title: str
    address: str
    fit: str  # how near it comes to the article, in words
    found: Sequence[str]  # sentences: what was found, answered no, not known
    outcome: str
    why: str


type Version = tuple[str, date | None]  # an article and the first day it was so in force
type Shown = Mapping[Version, Sequence[ShownCase]]


def statute_page(statute: Statute, shown: Shown) -> str:
    """Return the page of one statute in Markdown; ``shown`` are the cases of each article."""
    checked = "checked by a lawyer" if statute.verified else "not verified by any lawyer"
    lines = [
        f"# {statute.title}",
        "",
        MADE,
        "",
        f"`{statute.code}`: in our own words, **{checked}**, no legal advice.",
        "",
        f"- In force: {_period(statute.in_force)}",
        f"- Source: {statute.source}",
        *_general_rules(statute),
    ]
    for article in statute.articles:
        lines += ["", *_article(article, statute)]
        lines += _cases(shown.get(version_of(article), ()))
    if statute.clocks:
        lines += ["", "## Limits of time", "", *_clocks(statute.clocks)]
    return "\n".join(lines) + "\n"


def version_of(article: Article) -> Version:
    """Return what tells one version of an article from another."""
    return article.article, article.in_force.first


def _cases(cases: Sequence[ShownCase]) -> Iterator[str]:
    """The cases of an article, each a paragraph with its reasons below it."""
    if not cases:
        return
    yield from ("", "### Cases")
    for case in cases:
        yield from ("", f"**{case.fit}**: [{case.title}]({case.address})", "")
        yield from (f"- {sentence}" for sentence in case.found)
        yield f"- Outcome: {case.outcome}"
        yield f"- Why: {case.why}"


def _general_rules(statute: Statute) -> Iterator[str]:
    for name, rule in statute.general_rules.items():
        only = f" (only Article {', '.join(rule.applies_to)})" if rule.applies_to else ""
        words = f"punished as {rule.punished_as}{only}, {rule.source}; {_checked(rule.verified)}"
        yield f"- {name.capitalize()}: {words}"


def _article(article: Article, statute: Statute) -> Iterator[str]:
    own_days = article.in_force != statute.in_force
    version = f" ({_period(article.in_force)})" if own_days else ""
    yield f"## Article {article.article}: {article.title}{version}"
    yield ""
    yield f"- Kind: {KINDS[article.kind]}"
    if article.because:
        yield f"- Why the facts cannot tell it: {article.because}"
    for name, asks in article.defines.items():
        yield from _asks(f"Defines *{name.replace('_', ' ')}*", asks, _others(statute, name))
    if article.provision:
        yield from _offence(article.provision, statute)
    elif article.penalty:
        yield f"- Imprisonment: {article.penalty.in_words}"
    yield from (_later(later) for later in article.displaced_by)
    if article.note:
        yield f"- Note: {article.note}"
    yield f"- Source: {article.source}"
    yield f"- Verified: {_verified(article)}"


def _offence(provision: Provision, statute: Statute) -> Iterator[str]:
    for element in provision.elements:
        label = f"Element *{element.name.replace('_', ' ')}*, {element.label}"
        yield from _asks(label, element.asks, _others(statute))
    yield f"- Imprisonment: {_range(provision.penalty)}"
    yield from (_aggravation(each) for each in provision.aggravations)


def _aggravation(aggravation: Aggravation) -> str:
    return f"- If {aggravation.label}: {_range(aggravation.penalty)}"


def _range(penalty: Penalty | None) -> str:
    return penalty.in_words if penalty else "not known to us"


type Named = Mapping[int, str]  # the definitions by the identity of their expression


def _others(statute: Statute, but: str = "") -> Named:
    return {id(asks): name for name, asks in statute.definitions.items() if name != but}


def _asks(label: str, asks: Expression, named: Named) -> Iterator[str]:
    """A label and what is asked for: on one line if it is one thing, else as a list."""
    if id(asks) in named or not isinstance(asks, AllOf | AnyOf):
        yield f"- {label}: {_leaf(asks, named)}"
        return
    yield f"- {label}: {_join(asks)}"
    yield from _parts(asks, named, indent="  ")


def _parts(asks: AllOf | AnyOf, named: Named, indent: str) -> Iterator[str]:
    for part in asks.parts:
        if id(part) not in named and isinstance(part, AllOf | AnyOf):
            yield f"{indent}- {_join(part)}"
            yield from _parts(part, named, f"{indent}  ")
        else:
            yield f"{indent}- {_leaf(part, named)}"


def _join(asks: AllOf | AnyOf) -> str:
    return "all of these" if isinstance(asks, AllOf) else "one of these"


def _leaf(asks: Expression, named: Named) -> str:
    if id(asks) in named:
        return f"*{named[id(asks)].replace('_', ' ')}*, as defined"
    match asks:
        case FactIs(code):
            return f"{meaning_of(code)} (`{code}`)"
        case NeedsMore(code):
            return f"{meaning_of(code)} (`{code}`), where more is shown"
        case PersonIs(predicate):
            return PERSON[predicate]
        case NotInFacts(words):
            return f"{words} (no fact says it: always to be asked)"
    raise AssertionError(asks)  # joined expressions are shown as lists


def _later(later: Displacement) -> str:
    since = _period(later.in_force)
    return f"- Later law: {later.citation}, {since}, {MEETS[later.how]} ({later.source})"


def _clocks(clocks: Iterable[Clock]) -> Iterator[str]:
    yield "| What | Article | For whom | How long | From | Extension | Source |"
    yield "|---|---|---|---|---|---|---|"
    for clock in clocks:
        source = f"{clock.source}; {_checked(clock.verified)}"
        cells = (clock.name, clock.article, clock.applies_to, str(clock.limit), clock.runs_from)
        yield f"| {' | '.join((*cells, clock.extension or 'none named', source))} |"


def _verified(article: Article) -> str:
    who = article.verification
    return f"by {who.by} on {who.on}" if who.verified else "no"


def _checked(verified: bool) -> str:
    return "verified" if verified else "not verified"


def _period(period: Period) -> str:
    first = f"from {period.first}" if period.first else "from a day we do not know"
    if period.throughout:
        first += f" in part of the country, from {period.throughout} in all of it"
    return f"{first} until {period.last}" if period.last else first
