"""A number copied wrongly is noticed."""

from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.check_digit import ALPHABET, is_right, new_number, tidy

signs = st.text(ALPHABET, min_size=1, max_size=1)


def number_from(seed):
    import random

    return new_number("MK", random.Random(seed).randrange)


@given(st.integers(), st.integers(0, 7), signs)
def test_one_wrong_sign_is_always_noticed(seed, place, sign):
    body = number_from(seed)[3:].replace("-", "")
    changed = body[:place] + sign + body[place + 1 :]
    assert is_right(f"MK-{changed}", "MK") == (changed == body)


@given(st.integers(), st.integers(0, 7), st.integers(0, 7))
def test_two_swapped_signs_are_always_noticed(seed, a, b):
    body = list(number_from(seed)[3:].replace("-", ""))
    swapped = body.copy()
    swapped[a], swapped[b] = swapped[b], swapped[a]
    assert is_right("MK" + "".join(swapped), "MK") == (swapped == body)


@given(st.integers())
def test_spaces_case_and_dashes_do_not_matter(seed):
    number = number_from(seed)
    assert tidy(number.lower().replace("-", " "), "MK") == number
    assert is_right(number, "MK")


def test_refuses_another_prefix_and_strange_signs():
    assert not is_right("RG-0000-0000", "MK")
    assert not is_right("MK-IIII-IIII", "MK")
