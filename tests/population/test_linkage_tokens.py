"""Lists of agencies' own tokens take part in runs: linked, joined and settled without a name."""

import io

import pytest
from django.utils import timezone

from mekhala.core.matching.encoding.parameters import HARDENED
from mekhala.core.matching.encoding.project_key import ProjectKey
from mekhala.core.matching.encoding.token_file import header, write_tokens
from mekhala.core.matching.encoding.token_rows import token_records
from mekhala.core.matching.encoding.vectors import Encoder
from mekhala.core.matching.records import COLUMNS
from mekhala.core.wrong_input import WrongInput
from mekhala.population.linkage import importing
from mekhala.population.linkage.importing import Said
from mekhala.population.linkage.models import LinkedPair
from mekhala.population.linkage.runs import asking, errors, settling, working
from mekhala.population.linkage.runs import reviewing as acts
from mekhala.safeguards.access.acting import acting_for
from tests.builders_lists import sealed_list
from tests.builders_population import statistician

NAMES = ("Sok Dara", "Chan Bopha", "Keo Vannak", "Heng Rithy", "Ly Sophea", "Mao Kosal",
         "Nop Malis", "Pich Davy", "Ros Theary", "Sam Nary")  # fmt: skip


@pytest.fixture
def by(db):
    return statistician()


def key(secret=b"\x07"):
    return ProjectKey(bytes(range(31)) + secret)


def tokens(source, numbers, made_with):
    """Return the file an agency makes of its people, at home."""
    people = [
        dict.fromkeys(COLUMNS, "") | {
            "record_id": f"{source}-{n}", "source": source, "full_name": NAMES[n], "sex": "f",
            "birth_date": f"{1980 + n}-0{n % 9 + 1}-11", "province_code": f"{n + 1:02d}",
        }
        for n in numbers
    ]  # fmt: skip
    made = Encoder(made_with).tokens(people)
    return write_tokens(made, header(made_with, HARDENED))


def taken(text, source, by):
    raw = io.BytesIO(text.encode())
    made_by, rows = token_records(raw, f"{source}.tokens", source)
    return importing.take_tokens(
        rows, f"digest of {source}", made_by, source, Said(), by=by, clock=timezone.now
    )


def asked(lists, by):
    with acting_for(by.pk):
        return asking.ask_run([one.pk for one in lists], by=by, at=timezone.now())


def test_tokens_of_two_agencies_are_linked_and_settled_and_nobody_reads_them(by):
    of = {"shelters": range(7), "hotline": range(3, 10)}
    lists = [taken(tokens(name, of[name], key()), name, by) for name in of]
    run = working.run_now(asked(lists, by), at=timezone.now())
    assert (run.state, run.figures["records"], run.figures["to_review"]) == ("review", 14, 0)
    with acting_for(by.pk):
        assert LinkedPair.objects.filter(run=run, probability__gte=0.95).count() == 4
        acts.close_review(run, by=by, at=timezone.now())
        done = settling.settle_now(run, at=timezone.now())
    assert sorted(done.settlement.table.rows) == [[0, 1, 3], [1, 0, 3], [1, 1, 4]]
    kept = str(run.figures) + run.model + str(done.settlement.table.rows)
    assert not [word for name in NAMES for word in name.split() if word in kept]


def test_tokens_beside_records_are_refused_in_words(by):
    with acting_for(by.pk):
        clear = sealed_list([{"record_id": "1", "source": "police"}], source="police")
    lists = [clear, taken(tokens("shelters", range(2), key()), "shelters", by)]
    with pytest.raises(errors.RecordsBesideTokens):
        asked(lists, by)


def test_tokens_of_two_keys_are_refused(by):
    keys = {"shelters": key(b"\x07"), "hotline": key(b"\x08")}
    lists = [taken(tokens(name, range(2), keys[name]), name, by) for name in keys]
    with pytest.raises(WrongInput, match="another key"):
        asked(lists, by)


def test_tokens_of_another_length_are_refused_before_a_row_is_kept(by):
    whole = tokens("shelters", range(2), key()).rstrip("\n")
    text = whole[:-2] + "\n"
    _made_by, found = token_records(io.BytesIO(text.encode()), "x.tokens", "shelters")
    with pytest.raises(WrongInput, match="digits long"):
        list(found)
