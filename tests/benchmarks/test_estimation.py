"""The measurements of estimates: invented worlds, wrong links, the proof, the peers."""

import numpy as np
import pytest

from benchmarks import rows
from benchmarks.estimation import beside, coverage_page, grid, judged, main, peers, recorded
from benchmarks.estimation.grid import FAST, Cell, full, small
from benchmarks.estimation.misses import RIGHT, Errors, linked
from benchmarks.estimation.run_grid import Results
from benchmarks.estimation.shown import shows
from benchmarks.estimation.tally import Tally
from benchmarks.estimation.trial import measured
from benchmarks.estimation.worlds import Kind, World, table_of
from mekhala.core.estimation.stepwise import stepwise
from mekhala.core.estimation.tables import write_overlaps


def world(kind=Kind.NONE, people=5_000, lists=3, share=0.4):
    return World(kind=kind, people=people, lists=lists, share=share)


def counted(many, lists):
    """How many people are on each list, and in all, of counts by bit mask."""
    return [sum(int(n) for w, n in enumerate(many) if w >> i & 1) for i in range(lists)]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("lists", [3, 6])
@pytest.mark.parametrize("share", [0.05, 0.4])
def test_a_world_shows_the_share_it_promises_and_its_chances_sum_to_one(kind, lists, share):
    chances = world(kind, lists=lists, share=share).chances()

    assert chances.min() >= 0
    assert chances.sum() == pytest.approx(1)
    assert chances[0] == pytest.approx(1 - share)


@pytest.mark.parametrize(
    ("kind", "odds"),
    [(Kind.NONE, 1), (Kind.POSITIVE, 4), (Kind.NEGATIVE, 1 / 4), (Kind.APART, 0)],
)
def test_the_pair_of_a_world_depends_as_its_name_says(kind, odds):
    none, only_a, only_b, both = world(kind, lists=4).chances().reshape(-1, 4).sum(axis=0)

    assert none * both / (only_a * only_b) == pytest.approx(odds)


def test_a_list_that_refers_sends_its_people_to_the_other():
    none, only_a, only_b, both = world(Kind.REFERS).chances().reshape(-1, 4).sum(axis=0)

    of_others = only_b / (none + only_b)
    assert both / (both + only_a) == pytest.approx(of_others + (1 - of_others) * 0.4)


def test_a_table_holds_everybody_met_and_nobody_else():
    counts = world(lists=4).draw(np.random.default_rng(1))

    table = table_of(counts)

    assert table.observed == 5_000 - counts[0]
    assert [table.on_all(i) for i in range(4)] == counted(counts, 4)


def test_a_missed_link_tells_one_person_as_two_and_moves_nobody_from_a_list():
    counts = world(lists=4).draw(np.random.default_rng(2))

    told = linked(counts, Errors(missed=0.1, false=0.0), np.random.default_rng(3))

    split = told[1:].sum() - counts[1:].sum()
    on_several = sum(int(n) for w, n in enumerate(counts) if w & (w - 1))
    assert split == pytest.approx(0.1 * on_several, abs=4 * np.sqrt(0.09 * on_several))
    assert counted(told, 4) == counted(counts, 4)


def test_a_false_link_tells_two_persons_as_one():
    counts = world(lists=4).draw(np.random.default_rng(4))

    told = linked(counts, Errors(missed=0.0, false=0.01), np.random.default_rng(5))

    joined = counts[1:].sum() - told[1:].sum()
    assert 5 <= joined <= 45  # 1 in 100 of some 2,000
    assert (told >= 0).all()
    assert (linked(counts, RIGHT, np.random.default_rng(6)) == counts).all()


def test_a_cell_gives_the_same_tally_for_the_same_seed_and_another_for_another():
    cell = Cell(world=world(), errors=RIGHT, tables=3, methods=("stepwise", "chao"))

    one, again, other = (measured(cell, seed=seed, bootstrap=60) for seed in (7, 7, 8))

    assert one == again
    assert one != other


def test_the_grid_has_every_size_number_of_lists_dependence_and_error_of_linkage():
    cells = full(10, 2)

    right = {(c.world.kind, c.world.people, c.world.lists) for c in cells if c.errors == RIGHT}
    assert len(right) == len(Kind) * 3 * 4
    assert {c.errors for c in cells} == {
        Errors(missed=m, false=f) for m in (0, 0.02, 0.05, 0.1) for f in (0, 0.01)
    }
    assert not any(c.holds(m) for c in cells for m in FAST if c.errors != RIGHT)


@pytest.fixture(scope="module")
def found():
    """A small run over all kinds of dependence: three lists, right and wrong links."""
    cells = small(15)
    tallies = [measured(cell, seed=1, bootstrap=150) for cell in cells]
    return Results(
        found=tuple(zip(cells, tallies, strict=True)), seed=1, bootstrap=150, seconds=0.0
    )


def test_intervals_hold_the_truth_where_the_assumption_does(found):
    assert len(judged.groups(found)) > 15
    assert not [coverage_page.in_words(group) for group in judged.groups(found) if group.is_off]


def test_where_the_assumption_fails_the_shortfall_is_printed(found):
    dependent = [c for c in found.cells() if c.world.kind is Kind.POSITIVE]
    alone = found.pooled("independence", dependent)

    assert alone.coverage < 0.1
    assert alone.bias < -0.2
    assert "| `independence` | positive pair | fails | 15 |" in coverage_page.tables(found)


