"""Files of tokens: whole, nameless, and never compared with unlike ones."""

import json
import random

import numpy as np
import pytest

from mekhala.core.matching.encoding.parameters import HARDENED, Parameters
from mekhala.core.matching.encoding.project_key import ProjectKey
from mekhala.core.matching.encoding.token_file import (
    TokenFile,
    check_nameless,
    header,
    is_token_file,
    joined,
    read_tokens,
    write_tokens,
)  # fmt: skip
from mekhala.core.matching.encoding.vectors import Encoder
from mekhala.core.matching.records import COLUMNS
from mekhala.core.wrong_input import WrongInput

KEY = ProjectKey(random.Random(1).randbytes(32))


def record(number, **written):
    return {**dict.fromkeys(COLUMNS, ""), "record_id": number, "source": "police", **written}


RECORDS = [
    record("7", full_name="Sok Dara", birth_year="1991", national_id="010203405"),
    record("8", full_name="Nobody Knows"),
]


def encoded(records=RECORDS, parameters=HARDENED, key=KEY):
    tokens = Encoder(key, parameters).tokens(records)
    return TokenFile(made_by=header(key, parameters), tokens=tokens)


def text_of(file):
    return write_tokens(file.tokens, file.made_by)


def test_a_file_is_read_as_it_was_written():
    file = encoded()
    again = read_tokens(text_of(file), "t.csv")

    assert again.made_by == file.made_by
    assert again.tokens.records == (("police", "7"), ("police", "8"))
    assert write_tokens(again.tokens, again.made_by) == text_of(file)


def test_a_record_without_a_token_is_in_the_file_all_the_same():
    assert "8,police,,\n" in text_of(encoded())
    assert read_tokens(text_of(encoded()), "t.csv").tokens.without == 1


def test_no_name_number_or_key_is_in_the_file():
    text = text_of(encoded()).lower()

    for secret in ("sok", "dara", "nobody", "010203405", "1991", KEY.secret.hex()):
        assert secret not in text


def test_the_header_tells_every_parameter():
    told = json.loads(text_of(encoded()).splitlines()[0].removeprefix("# mekhala tokens "))

    assert told == {"key": KEY.fingerprint, **HARDENED.told()}
    assert is_token_file(text_of(encoded()))
    assert not is_token_file("record_id,source\n")


@pytest.mark.parametrize(
    ("parameters", "what"),
    [(Parameters(length=512), "length"), (Parameters(mixed=2), "mixed"),
     (Parameters(flipped=9), "flipped"), (Parameters(salted=False), "salted")],
)  # fmt: skip
def test_files_of_unlike_parameters_are_refused_in_one_sentence(parameters, what):
    other = encoded([record("9", full_name="Chan Vanna", birth_year="1990")], parameters)

    with pytest.raises(WrongInput, match=f"b.csv: row 1: was made with another {what} than a.csv"):
        joined([("a.csv", encoded()), ("b.csv", other)])


def test_files_of_two_keys_are_refused():
    other = encoded([record("9")], key=ProjectKey(random.Random(2).randbytes(32)))

    with pytest.raises(WrongInput, match="another key than"):
        joined([("a.csv", encoded()), ("b.csv", other)])


def test_a_record_in_two_files_is_refused():
    with pytest.raises(WrongInput, match="record '7' of police is in"):
        joined([("a.csv", encoded()), ("b.csv", encoded())])


def test_files_are_joined_record_by_record():
    other = encoded([record("9", national_id="010203405")])
    both = joined([("a.csv", encoded()), ("b.csv", other)])

    assert [number for _, number in both.records] == ["7", "8", "9"]
    assert len(both.bits) == len(both.owner) == len(both.block)
    assert both.owner.max() == 2
    assert np.count_nonzero(both.exact) == 2


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda t: t.split("\n", 1)[1], "tells no parameters"),
        (lambda t: t.replace('"length": 1024', '"length": 1000'), "tells no parameters"),
        (lambda t: t.replace('"length": 1024', '"length": "1024"'), "tells no parameters"),
        (lambda t: t.replace('{"key"', '{key"', 1), "tells no parameters"),
        (lambda t: t.replace("record_id,source", "id,source"), "has no column record_id"),
        (lambda t: t[:-40] + "\n", "row \\d+, column bits"),
        (lambda t: t.replace("7,police,", "7,police,zz", 1), "column block"),
        (lambda t: t.replace("7,police,", "7,,", 1), "column source: is empty"),
        (lambda t: "\n".join(t.splitlines()[:2]), "holds no tokens"),
    ],
)
def test_a_file_that_was_changed_is_refused_in_one_sentence(change, why):
    text = text_of(encoded([RECORDS[0]]))

    with pytest.raises(WrongInput, match=why) as refused:
        read_tokens(change(text), "t.csv")
    assert str(refused.value).startswith("t.csv: ")
    assert "\n" not in str(refused.value)


def test_an_identity_that_holds_a_word_of_the_name_is_refused_without_saying_it():
    with pytest.raises(WrongInput, match="row 3, column record_id") as refused:
        check_nameless([record("1", full_name="Sok Dara"), record("dara-2", full_name="Sok Dara")],
                       "r.csv")  # fmt: skip
    assert "dara" not in str(refused.value).lower()
    check_nameless([record("police-3", full_name="Pol Li")], "r.csv")
