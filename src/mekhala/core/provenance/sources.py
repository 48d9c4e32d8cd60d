"""Whom a claim names as its source, made comparable."""

import re
from collections import defaultdict
from collections.abc import Iterable

from mekhala.core.provenance.claim import Claim, plain

NOBODY = frozenset({"", "-", "none", "none given", "not clearly cited", "unknown", "n/a", "news"})
ITSELF = frozenset({"author", "authors", "report author", "report authors", "the authors"})
YEAR = re.compile(r"\b((?:18|19|20)\d\d)[a-z]?\b")


def origin_of(claim: Claim) -> str | None:
    """The source a claim goes back to, as first name and year; None where nobody is named.

    ``Steinfatt, Baker, Beesey 2002`` and ``Steinfatt et al. 2002`` are one source. Of
    ``A via B`` the source is A. What a document says of itself is that document.
    """
    first = _carried(claim.source_cited)[0]
    if plain(first) in NOBODY:
        return None
    if plain(first) in ITSELF:
        return f"the authors of {claim.document}" if claim.document else "the authors"
    return " + ".join(dict.fromkeys(_citation(part) for part in first.split(";") if part.strip()))


def carriers(claim: Claim) -> tuple[str, ...]:
    """The documents between the source and this one, nearest first: B, then A, in ``A via B``."""
    parts = _carried(claim.source_cited)
    return tuple(part.strip() for part in reversed(parts) if plain(part) not in NOBODY | ITSELF)


def _carried(cited: str) -> list[str]:
    """Return the parts of ``A via B``; spaces are joined first, so that no run of them is long."""
    return re.split(r"[,;]? via ", f" {' '.join(cited.split())} ")


def source_year(claim: Claim) -> int:
    """The earliest year named in the citation; 9999 where none is."""
    years = [int(found) for found in YEAR.findall(claim.source_cited)]
    return min(years, default=9999)


def document_years(claims: Iterable[Claim]) -> dict[str, int]:
    """For each document the latest year in its name or among the sources it cites.

    It is not older than that. Of a span (*plan 2010-2014*) only the beginning is sure.
    """
    found: defaultdict[str, int] = defaultdict(int)
    for one in claims:
        said = f"{one.seed_file} {one.source_cited}"
        years = [int(year) for year in YEAR.findall(re.sub(r"[-–]\s*\d{4}\b", " ", said))]
        if years:
            found[one.document] = max(found[one.document], *years)
    return dict(found)


def _citation(text: str) -> str:
    """First author, or body, and first year."""
    bare = re.sub(r"\([^()]*\)|\bpp?\.\s*[\d\s,–-]+", " ", text)
    year = YEAR.search(bare)
    head = bare[: year.start()] if year else bare
    name = plain(re.split(r",|\bet al\b", head, maxsplit=1)[0]) or plain(YEAR.sub(" ", bare))
    return f"{name} {year[1]}".strip() if year else name
