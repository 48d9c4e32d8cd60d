"""Lists of indicators: whom each is for, and that nobody is called verifier who is not named."""

from datetime import date

import pytest

from mekhala.core.reasoning.profiles import ForWhom, Profile, read_list, screening_lists

ROW = {"version": "X/1", "for": "any", "source": "A list", "basis": "Read", "verified": True}


def test_every_profile_has_a_list_in_order():
    assert list(screening_lists()) == list(Profile)


def test_the_name_of_a_profile_says_whom_its_list_is_for():
    for profile, each in screening_lists().items():
        age = profile.partition("_")[0]
        assert each.for_whom == (age if age in ("adult", "child") else ForWhom.ANY)


def test_a_list_for_anybody_fits_everybody():
    fit = {p: each.fits(treated_as_child=True) for p, each in screening_lists().items()}
    assert [p for p, fits in fit.items() if fits] == [
        Profile.CHILD_LABOUR, Profile.CHILD_SEXUAL, Profile.FORCED_CRIMINALITY,
    ]  # fmt: skip


@pytest.mark.parametrize("missing", ["verified_by", "verified_on"])
def test_a_list_is_not_verified_by_nobody_or_on_no_day(missing):
    whole = {**ROW, "verified_by": "A named expert", "verified_on": date(2026, 11, 1)}
    assert read_list(Profile.ADULT_LABOUR, whole).verified
    with pytest.raises(ValueError, match="adult_labour: verified needs"):
        read_list(Profile.ADULT_LABOUR, {k: v for k, v in whole.items() if k != missing})
