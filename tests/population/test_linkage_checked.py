"""A drawn sample tells how right a run is: read blind, and seen by nobody before the end."""

from types import SimpleNamespace

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from mekhala.core.estimation.link_records import read_links
from mekhala.core.matching.judged import Names
from mekhala.core.matching.review_file import read_checked, text_of
from mekhala.core.matching.review_rates import rates
from mekhala.core.wrong_input import WrongInput
from mekhala.population.linkage.models import (
    LinkageRun,
    LinkedPair,
    ReviewPair,
    RunState,
    SampledPair,
)
from mekhala.population.linkage.runs import asking, queries, sampling, settling, working
from mekhala.population.linkage.runs import reviewing as acts
from mekhala.safeguards.access.acting import acting_for
from tests.builders_linkage_runs import reviewers
from tests.builders_lists import sealed_list
from tests.builders_population import statistician

FAMILIES = ("Sok", "Chan", "Keo", "Heng", "Ly", "Mao", "Nop", "Pich", "Ros", "Sam")
GIVEN = ("Dara", "Bopha", "Vannak", "Rithy", "Sophea", "Kosal", "Malis", "Davy", "Theary", "Nary")


def person(n, source):
    """Return person n as one list has her; every tenth differs from list to list."""
    odd = n % 10 == 0 and source == "shelter"
    return {
        "record_id": f"{source}-{n}", "source": source, "sex": "f" if n % 3 else "m",
        "full_name": f"{FAMILIES[n % 10]} {GIVEN[(n // 10 + 5 * odd) % 10]}",
        "birth_date": f"{1970 + n % 37}-{n % 12 + 1:02d}-{n % 27 + 1:02d}",
        "province_code": f"{n % 25 + 1:02d}", "event_date": "2024-03-01",
    }  # fmt: skip


@pytest.fixture(scope="module")
def drawn():
    """The pairs a linker would tell of two lists of 100 people, without waiting for it."""
    return [(n, 100 + n, 0.7 if n % 10 == 0 else 0.999) for n in range(90)]


@pytest.fixture
def run(db, drawn, monkeypatch):
    by = statistician()
    with acting_for(by.pk):
        lists = [sealed_list([person(n, s) for n in range(100)], source=s)
                 for s in ("police", "shelter")]  # fmt: skip
        asked = asking.ask_run([one.pk for one in lists], sample=200, by=by, at=timezone.now())
    monkeypatch.setattr("mekhala.population.linkage.runs.linking._linked", _told(drawn))
    return working.run_now(asked, at=timezone.now())


def _told(drawn):
    """Stand where the linker is called, with the answer it gives of these lists."""
    from mekhala.core.matching.exact_keys import Cluster
    from mekhala.core.matching.linker.model import default_model

    def linked(_run, _spool, records, _given, _tell):
        numbers = [record["record_id"] for record in records]
        together = {b: a for a, b, chance in drawn if chance > 0.95}
        groups = {n: [n] for n in range(200) if n not in together}
        for b, a in together.items():
            groups[a].append(b)
        people = tuple(
            Cluster(person_id=str(at), records=_of(of, numbers))
            for at, of in enumerate(groups.values())
        )
        return SimpleNamespace(pairs=drawn, people=people, model=default_model(), unlinkable=0)

    return linked


def _of(places, numbers):
    return tuple(("police" if n < 100 else "shelter", numbers[n]) for n in places)


def read_through(run, *, wrong=()):
    """Settle every pair as two readers would: the n-th rows are one person, but for ``wrong``."""
    apart = ", ".join(map(str, [0, *wrong]))
    statement = f"""update linkage_reviewpair p set state = 'settled', outcome = case when
        l.row = r.row and l.agency_list_id <> r.agency_list_id and l.row not in ({apart})
        then 'same' else 'different' end
      from linkage_linkedpair k join linkage_listrecord l on l.id = k."left"
      join linkage_listrecord r on r.id = k."right" where k.id = p.pair_id
      and p.run_id = {run.pk}"""
    with connection.cursor() as cursor:
        cursor.execute("select tests.as_owner(%s)", [statement])


def settled(run):
    with acting_for(run.asked_by_id):
        acts.close_review(run, by=run.asked_by, at=timezone.now())
        return settling.settle_now(run, at=timezone.now())