def test_missed_links_make_the_number_too_high(found):
    wrong, right = (
        found.pooled("independence", [c for c in found.cells() if c.errors == errors
                                      and c.world.kind is Kind.NONE])
        for errors in (Errors(missed=0.1, false=0.0), RIGHT)
    )  # fmt: skip

    assert wrong.bias > right.bias + 0.05


def test_coverage_is_off_only_beyond_what_chance_explains():
    few = Tally(tables=20, held=17)
    many = Tally(tables=400, held=340)
    none = Tally(tables=50, refused=50)

    assert not few.clearly_off()
    assert many.clearly_off()
    assert not none.clearly_off()
    assert Tally(tables=400, held=400).clearly_off()
    assert not Tally(tables=400, held=400).clearly_off(only_below=True)


def test_a_single_interval_that_misses_proves_nothing_and_neither_do_137_that_hold():
    assert not Tally(tables=1, held=0).clearly_off()
    assert not Tally(tables=137, held=137).clearly_off()
    assert Tally(tables=149, held=127).clearly_off()


def test_a_dependence_too_weak_to_show_is_not_what_choosing_pairs_takes_for_granted():
    strong, weak = world(Kind.POSITIVE, lists=4), world(Kind.POSITIVE, lists=4, share=0.1)
    cells = [Cell(world=w, errors=RIGHT, tables=1, methods=FAST) for w in (strong, weak)]

    assert shows(strong) > 0.99
    assert 0.5 < shows(weak) < 0.9
    assert [c.holds("stepwise") for c in cells] == [True, False]
    assert [c.holds("decomposable") for c in cells] == [True, True]


def test_how_often_a_pair_shows_is_what_drawn_tables_show():
    weak = world(Kind.POSITIVE, lists=3, share=0.1)
    rng, chosen = np.random.default_rng(1), 0
    for _ in range(200):
        found = stepwise(table_of(weak.draw(rng)), bootstrap=0)
        chosen += ("A", "B") in found.pairs

    assert chosen / 200 == pytest.approx(shows(weak), abs=0.12)


def test_the_proof_tells_both_rows_and_fails_where_an_interval_is_too_narrow(
    monkeypatch, capsys, found
):
    from benchmarks.estimation import coverage

    narrow = Tally(tables=200, held=120)
    cell = Cell(world=world(), errors=RIGHT, tables=200, methods=("stepwise",))
    poor = Results(found=((cell, {"stepwise": narrow}),), seed=5, bootstrap=60, seconds=1.0)
    told = {}
    for name, results in (("good", found), ("poor", poor)):
        monkeypatch.setattr(coverage, "run", lambda *_, results=results, **__: results)
        told[name] = coverage.main(["--quick"])
    first = [rows.read(line) for line in capsys.readouterr().out.splitlines()]

    assert [row.proof for row in first] == [coverage.ID, coverage.GATE] * 2
    assert told == {"good": 0, "poor": 1}


def test_a_recorded_figure_is_called_recorded_and_its_ratio_not_of_one_run(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(peers, "has_package", lambda _package: False)
    quick = [peer for peer in peers.PEERS if peer.package != "LCMCR"]
    monkeypatch.setattr(peers, "PEERS", quick)
    path = tmp_path / "Artificial_3.csv"
    path.write_text(write_overlaps(table_of(world(people=400).draw(np.random.default_rng(1)))))

    worst = main([str(path)])

    told = capsys.readouterr().out.splitlines()
    body = [line for line in told if line.startswith("Artificial_3 |")]
    assert body
    assert all(line.split(" | ")[2] == "recorded" for line in body)
    assert all(line.endswith(("(not the same run)", "–")) for line in body)
    assert "not installed, shown as recorded on" in told[0]
    assert worst == 1  # an invented table does not give the recorded numbers


def test_recorded_figures_name_package_and_version():
    kept = recorded.on_record()

    assert kept["UKdat_5", "sparsemse-stepwise"].matches(11_312.99)
    assert not kept["UKdat_5", "sparsemse-stepwise"].matches(11_313.01)
    assert all(one.package and one.version and one.estimate for one in kept.values())
    assert {peer for _, peer in kept} <= {peer.name for peer in peers.PEERS}


def test_every_driver_is_there_and_asks_for_its_package_before_it_runs():
    for peer in peers.PEERS:
        said = (peers.DRIVERS / peer.driver).read_text()
        assert peer.package == "stats" or f'need("{peer.package}")' in said


@pytest.mark.parametrize("kind", [Kind.NONE, Kind.APART])
def test_base_r_gives_the_same_number_to_a_millionth(kind, tmp_path):
    if not peers.has_package("stats"):
        pytest.skip("R is not installed: apt-get install r-base-core")
    path = tmp_path / "invented.csv"
    path.write_text(write_overlaps(table_of(world(kind, lists=4).draw(np.random.default_rng(3)))))

    told = list(beside.compare(path, peers.PEERS[:2], {}))

    assert [(one.how, one.agrees) for one in told] == [("run", True), ("run", True)]


def test_a_measurement_without_a_table_says_how_it_is_asked(capsys):
    assert main([]) == 2
    assert "usage: ./run bench estimation" in capsys.readouterr().err


def test_every_method_of_the_panel_has_its_place_in_the_grid():
    from mekhala.core.estimation.panel import METHODS

    assert {*grid.FAST, *grid.SLOW} == set(METHODS) == set(grid.ASSUMED)
