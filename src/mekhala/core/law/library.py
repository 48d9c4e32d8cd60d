"""Every statute kept with the package, read once and only when asked for."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from mekhala.core.law.reading import read_statute
from mekhala.core.law.statute import Provision, Statute
from mekhala.core.vocabulary.nearest import CLEARLY_A_SLIP, nearest
from mekhala.core.wrong_input import WrongInput

STATUTES = Path(__file__).with_name("statutes")


@cache
def statutes(country: str = "KH") -> Mapping[str, Statute]:
    """Return the statutes of one country (ISO 3166 alpha-2) by code, e.g. ``KH-LSHTSE-2008``.

    Raises ``WrongInput`` for a country without statutes, or for a file that does not fit.
    """
    folder = STATUTES / country.lower()
    if len(country) != 2 or not country.isalpha() or not folder.is_dir():
        raise WrongInput(f"country {country!r}: no statutes are kept; expected {_countries()}")
    read = [read_statute(path) for path in sorted(folder.glob("*.yaml"))]
    return MappingProxyType({statute.code: statute for statute in read})


def _countries() -> str:
    folders = sorted(p.name.upper() for p in STATUTES.iterdir() if p.is_dir())
    return " or ".join(name for name in folders if len(name) == 2)


@cache
def palermo() -> Provision:
    """Return Article 3 of the Palermo Protocol: elements act, means and purpose."""
    return read_statute(STATUTES / "international" / "palermo.yaml").provisions[0]


@cache
def provisions(country: str = "KH") -> tuple[Provision, ...]:
    """Return every provision of one country under which a person can be charged."""
    return tuple(p for statute in statutes(country).values() for p in statute.provisions)


def versions_of(statute: str, article: str, *, country: str = "KH") -> tuple[Provision, ...]:
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
