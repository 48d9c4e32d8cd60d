"""The check before a charge against somebody who may have been made to do it.

A victim should not be charged with what the situation brought about (UN Recommended Principles
and Guidelines 2002, Principle 7; ASEAN Convention 2015, Article 14(7)). For soliciting the
statement of 2008 of the chair of the Leading Task Force names four conditions under which the
police act at all; all four are shown, and a charge that meets none of them does not pass.
Unknown passes nobody: it is asked first. A check holds for what was known when it was made. A
prosecutor may go on against the check with reasons, which carry one charge, of the days they name;
a second charge needs a check and reasons of its own, and each is counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.justice.errors import (
    CheckBeforeStep,
    GateClosed,
    GateFirst,
    ReasonsCarryOneCharge,
)
from mekhala.pathway.justice.models import Accused, Charge, Compelled, GateCheck, GateOutcome

# What those are charged with who were brought into it: soliciting, entry without papers, false
# papers.
ALWAYS_CHECKED = {
    ("KH-LSHTSE-2008", "24"): Compelled.SOLICITING, ("KH-PC-2009", "298"): Compelled.SOLICITING,
    ("KH-IMM-1994", "29"): Compelled.IMMIGRATION, ("KH-PC-2009", "626-630"): Compelled.DOCUMENTS,
}  # fmt: skip
ADULT = 18
type Conduct = tuple[str, str]  # its first and last day, as far as they are known
CONDITIONS = ("neighbours_complain", "says_forced", "minors_involved", "disorder")
REASONS = {
    "presumed_victim": _("The person is presumed to be a victim of trafficking."),
    "child": _("The person was under 18: a minor is not punished for soliciting."),
    "compelled": _("The person was forced, deceived or held to do it."),
    "direct_result": _("The act came directly from the situation the person was in."),
    "not_asked": _("Whether the person was forced, deceived or held is not known. Ask first."),
    "situation_not_asked": _(
        "Whether the act came directly from the situation the person was in is not known."
        " Ask first."
    ),
    "age_not_asked": _("Whether the person was under 18 is not known. Ask first."),
    "no_condition": _("None of the four conditions under which the police act is met."),
    "not_forced": _("The person was not forced, and nothing shows a presumed victim."),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the gate is told. None: not known."""

    kind: str
    presumption: bool | None
    is_child: bool | None
    compelled: bool | None
    direct_result: bool | None
    conditions: tuple[bool | None, ...]


def weigh(asked: Asked) -> tuple[GateOutcome, list[str]]:
    """Return whether the gate is open, and the codes of what that rests on."""
    against = [code for code, holds in _against(asked).items() if holds]
    if against:
        return GateOutcome.CLOSED, against
    return GateOutcome.OPEN, ["not_forced"]


def _against(asked: Asked) -> dict[str, bool]:
    soliciting = asked.kind == Compelled.SOLICITING
    return {
        "presumed_victim": asked.presumption is True,
        "child": soliciting and asked.is_child is True,
        "compelled": asked.compelled is True,
        "direct_result": asked.direct_result is True,
        "not_asked": asked.compelled is None,
        "situation_not_asked": asked.compelled is False and asked.direct_result is None,
        "age_not_asked": soliciting and asked.compelled is False and asked.is_child is None,
        "no_condition": soliciting and not any(c is True for c in asked.conditions),
    }


def kind_of(statute: str, article: str, *, chosen: str) -> str:
    """Return what a charge is about: for soliciting and papers the article says it, not a choice.

    So nobody passes the four conditions by calling soliciting something else.
    """
    return ALWAYS_CHECKED.get((statute, article), chosen)


def needed(accused: Accused, *, statute: str, article: str) -> bool:
    """Answer whether a charge under this article meets the gate first.

    Soliciting, entry without papers and false papers always do; every other charge where the
    accused may be a victim or was a child, or where the check was begun for this article.
    """
    return (statute, article) in ALWAYS_CHECKED or may_be_victim(accused)


def may_be_victim(accused: Accused) -> bool:
    """Answer whether the accused is presumed a victim, or is known to have been a child."""
    return accused.presumed_victim is True or is_child(accused) is True


def is_child(accused: Accused) -> bool | None:
    """Answer whether the accused was under 18 at the time; None where the age is not known."""
    return None if accused.age is None else accused.age < ADULT


