"""The sound-alike key: common to the scripts and the usual spellings."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.names.normal import UNKNOWN
from mekhala.core.names.parts import KIN, TITLES
from mekhala.core.names.sound_key import keys_of_name, romanised
from mekhala.core.names.sounds import MOST_KEYS

ONSETS = ["k", "kh", "ch", "chh", "t", "th", "p", "ph", "s", "m", "n", "v", "l", "r", "b", "d",
          "h", "y", "ng"]  # fmt: skip
NUCLEI = ["a", "ea", "o", "ou", "i", "ai", "oeu", "uo"]
FINALS = ["", "n", "m", "ng", "k", "t", "p", "l"]
NO_NAMES = UNKNOWN | TITLES | KIN  # "na" and "nil" are blanks, "bong" is a title
SYLLABLE = st.tuples(*(st.sampled_from(part) for part in (ONSETS, NUCLEI, FINALS))).map("".join)
NAME = st.lists(SYLLABLE, min_size=1, max_size=3).map("".join).filter(lambda n: n not in NO_NAMES)
VARIANTS = [  # one way a clerk may write otherwise
    ("^k(?!h)", "kh"), ("^p(?!h)", "ph"), ("^t(?!h)", "th"), ("^ch(?!h)", "chh"), ("ou", "oo"),
    ("(?<=[aeiou])n(?=[aeiou]|$)", "nn"), ("(?<=[aeiou])l(?=[aeiou]|$)", "ll"),
    ("(?<![aeiou])i$", "y"), ("(?<![aeiou])i$", "ee"), ("^v", "w"), ("a$", "ah"),
    ("(?<=[^aeiou])o(?=n$|k$|ng$)", "u"),
    ("uo", "ou"), ("(?<=[^aeiou])ea(?=[^aeioun]|$)", "a"), ("ai(?=[^aeioung]|$)", "ay"),
]  # fmt: skip


def alike(one, other):
    return bool(set(keys_of_name(one)) & set(keys_of_name(other)))


@pytest.mark.parametrize(
    ("khmer", "latin"),
    [
        ("ស្រីពៅ", "Sreypov Sreypeov"),
        ("ចន្ទ", "Chan Chann Chorn Chanth"),
        ("រស្មី", "Reaksmey Rasmei"),
        ("មករា", "Makara Makra"),
        ("វិចិត្រ", "Vichet Vichit Vichetr"),
        ("វណ្ណៈ", "Vannak Vanak Vanna"),
        ("សិទ្ធិ", "Sith Sitthi"),
        ("ខៀវ", "Khiev Khieu Kheav"),
        ("តាំង", "Taing Tang"),
        ("អៀម", "Eam Iem"),
        ("ហ្វុង", "Fong Phung"),
        ("គង់", "Kong Korng"),
        ("ឧត្តម", "Oudom Odom Udom"),
        ("តាំងឡេង", "Taingleng Tangleng"),  # nasal and ng are one
        ("ពេជ្រមុនី", "Pichmony Pechmony"),  # what is below the end of a syllable is silent
        ("ខ្នុរដា", "Khnorda"),  # as is a ro that ends it
        ("ជ័យលាភ", "Cheyleap Chayleap"),
    ],
)
def test_usual_spellings_of_a_khmer_name_share_its_key(khmer, latin):
    assert all(alike(khmer, spelling) for spelling in latin.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [("Dara", "Dary"), ("Sokha", "Sokhom"), ("Sophea", "Sopheap"), ("Sarin", "Saroeun"),
     ("Seng", "Sen"), ("Chan", "Chun"), ("Mom", "Mao"), ("ដារា", "តារា"), ("Pich", "Pit")],
)  # fmt: skip
def test_names_a_listener_tells_apart_share_no_key(one, other):
    assert not alike(one, other)


@pytest.mark.parametrize(
    ("thai", "latin"),
    [("พงศกร", "Phongsakon"), ("กิตติ", "Kitti"), ("สุภาพ", "Supap"), ("แก้ว", "Kaew"),
     ("ศรีสุข", "Sisuk"), ("เพชร", "Phet"), ("เกียรติ", "Kiat"), ("พล", "Pol")],
)  # fmt: skip
def test_thai_names_are_heard_as_the_royal_institute_writes_them(thai, latin):
    assert alike(thai, latin)


@pytest.mark.parametrize(("toned", "plain"), [("Đặng", "Dang"), ("Huỳnh", "Huynh"), ("Lê", "Le")])
def test_tones_do_not_change_the_key(toned, plain):
    assert keys_of_name(toned) == keys_of_name(plain)


@given(NAME, st.sampled_from(VARIANTS))
def test_the_listed_ways_of_writing_otherwise_keep_a_key(name, variant):
    pattern, instead = variant

    assert alike(name, re.sub(pattern, instead, name, count=1))


@given(NAME, NAME)
def test_a_space_never_changes_the_key(first, second):
    assert alike(f"{first} {second}", f"{first}{second}")


@given(NAME, st.integers(0, 5))
def test_a_doubled_consonant_never_changes_the_key(name, place):
    consonants = [found.start() for found in re.finditer("[nmlst](?=[aeiou])", name)]
    if consonants:
        at = consonants[place % len(consonants)]
        assert alike(name, name[:at] + name[at] + name[at:])


@given(st.text(max_size=40))
def test_no_text_makes_it_fail_and_keys_are_few(text):
    keys = keys_of_name(text)

    assert len(keys) <= 3 * MOST_KEYS
    assert all(re.fullmatch("[A-Za-z]+", key) for key in keys)


@pytest.mark.parametrize("text", ["", "unknown", "123", "-", "មិនស្គាល់", "\u17d2" * 9])
def test_what_is_no_name_has_no_key(text):
    assert keys_of_name(text) == ()


@pytest.mark.parametrize("letter", ["ក", "a", "ក្រ", "ก", "ar", "a b "])
def test_a_name_of_ten_thousand_characters_is_read_and_not_waited_for(letter):
    assert len(keys_of_name(letter * (10_000 // len(letter)))) <= 3 * MOST_KEYS


def test_other_scripts_are_written_in_latin_letters():
    assert romanised("កែវ សុភាព") == "kev sopheap"
    assert romanised("สมชาย") == "somchai"
    assert romanised("Trần Đức") == "tran duc"
