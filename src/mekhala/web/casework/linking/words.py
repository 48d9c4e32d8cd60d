"""What the linker's codes say, in the reader's language."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mekhala.core.matching.attrition import UNKNOWN, Stage, Why
from mekhala.core.matching.linker.weighing import UNKNOWN as UNKNOWN_LEVEL

FIELDS = {
    "name": _("Name"), "sex": _("Sex"), "birth": _("Born"), "place": _("Place"),
    "household": _("Parents and telephone"), "national_id": _("Identity number"),
    "nationality": _("Nationality"), "relatives": _("Relatives and namesakes"),
}  # fmt: skip
LEVELS = {
    ("name", "same_native"): _("The names are the same letter by letter in their script."),
    ("name", "same_latin"): _("The names are the same in Latin letters, in either order."),
    ("name", "same_sound"): _("The names are written differently and sound the same."),
    ("name", "part"): _("One record has only a part of the name; the other has it too."),
    ("name", "one_slip"): _("The names differ by one slip of the pen."),
    ("name", "alike"): _("The names are alike, word by word, and not the same."),
    ("name", "one_word"): _("One word of the names is shared and another is different."),
    ("name", "different"): _("The names are different."),
    ("birth", "same_date"): _("The dates of birth are the same."),
    ("birth", "date_slip"): _(
        "The dates differ by a digit or a year, or day and month change places."
    ),
    ("birth", "other_date"): _("Both dates of birth are told, and they are different."),
    ("birth", "same_year"): _("The births as far as told fit, to within a year."),
    ("birth", "fits"): _("The births fit, and one of them is told only roughly."),
    ("birth", "within_1y"): _("The births are different, not more than 1 year apart."),
    ("birth", "within_2y"): _("The births are different, not more than 2 years apart."),
    ("birth", "within_5y"): _("The births are different, not more than 5 years apart."),
    ("birth", "far"): _("The births are more than five years apart."),
    ("place", "village"): _("The village is the same."),
    ("place", "address"): _("The addresses are the same in five words or more."),
    ("place", "most_of_address"): _("The addresses are the same in four words."),
    ("place", "same_text"): _("Three words of the places are the same."),
    ("place", "commune"): _("The commune is the same."),
    ("place", "two_words"): _("Two words of the places are the same."),
    ("place", "district"): _("The district is the same."),
    ("place", "one_word"): _("One word of the places is the same."),
    ("place", "province"): _("The province is the same."),
    ("place", "different"): _("The places are different."),
    ("household", "phone_and_parent"): _("The telephone and a parent's name are the same."),
    ("household", "phone"): _("The telephone is the same."),
    ("household", "both_parents"): _("Both parents' names are the same."),
    ("household", "parent"): _("One parent's name is the same, the other is not known."),
    ("household", "one_of_two"): _("One parent's name is the same and the other different."),
    ("household", "other_parents"): _("No parent's name is the same."),
    ("household", "other_phone"): _("The telephones are different."),
    ("national_id", "same"): _("The identity numbers are the same."),
    ("national_id", "one_off"): _("The identity numbers differ by one sign."),
    ("national_id", "different"): _("The identity numbers are different."),
    ("sex", "same"): _("The sex is the same."),
    ("sex", "different"): _("The sex is different."),
    ("nationality", "same"): _("The nationality is the same."),
    ("nationality", "different"): _("The nationality is different."),
    ("relatives", "twins"): _("Twins too have one date of birth, one home and another name."),
    ("relatives", "twins_at_home"): _(
        "Twins too have one date of birth, one home, one parent and another name."
    ),
    ("relatives", "siblings"): _("Brothers and sisters too share a parent, not a name."),
    ("relatives", "namesakes_apart"): _(
        "In one district there are people of one name, and the births differ."
    ),
    ("relatives", "namesakes"): _(
        "In one district there are people of one name, and nothing tells them apart."
    ),
    ("relatives", "none"): _("Nothing points to relatives or namesakes."),
}
STAGES = {
    Stage.IDENTIFIED: _("Identified"), Stage.REPORTED: _("Reported to the police"),
    Stage.CHARGED: _("Charge brought"), Stage.CONVICTED: _("Conviction"),
}  # fmt: skip
WHYS = {
    Why.NO_REPORT: _("No report"), Why.IN_PART: _("Not known: lists or years are missing"),
    Why.STILL_OPEN: _("Still open"), Why.NOT_SEEN: _("Not seen at this stage"),
}  # fmt: skip
NOTHING_LEARNT = _("Not known on both sides: nothing is learnt and nothing is weighed.")
SLIGHT, CLEAR, HEAVY = 0.5, 3.0, 6.0  # bits


def field(code: str) -> str:
    """Return the name of a piece of evidence."""
    return str(FIELDS.get(code, code.replace("_", " ").capitalize()))


def level(part: dict[str, Any]) -> str:
    """Return what a level says; the linker's own English where there are no words for it."""
    if part["level"] == UNKNOWN_LEVEL:
        return str(NOTHING_LEARNT)
    return str(LEVELS.get((part["field"], part["level"]), part["because"]))


def signs(bits: float) -> str:
    """Return how much is weighed, in one to three signs: ``+++``, ``-``, ``0``."""
    size = abs(bits)
    many = (size >= SLIGHT) + (size >= CLEAR) + (size >= HEAVY)
    return ("+" if bits > 0 else "\N{MINUS SIGN}") * many or "0"


def in_a_word(part: dict[str, Any]) -> str:
    """Return what stands in a cell whose record cannot be read: agrees, differs, cannot compare."""
    if part["level"] == UNKNOWN_LEVEL:
        return _now("cannot compare")
    return _now("agrees") if part["bits"] > 0 else _now("differs")


def cohort(name: str) -> str:
    """Return the name of a cohort."""
    if name == UNKNOWN:
        return _now("Year not known")
    if name.isdigit():
        return name
    return _now("Before %(year)s") % {"year": name.rsplit(maxsplit=1)[-1]}
