"""A record as the comparison reads it; what cannot be read is unknown and is told per column."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from mekhala.core.matching.exact_keys import national_id, sex_of
from mekhala.core.matching.linker.births import Birth, birth_of, is_read
from mekhala.core.matching.linker.names import Name, name_of, parent_keys
from mekhala.core.matching.linker.places import ADDRESS, Place, place_of
from mekhala.core.names.normal import normal_text

PHONE_SIGNS = 8  # the last ones: country code and leading zero come and go
KEPT = 131_072


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """One record, ready to be compared. None is unknown, everywhere."""

    name: Name
    birth: Birth
    place: Place
    sex: str | None
    nationality: str | None
    id: str | None
    phone: str | None
    father: tuple[str, ...] | None
    mother: tuple[str, ...] | None

    @property
    def linkable(self) -> bool:
        """Whether it says enough to be looked for: a name, and one thing more."""
        return is_linkable(self.name, self.birth, self.place, self.id, self.phone)

    @property
    def vague(self) -> bool:
        """Whether nothing tells it from others of its name but a few words of a place.

        Two such records are never compared with each other, only with records that say more.
        """
        return not (self.birth.first or is_near(self.place) or self.id or self.phone)


def is_linkable(
    name: Name, birth: Birth, place: Place, number: str | None, phone: str | None
) -> bool:
    """Whether a name is known, and with it a birth, a place, or a number; a province is none."""
    named = name.whole is not None or name.native is not None
    return bool(named and (birth.first or is_near(place) or place.tokens or number or phone))


def is_near(place: Place) -> bool:
    """Whether a place is told below the province: by a code, or in so many words as an address."""
    coded = place.district or place.commune or place.village
    return bool(coded or len(place.tokens or ()) >= ADDRESS)


def prepared(record: Mapping[str, str]) -> Prepared:
    """Return a record with the columns of ``records.COLUMNS`` (missing ones unknown), prepared."""
    return Prepared(
        name=name_of(record),
        birth=birth_of(record),
        place=place_of(record),
        sex=sex_of_text(record.get("sex") or ""),
        nationality=plain(record.get("nationality") or ""),
        id=id_of_text(record.get("national_id") or ""),
        phone=phone_of_text(record.get("phone") or ""),
        father=parent_keys(record.get("father_name") or ""),
        mother=parent_keys(record.get("mother_name") or ""),
    )


@lru_cache(maxsize=1024)
def sex_of_text(text: str) -> str | None:
    """Return the sex a word says."""
    return sex_of(text) if text else None


@lru_cache(maxsize=4096)
def plain(text: str) -> str | None:
    """Return a text in one written form."""
    return normal_text(text) if text else None


def id_of_text(text: str) -> str | None:
    """Return a national identity number, letters and digits only."""
    return national_id({"national_id": text}) if text else None


def phone_of_text(text: str) -> str | None:
    """Return the last digits of a telephone number; None for too few, or one digit repeated."""
    digits = "".join(sign for sign in normal_text(text) or "" if sign.isdecimal()) if text else ""
    return digits[-PHONE_SIGNS:] if len(digits) >= PHONE_SIGNS and len(set(digits)) > 1 else None


def unread(record: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns of a record where something is written that could not be read."""
    found = [
        column
        for column, read in READERS.items()
        if plain(record.get(column) or "") and read(record[column]) is None
    ]
    born = [record.get(column) or "" for column in ("birth_date", "birth_year", "age", "age_on")]
    return tuple(found) if is_read(*born) else (*found, "birth_date")


READERS: dict[str, Callable[[str], object | None]] = {
    "sex": sex_of_text,
    "national_id": id_of_text,
    "phone": phone_of_text,
}
