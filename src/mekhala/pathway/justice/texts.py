"""Which text of law a charge cites, and whether it was in force at the conduct.

Nobody is charged under a text that was not in force when the act is said to have happened
(ICCPR, Article 15(1)).
"""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mekhala.core.law.citation import Cited, Standing, check_code, read_citation
from mekhala.core.law.library import articles_of, statutes
from mekhala.core.law.statute import Article, Kind, Period, Provision
from mekhala.core.reasoning.conduct import read_partial_date
from mekhala.pathway.justice.errors import DaysOutOfOrder, NoSuchText, TextNotInForce


def all_texts() -> tuple[Provision, ...]:
    """Return every kept version of every article somebody can be charged under.

    Some are kept as an outline: what they ask for no list of facts can tell, and they come
    without elements. Soliciting is one of them, so that its charge too meets the check.
    """
    every = (article for kept in statutes().values() for article in kept.articles)
    return tuple(text for article in every if (text := _as_cited(article)))


def _as_cited(article: Article) -> Provision | None:
    """Return an article as a charge cites it; None where nobody can be charged under it."""
    if article.kind is not Kind.OUTLINE:
        return article.provision
    return Provision(
        statute=article.statute, article=article.article, title=article.title, elements=(),
        penalty=article.penalty, aggravated=None, aggravations=(), in_force=article.in_force,
        source=article.source, verified=article.verification.verified, note=article.note,
        displaced_by=article.displaced_by,
    )  # fmt: skip


def versions_cited(statute: str, article: str) -> tuple[Provision, ...]:
    """Return the versions of one article that a charge can cite; empty if it is not kept."""
    versions = (_as_cited(each) for each in articles_of(statute, article))
    return tuple(text for text in versions if text)


def title_of(statute: str) -> str:
    """Return the title of a statute in the reader's language, or its code where it is not kept."""
    kept = statutes().get(statute)
    return _(kept.title) if kept else statute


def text_of(statute: str, article: str, in_force_from: date | None) -> Provision | None:
    """Return one version of an article by the first day it was in force; None if not kept."""
    versions = versions_cited(statute, article)
    return next((p for p in versions if p.in_force.first == in_force_from), None)


def span_of(conduct_from: str, conduct_to: str) -> Period:
    """Return the widest span two partial dates (``2009``, ``2009-03``, ``2009-03-05``) can mean.

    Without ``conduct_to`` the conduct ends with ``conduct_from``. Raises ``WrongInput`` for what
    is no date, and ``DaysOutOfOrder`` where the end lies before the beginning.
    """
    begins = read_partial_date(conduct_from, where=_("Conduct from"))
    ends = read_partial_date(conduct_to or conduct_from, where=_("Conduct to"))
    if begins.first and ends.last and ends.last < begins.first:
        raise DaysOutOfOrder(_("The conduct ends before it begins. Check both dates."))
    return Period(first=begins.first, last=ends.last)


def check_in_force(
    statute: str, article: str, in_force_from: date | None, *, conduct: Period
) -> Provision:
    """Return the version cited, or refuse it with the text that was in force at the conduct."""
    text = text_of(statute, article, in_force_from)
    if text is None:
        check_kept(statute, article)
        raise NoSuchText(_no_such_version(statute, article))
    if not text.in_force.meets(conduct):
        raise TextNotInForce(_not_in_force(text, conduct))
    return text


def check_kept(statute: str, article: str) -> None:
    """Refuse an article that is in no table here, naming the text that is meant where one is."""
    cited = check_code(statute, article)
    if cited.standing is not Standing.KEPT:
        raise NoSuchText(_in_words(cited))


def check_citation(typed: str) -> None:
    """Refuse a legal basis whose statute is a misspelt code of one that is kept, naming that.

    A law or an article that is in no table is kept as it was typed: ``standing_of`` says so.
    """
    cited = read_citation(typed)
    if cited.standing is Standing.MISSPELT:
        raise NoSuchText(_in_words(cited))


def standing_of(typed: str) -> str:
    """Return in words that a legal basis cites what is in no table here; empty if it is kept, or
    cites no law.
    """
    cited = read_citation(typed)
    fine = cited.standing in (Standing.KEPT, Standing.NO_LAW_CITED)
    return "" if fine else _in_words(cited)


def _in_words(cited: Cited) -> str:
    if cited.standing is Standing.MISSPELT:
        return _("No text %(statute)s is kept here. Did you mean %(meant)s, %(title)s?") % {
            "statute": cited.statute, "meant": cited.meant, "title": title_of(cited.meant or ""),
        }  # fmt: skip
    if cited.standing is Standing.ARTICLE_IN_NO_TABLE:
        said = _("Article %(article)s of %(statute)s is in no table here: nothing is judged by it.")
        return said % {"article": cited.article, "statute": cited.statute}
    said = _("The text cited is in no table here: nothing is judged by it.")
    if not cited.meant:
        return said
    near = _("The text kept that is most like it is %(meant)s, %(title)s.") % {
        "meant": cited.meant, "title": title_of(cited.meant),
    }  # fmt: skip
    return f"{said} {near}"


def _no_such_version(statute: str, article: str) -> str:
    """Say from which days the versions kept of an article were in force."""
    firsts = [p.in_force.first for p in versions_cited(statute.upper(), article)]
    days = ", ".join(date_format(day) for day in firsts if day)
    if not days:
        said = _("Nobody is charged under article %(article)s of %(statute)s: it is no offence.")
        return said % {"article": article, "statute": statute}
    return _("Of article %(article)s of %(statute)s the texts in force from these days are kept: "
             "%(days)s.") % {"article": article, "statute": statute, "days": days}  # fmt: skip


def _not_in_force(text: Provision, conduct: Period) -> str:
    day = date_format(conduct.first) if conduct.first else _("the day of the conduct")
    refused = _("Article %(article)s of %(statute)s was not in force on %(day)s.") % {
        "article": text.article, "statute": text.statute, "day": day,
    }  # fmt: skip
    return f"{refused} {_in_force_then(text, conduct)}"


def _in_force_then(text: Provision, conduct: Period) -> str:
    """Name the version of the same article in force then, else the law, else say that none is."""
    for other in versions_cited(text.statute, text.article):
        if other.in_force.meets(conduct):
            since = date_format(other.in_force.first) if other.in_force.first else _("not known")
            return _("The text in force then was the one in force from %(day)s.") % {"day": since}
    punishing = [s for s in statutes().values() if s.provisions]
    then = [s.code for s in punishing if s.in_force.meets(conduct)]
    if then:
        return _("The text in force then was that of %(statutes)s.") % {"statutes": ", ".join(then)}
    return _("No text kept here was in force then.")
