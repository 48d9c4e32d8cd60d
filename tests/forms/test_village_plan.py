"""The village migration plan: for the person, by the person's choice, to be taken out again."""


def test_without_a_yes_nothing_is_asked(answered):
    told = answered("village_migration_plan", [
        {"agrees_to_entry": "no"}, {"agrees_to_entry": "not_said"}, {},
    ])  # fmt: skip

    assert [one["asked"] for one in told] == [["agrees_to_entry"]] * 3


def test_who_wants_no_sign_of_life_is_not_looked_for(answered):
    yes = {"agrees_to_entry": "yes"}
    told = answered("village_migration_plan", [
        yes | {"signs_of_life/sign_every": every} for every in ("never", "month")
    ])  # fmt: skip

    assert ["signs_of_life/if_silent" in one["asked"] for one in told] == [False, True]


def test_a_return_is_asked_about_only_when_the_person_is_back(answered):
    yes = {"agrees_to_entry": "yes"}
    told = answered("village_migration_plan", [
        yes | {"plan/entry": entry} for entry in ("plan", "back")
    ])  # fmt: skip

    assert ["return/as_promised" in one["asked"] for one in told] == [False, True]
