"""What a proceeding's page tells of each accused: word of today, ladder, charges."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy, gettext_noop
from django.utils.translation import gettext as _

from mekhala.core.law.statute import Penalty, Provision
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.justice import acquittals, gate, ladder, queries, texts
from mekhala.pathway.justice.models import Accused, Appellant, Charge, Stage
from mekhala.web.casework.partial_days import span_in_words

WHO_APPEALED = {
    Appellant.PROSECUTOR: gettext_lazy("The prosecutor has appealed"),
    Appellant.PROSECUTOR_GENERAL: gettext_lazy("The prosecutor general has appealed"),
    Appellant.CIVIL_PARTY: gettext_lazy("A civil party has appealed, about compensation"),
}


def accused_card(one: Accused) -> dict[str, Any]:
    """Return what is shown of one accused; never a name."""
    stage, steps = queries.stage_of(one), list(one.steps.all())
    return {
        "number": one.number,
        "sex": one.get_sex_display(),
        "age": one.age,
        "word": queries.stage_word(one),
        "presumed_innocent": stage != Stage.CONVICTED,
        "appeals": appeals_in_words(one),
        "can_move": bool(acquittals.what_may_follow(steps, queries.appeals_of(one))),
        "can_be_charged": stage in ladder.MAY_BE_CHARGED
        or (stage == Stage.SUSPECT and gate.may_be_victim(one)),  # the check comes before the step
        "rungs": [{"title": word, "at": step.on} for step, word in queries.rungs(one)],
        "charges": [charge_card(charge) for charge in one.charges.all()],
    }


def appeals_in_words(one: Accused) -> list[str]:
    """Return what is said beside the word “acquitted” while an appeal against it is open."""
    return [_appeal_in_words(appeal) for appeal in acquittals.pending(one)]


def _appeal_in_words(appeal: acquittals.Against) -> str:
    said = WHO_APPEALED[appeal.by]
    if appeal.filed_on is None:
        return str(said)
    words = f"{said} ({date_format(appeal.filed_on)})."
    if appeal.late:
        late = _("That was after %(day)s, until when there was time as far as is known: a lawyer "
                 "should look.") % {"day": date_format(appeal.last_day)}  # fmt: skip
        words = f"{words} {late}"
    return words


def charge_card(charge: Charge) -> dict[str, Any]:
    """Return a charge with the text it cites, as that text is kept today."""
    text = texts.text_of(charge.statute, charge.article, charge.in_force_from)
    return {
        "id": charge.pk,
        "citation": f"{charge.statute} Art. {charge.article}",
        "statute": texts.title_of(charge.statute),
        "in_force_from": charge.in_force_from,
        "charged_on": charge.charged_on,
        "withdrawn_on": charge.withdrawn_on,
        "conduct": span_in_words(charge.conduct_from, charge.conduct_to),
        "reaches_outside": text is not None and _reaches_outside(charge, text),
        "text": text,
        "penalty": penalty_in_words(text) if text else None,
    }


def _reaches_outside(charge: Charge, text: Provision) -> bool:
    """Whether the conduct can have had days on which the text was not in force."""
    try:
        conduct = texts.span_of(charge.conduct_from, charge.conduct_to)
    except WrongInput:
        return False
    return not text.in_force.holds(conduct)


def penalty_in_words(text: Provision) -> str | None:
    """Return the range of imprisonment, and the raised one; None where none is kept."""
    if text.penalty is None:
        return None
    usual = range_in_words(text.penalty)
    raises = [a.penalty for a in text.aggravations if a.penalty]
    if not raises and text.aggravations:
        return _("%(usual)s; more with an aggravating circumstance") % {"usual": usual}
    if not raises:
        return usual
    raised = {"usual": usual, "raised": range_in_words(max(raises, key=lambda p: p.max_years))}
    return _("%(usual)s; with an aggravating circumstance %(raised)s") % raised


def range_in_words(penalty: Penalty) -> str:
    """Return a range of imprisonment in the largest unit of which it has a whole one."""
    words, to_the_year = next(unit for unit in UNITS if penalty.min_years * unit[1] >= WHOLE)
    ends = (penalty.min_years * to_the_year, penalty.max_years * to_the_year)
    least, most = (f"{round(end, 1):g}" for end in ends)
    return gettext(words) % {"least": least, "most": most}


WHOLE = 0.95  # a month is kept as 0.0833 of a year, and a day as 0.0027
UNITS = (
    (gettext_noop("%(least)s to %(most)s years"), 1),
    (gettext_noop("%(least)s to %(most)s months"), 12),
    (gettext_noop("%(least)s to %(most)s days"), 365),
)
