"""One record of one person, as one list writes it."""

from datetime import date

from mekhala.core.matching.records import COLUMNS
from mekhala.sample.draws import Draws
from mekhala.sample.names import GIVEN_FIRST, UNSPACED

from . import births, rates, slips
from .families import YEAR, TruePerson, joined
from .habits import Habit
from .inventory import Name, Word, spelt
from .villages import in_words

EMPTY = dict.fromkeys(COLUMNS, "")
PERIOD = date(YEAR, 1, 1), date(YEAR, 12, 31)
TITLES = {"female": ("Srey", "Bong", "Neang", "Ming", "Ms", "Yeay"),
          "male": ("Bong", "Mr", "Pu", "Ta", "A")}  # fmt: skip
KHMER_TITLES = {"female": ("អ្នកស្រី", "កញ្ញា", "នាង", "បងស្រី", "យាយ"),
                "male": ("លោក", "បង", "ពូ", "តា", "អា")}  # fmt: skip
NOBODY = {"female": ("girl", "young girl", "woman"), "male": ("boy", "man")}
LEVELS = ("village", "commune", "district", "province")


def record_of(draws: Draws, person: TruePerson, habit: Habit) -> dict[str, str]:
    """Write ``person`` down as the list of this ``habit`` does; without a record_id."""
    record = dict(EMPTY)
    record["source"] = habit.source
    event = births.day_in(draws, *PERIOD)
    record["event_date"] = event.isoformat()
    if draws.chance(habit.filled["sex"]):
        record["sex"] = _sex(draws, person.sex)
    bareness = draws.number()
    if bareness < habit.nearly_nothing:
        return _nearly_nothing(draws, person, record)
    _name(draws, person, habit, record)
    if bareness < habit.nearly_nothing + habit.half_empty:
        return record
    if draws.chance(habit.filled["birth"]):
        way = draws.of(habit.births)
        (record["birth_date"], record["birth_year"], record["age"], record["age_on"]) = (
            births.written(draws, person.birth, way, event, khmer=habit.khmer_births)
        )
    _rest(draws, person, habit, record)
    _place(draws, person, habit, record)
    return record


def _sex(draws: Draws, sex: str) -> str:
    if sex == "other" or not draws.chance(rates.WRONG_SEX):
        return sex
    return "male" if sex == "female" else "female"


def _nearly_nothing(draws: Draws, person: TruePerson, record: dict[str, str]) -> dict[str, str]:
    words = NOBODY.get(person.sex, ("person",))
    record["place_text"] = f"{draws.pick(words)}, {person.town}"
    return record


def _name(draws: Draws, person: TruePerson, habit: Habit, record: dict[str, str]) -> None:
    khmer = person.name.nationality == "KHM" and draws.chance(habit.khmer)
    latin = not khmer or draws.chance(habit.latin)
    if person.nickname and draws.chance(habit.nick):
        _nick(draws, person.nickname, habit, record, khmer=khmer, latin=latin)
        return
    family = _family_as_told(draws, person, habit)
    if khmer:
        record["name_km"] = _in_khmer(draws, person, family, habit)
    if latin:
        _in_latin(draws, person, family, habit, record)


def _nick(
    draws: Draws, nickname: tuple[str, str], habit: Habit, record: dict[str, str],
    *, khmer: bool, latin: bool,
) -> None:  # fmt: skip
    if khmer:
        record["name_km"] = nickname[0]
    if latin:
        column = "given_name" if habit.split else "full_name"
        record[column] = draws.pick(nickname[1].split(" "))


def _family_as_told(draws: Draws, person: TruePerson, habit: Habit) -> tuple[Word, ...]:
    if draws.chance(habit.no_family):
        return ()
    if person.name.nationality == "KHM" and draws.chance(habit.fathers):
        father = person.father
        return father.given if draws.chance(0.5) else (*father.family, *father.given)
    return person.name.family