def test_what_two_readers_say_of_the_sample_tells_how_right_the_linker_was(run, client):
    read_through(run, wrong={3, 4, 5})
    done = settled(run)
    told = done.settlement.checked["rates"]
    # 81 links, of which persons on rows 3 to 5 are not one; 9 uncertain pairs all are one person.
    assert told["links"] == 81
    assert told["precision"]["low"] <= 78 / 81 <= told["precision"]["high"]
    assert told["missed_told"] == 9  # every uncertain pair is read, so this is no estimate
    assert told["recall"]["low"] <= 78 / 97 <= told["recall"]["high"]
    groups = done.settlement.checked["quality"]["groups"]
    assert {"female", "male"} <= {one["group"] for one in groups if one["of"] == "sex"}
    client.force_login(run.asked_by)
    page = client.get(f"/linkage/runs/{run.pk}/").text
    assert "Whether the probabilities hold" in page
    assert "groups are not shown; of them nothing is known" in page


def test_the_sample_goes_on_to_estimates_with_the_links(run):
    read_through(run)
    done = settled(run)
    with acting_for(run.asked_by_id):
        rows = list(settling.settled(done))
        pairs = list(settling.links_of(done))
        checked = text_of(sampling.checked_of(done, settling.judged(done)))
    people = "record_id,source,person_id\n" + "".join(f"{r},{s},{p}\n" for r, s, p in rows)
    told = "left,right,probability\n" + "".join(f"{a},{b},{c}\n" for a, b, c in pairs)
    links = read_links(people, told)
    names = Names.of([{"record_id": str(r), "source": s} for r, s, _p in rows])
    found = rates(read_checked(checked, names))
    review = found.review({tuple(pair): chance for pair, chance in
                           zip(links.pairs.tolist(), links.probability, strict=True)})  # fmt: skip
    assert len(pairs) == 90  # what was drawn beside them is no link
    assert review.false_links <= 1
    assert review.missed > 0  # ten people the linker never told


def test_nobody_sees_before_the_end_what_was_drawn_nor_changes_it(run, acting):
    acting(run.asked_by)
    assert run.figures["drawn"] > 90
    assert not SampledPair.objects.exists()
    assert not ReviewPair.objects.exists()
    read_through(run)
    settled(run)
    acting(run.asked_by)
    assert SampledPair.objects.count() == run.figures["drawn"]
    for statement in (
        "update linkage_sampledpair set weight = 1",
        "delete from linkage_sampledpair",
        "update linkage_linkagerun set sample = 0",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_drawn_pairs_lie_among_the_uncertain_ones_and_look_like_them(run, acting):
    (reader,) = reviewers(run, 1)
    acting(run.asked_by)
    beside = LinkedPair.objects.filter(run=run, probability=0)
    assert beside.count() > 20
    assert not beside.filter(levels=[]).exists()
    with acting_for(reader.pk):
        found = queries.next_pair(run)
    assert (
        found.pairs
        == run.figures["to_review"]
        > LinkedPair.objects.filter(is_uncertain=True).count()
    )


def test_what_people_say_of_a_drawn_pair_counts_for_the_people_too(run):
    read_through(run, wrong={3})
    done = settled(run)
    assert done.settlement.reviewed["different"] >= 1
    assert done.state == RunState.SETTLED


def test_a_sample_nobody_answered_says_that_it_cannot_be_told(run):
    reviewers(run)
    with acting_for(run.asked_by_id):
        acts.close_review(run, leave_rest=True, by=run.asked_by, at=timezone.now())
        done = settling.settle_now(run, at=timezone.now())
    assert done.settlement.checked == {"why": "no_answer"}


@pytest.mark.parametrize("sample", [1, 139, 5001, -5])
def test_a_sample_too_small_or_too_large_is_refused_by_its_name(db, sample):
    by = statistician()
    with acting_for(by.pk):
        lists = [sealed_list([person(1, s)], source=s) for s in ("police", "shelter")]
        with pytest.raises(WrongInput, match="sample"):
            asking.ask_run([one.pk for one in lists], sample=sample, by=by, at=timezone.now())
    assert not LinkageRun.objects.exists()
