"""Every statute kept with the package, read once and only when asked for."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from mekhala.core.law.reading import read_statute
from mekhala.core.law.statute import Article, Clock, Kind, Period, Provision, Statute
from mekhala.core.vocabulary.nearest import CLEARLY_A_SLIP, nearest
from mekhala.core.wrong_input import WrongInput

STATUTES = Path(__file__).with_name("statutes")
HOME = "KH"  # the country whose law is meant where none is named


@cache
def statutes(country: str = HOME) -> Mapping[str, Statute]:
    """Return the statutes of one country (ISO 3166 alpha-2) by code, e.g. ``KH-LSHTSE-2008``.

    Raises ``WrongInput`` for a country without statutes, or for a file that does not fit.
    """
    if country not in countries():
        kept = " or ".join(countries())
        raise WrongInput(f"country {country!r}: no statutes are kept; expected {kept}")
    read = [read_statute(path) for path in sorted((STATUTES / country.lower()).glob("*.yaml"))]
    return MappingProxyType({statute.code: statute for statute in read})


@cache
def countries() -> tuple[str, ...]:
    """Return the countries whose statutes are kept, each a folder of two letters."""
    folders = sorted(p.name.upper() for p in STATUTES.iterdir() if p.is_dir())
    return tuple(name for name in folders if len(name) == 2 and name.isalpha())


@cache
def treaties() -> Mapping[str, Statute]:
    """Return the international texts by code, e.g. ``PALERMO``."""
    read = [read_statute(path) for path in sorted((STATUTES / "international").glob("*.yaml"))]
    return MappingProxyType({statute.code: statute for statute in read})


@cache
def palermo() -> Provision:
    """Return Article 3 of the Palermo Protocol: elements act, means and purpose."""
    return treaties()["PALERMO"].provisions[0]


@cache
def provisions(country: str = HOME) -> tuple[Provision, ...]:
    """Return every provision of one country under which a person can be charged."""
    return tuple(p for statute in statutes(country).values() for p in statute.provisions)


@cache
def clocks(country: str = HOME) -> tuple[Clock, ...]:
    """Return every limit of time that the procedure of one country sets."""
    return tuple(clock for statute in statutes(country).values() for clock in statute.clocks)


def outlines(country: str = HOME, *, during: Period) -> tuple[Article, ...]:
    """Return the offences kept in outline only that were in force on a day of ``during``."""
    return tuple(
        article
        for statute in statutes(country).values()
        for article in statute.articles
        if article.kind is Kind.OUTLINE and article.in_force.meets(during)
    )


def articles_of(statute: str, article: str, *, country: str = HOME) -> tuple[Article, ...]:
    """Return every version of one article of whatever kind; empty if it is not kept."""
    kept = statutes(country).get(statute)
    return tuple(a for a in kept.articles if a.article == article) if kept else ()


def versions_of(statute: str, article: str, *, country: str = HOME) -> tuple[Provision, ...]:
    """Return the versions of one article; empty if statute or article is not kept.

    Raises ``WrongInput`` for what is clearly a misspelling of a statute that is kept.
    """
    kept = statutes(country)
    if statute in kept:
        return tuple(p for p in kept[statute].provisions if p.article == article)
    near = nearest(statute, kept, cutoff=CLEARLY_A_SLIP)
    if near is not None:
        raise WrongInput(f"statute {statute!r}: is not kept; did you mean {near!r}?")
    return ()