def is_taken_back(accused: Accused, about: Mapping[str, object]) -> bool:
    """Answer whether a description would undo that somebody may be a victim or was a child."""
    presumed = accused.presumed_victim is True and about.get("presumed_victim", True) is not True
    age = about.get("age", accused.age)
    grown = is_child(accused) is True and not (isinstance(age, int) and age < ADULT)
    return presumed or grown


def check_before(
    accused: Accused, *, statute: str, article: str, conduct: Conduct
) -> GateCheck | None:
    """Refuse a charge until the last check for this article lets it through; return the check it
    is recorded against, where a prosecutor's reasons carry it.

    Raises ``GateFirst`` where none was made, or none that knew what is known now; ``GateClosed``
    where it says no; ``ReasonsCarryOneCharge`` where the reasons were for another charge.
    """
    last = last_check(accused, statute=statute, article=article)
    if last is None:
        if needed(accused, statute=statute, article=article):
            raise GateFirst
        return None
    if is_outdated(last, accused):
        raise GateFirst
    if last.outcome == GateOutcome.CLOSED:
        words = " ".join(str(REASONS[code]) for code in last.reasons)
        raise GateClosed(f"{GateClosed.words} {words}")
    if last.outcome != GateOutcome.OVERRIDDEN:
        return None
    if conduct_of(last) != conduct or Charge.objects.filter(against_check=last).exists():
        raise ReasonsCarryOneCharge
    return last


def conduct_of(one: GateCheck | Charge) -> Conduct:
    """Return the days a charge is about, or those for which reasons were given."""
    return one.conduct_from, one.conduct_to or one.conduct_from


def charge_to_carry(check: GateCheck, conduct: Conduct) -> Charge | None:
    """Return the charge that stands already, of this article and conduct, carried by no reasons:
    the one that was brought before anybody knew that the accused may be a victim.
    """
    standing = Charge.objects.filter(
        accused=check.accused_id, statute=check.statute, article=check.article,
        withdrawn_on=None, against_check=None,
    )  # fmt: skip
    return next((one for one in standing if conduct_of(one) == conduct), None)


def unchecked(accused: Accused) -> list[Charge]:
    """Return the charges that stand and that no check let through, knowing what is known now.

    One can stand so: brought before anybody knew that the accused may be a victim.
    """
    standing = [one for one in accused.charges.all() if one.withdrawn_on is None]
    return [one for one in standing if _is_unchecked(accused, one)]


def _is_unchecked(accused: Accused, charge: Charge) -> bool:
    cited = {"statute": charge.statute, "article": charge.article}
    if not needed(accused, **cited):
        return False
    carried_by = charge.against_check
    if carried_by is not None:
        return is_outdated(carried_by, accused)
    last = last_check(accused, **cited)
    return last is None or last.outcome != GateOutcome.OPEN or is_outdated(last, accused)


def is_outdated(check: GateCheck, accused: Accused) -> bool:
    """Answer whether a check let a charge through without what is known of the accused now."""
    if check.outcome == GateOutcome.CLOSED:
        return False
    presumed_since = accused.presumed_victim is True and check.presumption is not True
    of_soliciting = check.kind == Compelled.SOLICITING and "child" not in check.reasons
    return presumed_since or (of_soliciting and is_child(accused) is True)


def check_step(accused: Accused) -> None:
    """Refuse to tell a presumed victim, or a child, as charged before a check lets that through.

    Raises ``CheckBeforeStep``.
    """
    if not may_be_victim(accused):
        return
    made = GateCheck.objects.filter(accused=accused).order_by("id")
    last = {(one.statute, one.article): one for one in made}.values()
    if not any(c.outcome != GateOutcome.CLOSED and not is_outdated(c, accused) for c in last):
        raise CheckBeforeStep


def last_check(accused: Accused, *, statute: str, article: str) -> GateCheck | None:
    """Return the last check made for one article; None where there is none."""
    made = GateCheck.objects.filter(accused=accused, statute=statute, article=article)
    return made.order_by("-id").first()


def presumption_of(case_number: str) -> bool | None:
    """Ask the database whether the person of a case is presumed a victim: yes or no only.

    None where no yes of the person lets this agency know; the same as where there is no such
    case. The number is given by the accused or the accused's own lawyer, and is not kept.
    """
    if not case_number:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select justice_presumption(%s)", [case_number])
        row = cursor.fetchone()
    return row[0] if row else None
