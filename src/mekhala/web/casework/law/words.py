"""A text of law in the words of the page: its kind, what it asks for as a tree, what follows."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from mekhala.core.law.expression import (
    AllOf,
    AnyOf,
    Expression,
    FactIs,
    NeedsMore,
    NotInFacts,
    PersonIs,
    PersonPredicate,
    said_as,
)
from mekhala.core.law.statute import (
    Article,
    Clock,
    Displacement,
    How,
    Kind,
    Limit,
    Penalty,
    Statute,
)
from mekhala.web.casework.justice.cards import range_in_words
from mekhala.web.casework.law.shelf import definer, shelf
from mekhala.web.casework.meanings import of_fact
from mekhala.web.charts import whole

KINDS = {
    Kind.OFFENCE: gettext_lazy("Offence"),
    Kind.OUTLINE: gettext_lazy(
        "Offence, kept in outline: facts cannot tell whether it is made out"
    ),
    Kind.DEFINITION: gettext_lazy("Definition"),
    Kind.GENERAL: gettext_lazy("General provision"),
    Kind.CIVIL: gettext_lazy("Civil remedy"),
    Kind.PENALTY: gettext_lazy("Rule on penalties"),
    Kind.PROCEDURE: gettext_lazy("Procedure"),
    Kind.FINAL: gettext_lazy("Final provision"),
}
PERSON = {
    PersonPredicate.MINOR: gettext_lazy("The person was under 18"),
    PersonPredicate.ADULT: gettext_lazy("The person was 18 or older"),
    PersonPredicate.UNDER_15: gettext_lazy("The person was under 15"),
}
MEETS = {
    How.CONTRADICTING: gettext_lazy("The later law contradicts this article and prevails."),
    How.IDENTICAL: gettext_lazy("The later law says the same and takes its place."),
    How.COMPLEMENTARY: gettext_lazy("The later law asks for other elements; both stand."),
    How.NOT_SETTLED: gettext_lazy("Both are on the same matter; how they meet is not settled."),
}
RULES = {
    "attempt": gettext_lazy("Who tries is punished as if it was done."),
    "accomplice": gettext_lazy("Who helps is punished as who did it."),
    "instigator": gettext_lazy("Who incites is punished as who did it."),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One line of what is asked for; ``parts`` stand under it. ``href`` leads to a definition."""

    text: str
    parts: tuple["Asked", ...] = ()
    href: str = ""


def asked(expression: Expression, statute: Statute, *, whole_of: str = "") -> Asked:
    """Return an expression as a tree of words.

    What another article defines is named and linked; ``whole_of`` is the definition that is
    itself being told.
    """
    name = _defined_as(expression, statute)
    if name and name != whole_of:
        return _definition(name, statute)
    match expression:
        case AllOf(parts):
            return _joined(_("All of these:"), parts, statute)
        case AnyOf(parts):
            return _joined(_("At least one of these:"), parts, statute)
        case single:
            return Asked(text=_said(single))


def _said(single: FactIs | NeedsMore | PersonIs | NotInFacts) -> str:
    match single:
        case FactIs(code):
            return of_fact(code)
        case NeedsMore(code):
            return _("%(fact)s – where more is shown") % {"fact": of_fact(code)}
        case PersonIs(predicate):
            return str(PERSON[predicate])
        case NotInFacts(words):
            return _("%(asked)s – no fact says it, so it is always asked") % {"asked": words}


def _defined_as(expression: Expression, statute: Statute) -> str:
    held = statute.definitions.items()
    return next((name for name, kept in held if kept is expression), "")


def _definition(name: str, statute: Statute) -> Asked:
    number = definer(statute, name)
    words = {"name": gettext(said_as(name)), "number": number}
    return Asked(
        text=_("%(name)s, as Article %(number)s defines it") % words,
        href=reverse("law:article", args=[statute.code, number]),
    )


def _joined(words: str, parts: tuple[Expression, ...], statute: Statute) -> Asked:
    return Asked(text=words, parts=tuple(asked(part, statute) for part in parts))


