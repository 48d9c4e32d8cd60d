"""The race for the last place: it notices a hold that nobody frees, and always comes to an end."""

import threading

from benchmarks import race_for_a_place, sittings
from mekhala.pathway.directory import services


def test_a_round_that_begins_with_a_hold_that_is_over_has_one_winner(transactional_db):
    winners, errors = race_for_a_place.ends(2)
    assert (dict(winners), errors) == ({(False, 1): 1, (True, 1): 1}, [])


def test_a_race_goes_on_where_its_last_sitting_ended_and_anew_on_other_code(
    transactional_db, tmp_path, monkeypatch
):
    keep = str(tmp_path / "rounds.json")
    race_for_a_place.ends(2, keep=keep)
    raced = []
    monkeypatch.setattr(
        race_for_a_place.Race, "run", lambda _race, *, over: raced.append(over) or 1
    )
    winners, _errors = race_for_a_place.ends(4, keep=keep)
    assert (dict(winners), raced) == ({(False, 1): 2, (True, 1): 2}, [False, True])
    monkeypatch.setattr(sittings, "code", lambda: "other")
    assert not sittings.before(keep, race_for_a_place.PROOF)


def test_a_place_that_nobody_frees_is_a_round_without_winner_and_the_last(
    transactional_db, monkeypatch
):
    monkeypatch.setattr(services, "free_what_is_over", lambda _service, *, at: 0)
    before = threading.active_count()
    winners, errors = race_for_a_place.ends(4)
    assert (dict(winners), errors) == ({(False, 1): 1, (True, 0): 1}, [])
    assert threading.active_count() == before
