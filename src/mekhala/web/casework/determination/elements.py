"""The elements a text of law asks for, with the facts that touch each, as rows of a matrix."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mekhala.core.law.expression import NotInFacts, PersonIs, codes_in, leaves_of
from mekhala.core.law.library import palermo, versions_of
from mekhala.core.law.statute import Element as Asked
from mekhala.core.law.statute import Provision
from mekhala.pathway.determination.models import Element

PALERMO_KEY = "palermo"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One element: the facts that touch it, what came out, and what is still to be asked.

    ``value`` is yes, no or unknown. ``beyond`` is what the text asks that no fact says.
    ``if_yes`` are sets of facts of which one, answered yes throughout, makes the element out;
    ``if_no`` the facts that leave it not made out if each is answered no; ``still`` are those to
    ask where nothing more is known of how they would settle it.
    """

    name: str
    label: str
    codes: frozenset[str]
    value: str
    is_needed: bool = True
    beyond: tuple[str, ...] = ()
    if_yes: tuple[tuple[str, ...], ...] = ()
    if_no: tuple[str, ...] = ()
    still: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text of law to lay the sources against."""

    key: str
    title: str
    is_verified: bool
    rows: tuple[Row, ...]


def choices(outcome: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the texts that may be looked at: the definition, and each that may govern."""
    domestic = [
        (key, f"{o['statute']} {o['article']}: {_(o['title'])}")
        for key, o in _by_key(outcome).items()
    ]
    return [(PALERMO_KEY, _("Palermo Protocol, Article 3")), *domestic]


def text_of(key: str, outcome: Mapping[str, Any]) -> Text | None:
    """Return the text under ``key``, weighed as in ``outcome``; None if it is none of them."""
    if key == PALERMO_KEY:
        return _definition(outcome)
    offence = _by_key(outcome).get(key)
    provision = _provision(offence) if offence else None
    return _article(key, offence, provision) if offence and provision else None


def _definition(outcome: Mapping[str, Any]) -> Text:
    weighed = {e["element"]: e for e in outcome["palermo"]["elements"]}
    needed = {e for e in Element if e is not Element.MEANS or outcome["palermo"]["means_required"]}
    asked = {element.name: element for element in palermo().elements}
    rows = tuple(
        _row(
            asked[e.value], weighed[e.value], str(e.label), is_needed=e in needed,
            ask_next=outcome.get("ask_next", ()),
        )
        for e in Element
    )  # fmt: skip
    return Text(
        key=PALERMO_KEY,
        title=_("Palermo Protocol, Article 3"),
        is_verified=outcome["palermo"]["verified"],
        rows=rows,
    )


def _article(key: str, offence: Mapping[str, Any], provision: Provision) -> Text:
    weighed = {e["element"]: e for e in offence["elements"]}
    rows = tuple(
        _row(asked, weighed[asked.name], _capital(_(asked.label))) for asked in provision.elements
    )
    title = f"{offence['statute']} {offence['article']}: {_(offence['title'])}"
    return Text(key=key, title=title, is_verified=offence["verified"], rows=rows)


def _row(
    asked: Asked,
    weighed: Mapping[str, Any],
    label: str,
    *,
    is_needed: bool = True,
    ask_next: Iterable[Mapping[str, Any]] = (),
) -> Row:
    codes = codes_in(asked.asks)
    is_open = is_needed and weighed["value"] == "unknown"
    yes, no = _ways(asked.name, codes, ask_next) if is_open else ((), ())
    still = tuple(c for c in weighed.get("to_ask", ()) if c in codes) if is_open else ()
    return Row(
        name=asked.name, label=label, codes=codes, value=weighed["value"], is_needed=is_needed,
        beyond=_beyond(asked), if_yes=yes, if_no=no, still=() if yes or no else still,
    )  # fmt: skip


def _ways(
    name: str, codes: frozenset[str], ask_next: Iterable[Mapping[str, Any]]
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """Return from the core's questions those about one element: ways to yes, and to no."""
    yes: dict[tuple[str, ...], None] = {}
    no: tuple[str, ...] = ()
    for question in ask_next:
        own = tuple(code for code in question["codes"] if code in codes)
        if question["answer"] == "no" and question["element"] == name:
            no = own
        elif question["answer"] == "yes" and name in question["element"].split(", ") and own:
            yes[own] = None
    return tuple(yes), no


def _beyond(asked: Asked) -> tuple[str, ...]:
    leaves = list(leaves_of(asked.asks))
    age = (_("The age of the person"),) if any(isinstance(x, PersonIs) for x in leaves) else ()
    return (*age, *(_(leaf.words) for leaf in leaves if isinstance(leaf, NotInFacts)))


def _by_key(outcome: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the articles of the outcome by key; a second version carries its first day."""
    found: dict[str, Mapping[str, Any]] = {}
    for offence in outcome["offences"]:
        key = f"{offence['statute']}:{offence['article']}"
        found[f"{key}@{offence['in_force']['from']}" if key in found else key] = offence
    return found


def _provision(offence: Mapping[str, Any]) -> Provision | None:
    """Return the version of the article that was weighed."""
    versions = versions_of(offence["statute"], offence["article"])
    return next((p for p in versions if _period(p) == offence["in_force"]), None)


def _period(provision: Provision) -> dict[str, str | None]:
    period = provision.in_force
    return {
        "from": period.first.isoformat() if period.first else None,
        "to": period.last.isoformat() if period.last else None,
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