def version(article: Article, statute: Statute) -> dict[str, Any]:
    """Return one version of an article as its page shows it."""
    judged = article.provision
    return {
        "article": article,
        "title": gettext(article.title),
        "kind": KINDS[article.kind],
        "defines": [
            (gettext(said_as(name)), asked(asks, statute, whole_of=name))
            for name, asks in article.defines.items()
        ],
        "elements": [
            (gettext(each.label), asked(each.asks, statute))
            for each in (judged.elements if judged else ())
        ],
        "punishes": article.kind in (Kind.OFFENCE, Kind.OUTLINE),
        "penalty": punished(judged.penalty if judged else article.penalty),
        "aggravations": [
            (gettext(each.label), punished(each.penalty))
            for each in (judged.aggravations if judged else ())
        ],
        "later": [later(each) for each in article.displaced_by],
    }


def punished(penalty: Penalty | None) -> str | None:
    """Return a range of imprisonment, and of a fine; None where it is not known."""
    if penalty is None:
        return None
    prison = range_in_words(penalty)
    if penalty.fine_riel is None:
        return prison
    least, most = map(whole, penalty.fine_riel)
    fined = _("%(prison)s, and a fine of %(least)s to %(most)s riel")
    return fined % {"prison": prison, "least": least, "most": most}


def later(found: Displacement) -> dict[str, Any]:
    """Return a later provision: its citation, where it is read if it is kept, how the two meet."""
    statute = shelf().get(found.statute)
    kept = statute and any(each.article == found.article for each in statute.articles)
    return {
        "citation": cited(found.statute, found.article),
        "href": reverse("law:article", args=[found.statute, found.article]) if kept else "",
        "how": MEETS[found.how],
        "in_force": found.in_force,
        "source": found.source,
    }


def cited(statute: str, article: str) -> str:
    """Return how an article is cited, with the statute's title where it is kept."""
    kept = shelf().get(statute)
    words = {"article": article, "statute": gettext(kept.title) if kept else statute}
    return _("Article %(article)s, %(statute)s") % words


def line(article: Article) -> dict[str, Any]:
    """Return an article as one line of a list."""
    return {
        "href": reverse("law:article", args=[article.statute, article.article]),
        "number": article.article,
        "title": gettext(article.title),
        "statute": article.statute,
        "kind": KINDS[article.kind],
        "in_force": article.in_force,
        "verified": article.verification.verified,
    }


def rules_of(statute: Statute, article: str) -> list[dict[str, Any]]:
    """Return how trying, helping and inciting are punished for an article, as far as is kept."""
    return [
        {"words": RULES[name], "number": rule.article, "statute": rule.statute,
         "source": rule.source, "verified": rule.verified,
         "is_kept": any(each.article == rule.article for each in statute.articles)}
        for name, rule in statute.general_rules.items()
        if not rule.applies_to or article in rule.applies_to
    ]  # fmt: skip


def clock(found: Clock, statute: Statute) -> dict[str, Any]:
    """Return a limit of time in words, and whether the article that sets it is kept."""
    return {
        "name": gettext(found.name), "applies_to": gettext(found.applies_to),
        "limit": lasts(found.limit), "runs_from": gettext(found.runs_from),
        "extension": found.extension, "article": found.article, "statute": statute.code,
        "verified": found.verified,
        "is_kept": any(each.article == found.article for each in statute.articles),
    }  # fmt: skip


def lasts(limit: Limit) -> str:
    """Return a length of time as it is said in the reader's language."""
    n = limit.amount
    said = {
        "hours": ngettext("%(n)d hour", "%(n)d hours", n),
        "days": ngettext("%(n)d day", "%(n)d days", n),
        "weeks": ngettext("%(n)d week", "%(n)d weeks", n),
        "months": ngettext("%(n)d month", "%(n)d months", n),
    }
    return said[limit.unit] % {"n": n}