def _in_khmer(draws: Draws, person: TruePerson, family: tuple[Word, ...], habit: Habit) -> str:
    parts = [
        _khmer_word(draws, words, habit.slip) for words in (family, person.name.given) if words
    ]
    if draws.chance(habit.turned):
        parts.reverse()
    if draws.chance(habit.titled):
        parts.insert(0, draws.pick(KHMER_TITLES.get(person.sex, ("អ្នក",))))
    written = "".join(parts) if draws.chance(rates.WITHOUT_SPACE) else " ".join(parts)
    if draws.chance(rates.INVISIBLE_SPACE):
        return slips.with_invisible_space(draws, written)
    return written


def _khmer_word(draws: Draws, words: tuple[Word, ...], slip: float) -> str:
    written = "".join(word.native for word in words)
    if draws.chance(rates.SPELT_BY_EAR):
        written = slips.by_ear(draws, written)
    return slips.khmer_slip(draws, written) if draws.chance(slip) else written


def _in_latin(
    draws: Draws, person: TruePerson, told: tuple[Word, ...], habit: Habit, record: dict[str, str]
) -> None:
    family, given = _spelt(draws, person, told, habit)
    if draws.chance(habit.slip):
        family = slips.latin_slip(draws, family)
    if draws.chance(habit.slip):
        given = slips.latin_slip(draws, given)
    if habit.upper:
        family, given = family.upper(), given.upper()
    turned = draws.chance(habit.turned)
    if habit.split:
        names = (given, family) if turned else (family, given)
        record["family_name"], record["given_name"] = names
        return
    turned ^= person.name.nationality in GIVEN_FIRST
    title = draws.pick(TITLES.get(person.sex, ("Bong",))) if draws.chance(habit.titled) else ""
    order = (given, family) if turned else (family, given)
    record["full_name"] = " ".join(part for part in (title, *order) if part)


def _spelt(
    draws: Draws, person: TruePerson, told: tuple[Word, ...], habit: Habit
) -> tuple[str, str]:
    name = person.name
    if person.document and draws.chance(habit.document):
        family, given = person.document
        return (family if told else ""), given
    way = draws.of(habit.ways)
    if name.nationality == "VNM" and draws.chance(0.25):
        way = "toned"
    words = spelt(name.given, way, draws)
    apart = draws.chance(habit.apart)
    return joined(spelt(told, way, draws), name), " ".join(words) if apart else joined(words, name)


def _rest(draws: Draws, person: TruePerson, habit: Habit, record: dict[str, str]) -> None:
    filled = habit.filled
    if draws.chance(filled.get("nationality", 0)):
        record["nationality"] = person.name.nationality
    for column, value in (("national_id", person.national_id), ("phone", person.phone)):
        if value and draws.chance(filled.get(column, 0)):
            record[column] = _digits(draws, value)
    for column, name in (("father_name", person.father), ("mother_name", person.mother)):
        if draws.chance(filled.get(column, 0)):
            record[column] = _parent(draws, name, habit)


def _digits(draws: Draws, number: str) -> str:
    if not draws.chance(rates.WRONG_DIGIT):
        return number
    at = draws.between(len(number) - 6, len(number) - 1)
    return number[:at] + str(draws.between(0, 9)) + number[at + 1 :]


def _parent(draws: Draws, name: Name, habit: Habit) -> str:
    """The parent's name in the script of the list; at times the given name alone."""
    words = (name.given,) if draws.chance(0.25) else (name.family, name.given)
    if name.nationality == "KHM" and draws.chance(habit.khmer):
        return " ".join(_khmer_word(draws, part, habit.slip) for part in words)
    way = draws.of(habit.ways)
    joint = "" if name.nationality in UNSPACED else " "
    return joint.join(joined(spelt(part, way, draws), name) for part in words)


def _place(draws: Draws, person: TruePerson, habit: Habit, record: dict[str, str]) -> None:
    words = draws.chance(habit.in_words)
    village = person.living if draws.chance(rates.PLACE_OF_LIVING) else person.home
    if village is None:
        if words:
            record["place_text"] = person.town
        return
    level = draws.of(habit.codes)
    for coarser in LEVELS[LEVELS.index(level) :] if level else ():
        column = f"{coarser}_code"
        record[column] = village.code if coarser == "village" else getattr(village, column)
    if words:
        record["place_text"] = in_words(draws, village, khmer=habit.khmer_words)
