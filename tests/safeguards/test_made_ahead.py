"""Data keys made ahead for filled forms: each given out once, none kept for long."""

import pytest

from mekhala.core.check_digit import new_number
from mekhala.safeguards.identity import datakeys, stock
from mekhala.safeguards.identity.errors import NameNotShown
from mekhala.safeguards.identity.models import DataKey
from mekhala.safeguards.keys.errors import KeyServiceDown
from mekhala.safeguards.keys.service import BOXED
from tests.builders import officer


def number():
    return new_number("SB")


@pytest.fixture(autouse=True)
def nothing_made_yet(db, acting):
    stock.clear()
    acting(officer())
    yield
    stock.clear()


def test_one_asking_serves_many_and_no_key_is_given_out_twice(monkeypatch):
    asked, ask = [], datakeys.ask
    monkeypatch.setattr(datakeys, "ask", lambda *how, **more: asked.append(1) or ask(*how, **more))
    people = [stock.new_person(number) for _ in range(stock.AHEAD)]
    assert (len(set(people)), len(asked)) == (stock.AHEAD, 1)


def test_each_is_bound_to_its_own_person():
    stock._made_ahead(number)
    key, row = stock._taken()
    opened = datakeys.unwrapped([row], actor="system", purpose="answers")
    assert opened == {row.number: key}
    row.subject = number()
    with pytest.raises(NameNotShown):
        datakeys.unwrapped([row], actor="system", purpose="answers")


def test_what_was_made_long_ago_is_thrown_away(monkeypatch):
    stock.new_person(number)
    monkeypatch.setattr(stock, "SECONDS", -1.0)
    assert stock._taken() is None
    assert not stock._stock


def test_while_the_key_service_is_down_nothing_is_made_ahead(monkeypatch):
    stock.new_person(number)
    stock.clear()

    def down(*_how, **_more):
        raise KeyServiceDown

    monkeypatch.setattr(datakeys, "ask", down)
    made = stock._made_ahead(number)
    assert made[1].form == BOXED
    assert not stock._stock
    assert DataKey.objects.filter(subject=made[1].subject).count() == 0  # kept by who takes it
