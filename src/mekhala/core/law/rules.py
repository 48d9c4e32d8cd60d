"""What a statute file says beside the elements: periods, later law, general rules, clocks."""

from collections.abc import Mapping
from typing import Any

from mekhala.core.law import amounts
from mekhala.core.law.statute import (
    Clock,
    Displacement,
    GeneralRule,
    How,
    Period,
    Verification,
)
from mekhala.core.law.written import Place, day, entries, mapping, optional_text, text

LIABILITIES = ("attempt", "accomplice", "instigator")
PUNISHED_AS = "principal"
type Row = Mapping[str, Any]


def period(row: Row, place: Place) -> Period:
    """Return the days under ``in_force``: from, to, and throughout (the country)."""
    here = place.at(row, "in_force").within("in_force")
    return _days(mapping(row.get("in_force"), here, {"from", "to", "throughout"}), here)


def _days(inside: Row, place: Place) -> Period:
    first, last = day(inside, "from", place), day(inside, "to", place)
    throughout = day(inside, "throughout", place)
    if first is not None and last is not None and first > last:
        raise place.wrong("expected 'from' on or before 'to'")
    if throughout is not None and (first is None or throughout <= first):
        raise place.wrong("expected 'throughout' after 'from'")
    return Period(first=first, last=last, throughout=throughout)


def verification(row: Row, place: Place) -> Verification:
    """Return who compared the words with the official text, and when.

    ``verified_by`` and ``verified_on`` are required beside ``verified: true`` and refused
    beside ``verified: false``: a text is checked by somebody, on a day, or not at all.
    """
    value = row.get("verified")
    if not isinstance(value, bool):
        raise place.at(row, "verified").wrong("expected true or false under 'verified'")
    beside = [key for key in ("verified_by", "verified_on") if key in row]
    if not value:
        if beside:
            raise place.at(row, beside[0]).wrong(f"{beside[0]!r} stands beside 'verified: false'")
        return Verification(verified=False)
    on = day(row, "verified_on", place)
    if "verified_by" not in row or on is None:
        raise place.at(row, "verified").wrong(
            "expected 'verified_by' and 'verified_on' beside 'verified: true'"
        )
    return Verification(verified=True, by=text(row, "verified_by", place), on=on)


def displacements(row: Row, place: Place) -> tuple[Displacement, ...]:
    """Return the later provisions that meet an article."""
    return tuple(
        _displacement(each, place.at(row, "displaced_by").within("displaced_by"))
        for each in entries(row, "displaced_by", place)
    )


def _displacement(written: object, outside: Place) -> Displacement:
    place = outside.at(written)
    row = mapping(written, place, {"statute", "article", "how", "from", "throughout", "source"})
    how = row.get("how")
    if how not in tuple(How):
        raise place.at(row, "how").wrong(f"{how!r} is no way to meet; expected {', '.join(How)}")
    if "from" not in row:
        raise place.wrong("expected the first day of the later provision under 'from'")
    return Displacement(
        statute=text(row, "statute", place),
        article=text(row, "article", place),
        how=How(how),
        in_force=_days(row, place),
        source=text(row, "source", place),
    )


def general_rules(row: Row, outside: Place) -> dict[str, GeneralRule]:
    """Return how attempt, accomplice and instigator are punished, as far as the statute says."""
    keys = {"article", "punished_as", "applies_to", "source", "verified"}
    found = {}
    written = mapping(row.get("general_rules", {}), outside, set(LIABILITIES))
    for name, inside in written.items():
        place = outside.at(inside).within(f"general rule {name!r}")
        rule = mapping(inside, place, keys)
        if rule.get("punished_as") != PUNISHED_AS:
            raise place.at(rule, "punished_as").wrong(f"expected 'punished_as: {PUNISHED_AS}'")
        found[name] = GeneralRule(
            statute=text(row, "statute", outside),
            article=text(rule, "article", place),
            punished_as=PUNISHED_AS,
            applies_to=tuple(str(each) for each in entries(rule, "applies_to", place)),
            source=text(rule, "source", place),
            verified=verification(rule, place).verified,
        )
    return found


def clocks(row: Row, outside: Place) -> tuple[Clock, ...]:
    """Return the limits of time a statute sets."""
    return tuple(_clock(each, row, outside) for each in entries(row, "clocks", outside))


def _clock(written: object, statute: Row, outside: Place) -> Clock:
    place = outside.at(written).within("clocks")
    keys = {"name", "article", "applies_to", "limit", "runs_from", "extension"}
    row = mapping(written, place, {*keys, "source", "verified", "verified_by", "verified_on"})
    return Clock(
        statute=text(statute, "statute", outside),
        article=text(row, "article", place),
        name=text(row, "name", place),
        applies_to=text(row, "applies_to", place),
        limit=amounts.limit(row, place),
        runs_from=text(row, "runs_from", place),
        extension=optional_text(row, "extension", place),
        source=text(row, "source", place),
        verified=verification(row, place).verified,
    )
