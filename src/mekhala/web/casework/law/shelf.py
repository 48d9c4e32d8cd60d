"""Every statute kept, of every country and of all, found by code; articles and their neighbours."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from mekhala.core.law.library import HOME, countries, statutes, treaties
from mekhala.core.law.statute import Article, Statute


@cache
def shelf() -> Mapping[str, Statute]:
    """Return the statutes by code: those of the country first, then treaties, then other lands."""
    others = [country for country in countries() if country != HOME]
    kept = [statutes(HOME), treaties(), *map(statutes, others)]
    return MappingProxyType({code: statute for part in kept for code, statute in part.items()})


def articles() -> Iterator[Article]:
    """Yield every version of every article, in the order of the shelf."""
    for statute in shelf().values():
        yield from statute.articles


def versions(statute: Statute, article: str) -> list[Article]:
    """Return every version of one article, the newest first; empty if it is not kept."""
    found = [each for each in statute.articles if each.article == article]
    return sorted(found, key=_since, reverse=True)


def neighbours(statute: Statute, article: str) -> tuple[str | None, str | None]:
    """Return the articles before and after one in its statute, None at either end."""
    numbers = list(dict.fromkeys(each.article for each in statute.articles))
    here = numbers.index(article)
    before = numbers[here - 1] if here else None
    return before, (numbers[here + 1] if here + 1 < len(numbers) else None)


def earlier_law(statute: str, article: str) -> list[Article]:
    """Return the articles that name this one as later law on the same matter."""
    return [
        each for each in articles()
        if (statute, article) in {(later.statute, later.article) for later in each.displaced_by}
    ]  # fmt: skip


def definer(statute: Statute, name: str) -> str | None:
    """Return the number of the article that defines a name."""
    return next((each.article for each in statute.articles if name in each.defines), None)


def _since(article: Article) -> str:
    return article.in_force.first.isoformat() if article.in_force.first else ""
