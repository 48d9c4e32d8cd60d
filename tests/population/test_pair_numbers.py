"""An agency that keeps even its tokens compares at home, and a run takes its pair numbers."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone

from mekhala.cli import main
from mekhala.core.matching.encoding.pair_numbers import pair_records
from mekhala.core.wrong_input import WrongInput
from mekhala.population.linkage import importing
from mekhala.population.linkage.importing import Said
from mekhala.population.linkage.models import LinkedPair
from mekhala.population.linkage.runs import errors, settling, working
from mekhala.population.linkage.runs import reviewing as acts
from mekhala.safeguards.access.acting import acting_for
from tests.builders_lists import surveyed
from tests.builders_population import statistician
from tests.population.test_linkage_tokens import NAMES, asked, key, taken, tokens

OF = {"hotline": range(2, 8), "police": range(5, 10), "shelters": range(7)}


@pytest.fixture
def by(db):
    return statistician()


def handed_on(tmp_path, of=OF):
    """What shelters hand on after comparing at home: the path of their pair numbers."""
    files = []
    for name, numbers in of.items():
        files.append(tmp_path / f"{name}.tokens")
        files[-1].write_text(tokens(name, numbers, key()))
    out = tmp_path / "linked"
    paths = [str(path) for path in files]
    assert main(["link", *paths, "--out", str(out), "--numbers-of", "shelters"]) == 0
    return out / "pair_numbers.csv"


def pairs_taken(text, by, source="shelters"):
    said, rows = pair_records(io.BytesIO(text.encode()), "pair_numbers.csv", source)
    return importing.take_pairs(
        rows, f"digest of pairs of {source}", said, source, Said(), by=by, clock=timezone.now
    )


def in_clear(rows, source, by):
    text = f"record_id,source,full_name\n{rows}"
    return importing.take_file(surveyed(text), source, Said(), by=by, clock=timezone.now)


def linked(lists, by):
    run = working.run_now(asked(lists, by), at=timezone.now())
    with acting_for(by.pk):
        acts.close_review(run, leave_rest=True, by=by, at=timezone.now())
        return settling.settle_now(run, at=timezone.now())


def test_what_is_handed_on_says_no_name_no_token_and_no_own_id(tmp_path):
    path = handed_on(tmp_path)
    text, at_home = path.read_text(), (path.parent / "own_numbers.csv").read_text()
    assert "shelters-" not in text
    assert "shelters-3" in at_home
    assert not [word for name in NAMES for word in name.split() if word in text]
    assert max(map(len, text.split("\n", 1)[1].split(","))) < 40  # no vector of bits


def test_a_run_of_pair_numbers_counts_the_same_people_as_one_of_tokens(by, tmp_path):
    whole = [taken(tokens(name, of, key()), name, by) for name, of in OF.items()]
    told = linked(whole, by).settlement
    few = [*whole[:2], pairs_taken(handed_on(tmp_path).read_text(), by, "shelters")]
    run = linked(few, by)
    assert run.settlement.table.rows == told.table.rows
    assert (run.figures["pairs_at_home"], run.figures["pairs_elsewhere"]) == (7, 0)


def test_pair_numbers_stand_beside_records_in_clear_and_nobody_reviews_them(by, tmp_path):
    text = handed_on(tmp_path, {"hotline": range(2, 8), "shelters": range(7)}).read_text()
    doubtful = text.replace(text.rstrip().rsplit(",", 1)[1], "0.71")
    people = "".join(f"hotline-{n},hotline,{NAMES[n]}\n" for n in OF["hotline"])
    clear, other = in_clear(people, "hotline", by), in_clear("1,survey,Ek Sovann\n", "survey", by)
    with pytest.raises(WrongInput, match="0 of the 1 records of survey"):
        asked([clear, other, pairs := pairs_taken(doubtful, by)], by)
    run = working.run_now(asked([clear, pairs], by), at=timezone.now())
    with acting_for(by.pk):
        assert LinkedPair.objects.filter(run=run, is_uncertain=True).exists()
    assert run.figures["to_review"] == 0


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ('"records": 7', '"records": 0', "row 1: does not say what was compared"),
        ('"source": "shelters"', '"source": "police"', "row 1"),
        ("number,source,record", "number,source,name", "row 2: is not number"),
        (",hotline,hotline-", ",embassy,hotline-", "row 3, column source"),
        ("\n", "\n99,hotline,hotline-3,0.9\n", "row"),
        ("number,source,record,probability\n", "number,source,record,probability\n1,shelters,1,1\n",
         "smaller number first"),
        ("number,source,record,probability\n", "number,source,record,probability\n1,hotline,a,2\n",
         "row 3, column probability"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_whole_is_refused_before_a_row_is_kept(tmp_path, was, now, says):
    text = handed_on(tmp_path).read_text().replace(was, now, 1)
    with pytest.raises(WrongInput, match=says):
        pair_records(io.BytesIO(text.encode()), "pair_numbers.csv", "shelters")


def test_pairs_of_other_files_and_pair_numbers_alone_are_refused_in_words(by, tmp_path):
    text = handed_on(tmp_path).read_text()
    pairs = pairs_taken(text.replace("hotline-", "other-").replace("police-", "other-"), by)
    with pytest.raises(errors.PairNumbersAlone):
        asked([pairs], by)
    others = [taken(tokens(name, OF[name], key()), name, by) for name in ("hotline", "police")]
    run = working.run_now(asked([*others, pairs], by), at=timezone.now())
    assert (run.state, run.because) == ("refused", str(errors.NothingPlaced()))


def test_the_page_takes_pair_numbers_and_says_what_they_mean(by, client, tmp_path):
    client.force_login(by)
    with handed_on(tmp_path).open("rb") as file:
        sent = client.post(reverse("linkage:new_list"), {"source": "shelters", "file": file})
    page = client.get(sent.url).content.decode()
    assert "neither names nor tokens" in page
    assert "police: 5 records compared" in page
    offered = client.get(reverse("linking:new")).content.decode()
    assert "pair numbers only" in offered
