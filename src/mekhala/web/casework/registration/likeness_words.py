"""How two people's details compare, in words: never how much, and of places never which."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "name": _("Name"), "birth": _("Born"), "place": _("Place"),
    "household": _("Telephone"), "national_id": _("Identity number"), "sex": _("Sex"),
    "nationality": _("Nationality"), "relatives": _("Relatives"),
}  # fmt: skip
CANNOT = _("cannot compare")
_SAME, _NEAR, _OTHER = _("the same"), _("near"), _("other")
_TWINS = _("twins would agree as much")
_NAMESAKES = _("people of one name in one district would agree as much")
WORDS: dict[str, dict[str, Any]] = {
    "name": {
        "same_native": _("the same letters"), "same_latin": _("the same, in Latin letters"),
        "same_sound": _("sound the same, written differently"),
        "part": _("one word, which the other has too"), "one_slip": _("one slip of the pen apart"),
        "alike": _("alike, not the same"), "one_word": _("one word shared, another different"),
        "different": _("different"),
    },
    "birth": {
        "same_date": _("the same day"), "date_slip": _("one figure, or day and month, apart"),
        "same_year": _("fits, to within a year"), "fits": _("fits, told only roughly"),
        "other_date": _("both days are told, and different"),
        "within_1y": _("different, not more than a year apart"),
        "within_2y": _("different, not more than two years apart"),
        "within_5y": _("different, not more than five years apart"),
        "far": _("more than five years apart"),
    },
    "place": {
        "address": _SAME, "most_of_address": _SAME, "village": _SAME, "same_text": _SAME,
        "commune": _NEAR, "two_words": _NEAR,
        "district": _NEAR, "one_word": _NEAR, "province": _OTHER, "different": _OTHER,
    },
    "household": {
        "phone_and_parent": _SAME, "phone": _SAME, "both_parents": _("both parents the same"),
        "parent": _("one parent the same"), "one_of_two": _("one parent the same, one different"),
        "other_parents": _("no parent the same"), "other_phone": _("different"),
    },
    "national_id": {
        "same": _SAME, "one_off": _("one sign apart"), "different": _("different"),
    },
    "sex": {"same": _SAME, "different": _("different")},
    "nationality": {"same": _SAME, "different": _("different")},
    "relatives": {
        "twins_at_home": _TWINS, "twins": _TWINS,
        "siblings": _("brothers and sisters would agree as much"),
        "namesakes_apart": _NAMESAKES, "namesakes": _NAMESAKES,
        "none": _("nothing points to relatives"),
    },
}  # fmt: skip


def words(field: str, level: str) -> Any:
    """Return how a field compares; *cannot compare* where it is not known on both sides."""
    return WORDS.get(field, {}).get(level, CANNOT)


def in_words(likeness: Iterable[str]) -> list[tuple[Any, Any]]:
    """Return (field, how it compares) of codes such as ``name:same_sound``."""
    codes = [code.partition(":") for code in likeness]
    return [(FIELDS.get(field, field), words(field, level)) for field, _colon, level in codes]
