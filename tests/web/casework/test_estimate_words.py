"""The page of a run says in the officer's language whatever the estimators can answer."""

import ast
import re
from html import unescape
from html.parser import HTMLParser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.utils import translation

from mekhala.core.estimation.covers import Covers
from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.gate import gate
from mekhala.core.estimation.panel import methods_for
from mekhala.population.estimates import answers, services
from mekhala.population.estimates.models import EstimateRun, Method
from mekhala.population.linkage import queries as linkage
from mekhala.web.casework.estimates import cautions, shown, words
from tests.builders import NOW
from tests.builders_population import overlap_table, statistician

ESTIMATION = "mekhala.core.estimation."
PLACE = re.compile(r"%\((\w+)\)s")
FEW = [[1, 0, 0, 3], [0, 1, 0, 4], [0, 0, 1, 2], [1, 1, 0, 1], [1, 0, 1, 1]]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def behind_a_panel():
    """Return the parsed modules that make what a run answers: all that they import, too."""
    parsed, asked = {}, [ESTIMATION + name for name in ("panel", "gate", "ties")]
    while asked:
        name = asked.pop()
        if name not in parsed:
            parsed[name] = ast.parse(Path(find_spec(name).origin).read_text(encoding="utf-8"))
            inside = [n for n in ast.walk(parsed[name]) if isinstance(n, ast.ImportFrom)]
            asked += [n.module for n in inside if n.module.startswith(ESTIMATION)]
            whole = [n for n in inside if n.module + "." == ESTIMATION]
            asked += [ESTIMATION + module.name for n in whole for module in n.names]
    return list(parsed.values())


def calls(name):
    """Return the arguments by name of each call of ``name`` in the modules behind a panel.

    What is only read back (``Warned(**kept)``) is made elsewhere.
    """
    made = [
        {k.arg: k.value for k in node.keywords}
        for module in behind_a_panel()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]
    return [given for given in made if None not in given]


def names_of(values):
    """Return the names in a literal dict, in order; a warning may have none."""
    return [] if values is None else sorted(key.value for key in values.keys)


def texts(node):
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant)} - {None}


def test_every_warning_an_estimator_can_give_has_its_sentence_with_the_same_values():
    made = {(given["code"].value, *names_of(given.get("values"))) for given in calls("Warned")}
    assert len(made) > 25
    assert made == set(cautions.SENTENCES)
    for (_code, *values), sentence in cautions.SENTENCES.items():
        assert sorted(set(PLACE.findall(str(sentence)))) == values


def test_a_sentence_without_values_is_the_only_one_of_its_code():
    """An answer kept before warnings had values is never told the wrong sentence."""
    codes = [code for code, *_values in cautions.SENTENCES]
    assert [key for key in cautions.SENTENCES if len(key) == 1 and codes.count(key[0]) > 1] == []


def test_every_kind_of_interval_and_what_each_covers_have_words():
    kinds = set().union(*(texts(given["kind"]) for given in calls("Interval") if "kind" in given))
    assert {"none", *kinds} <= set(words.INTERVALS)
    assert set(words.COVERED) == set(Covers)
    assert [str(told) for told in words.COVERED.values()] == [str(code) for code in Covers]


def test_what_each_method_takes_for_granted_is_told_as_the_library_says_it():
    for method in set(Method) - {Method.ALL}:
        module = import_module(ESTIMATION + method.replace("-", "_"))
        of = getattr(module, method.replace("-", "_").upper())
        assert str(words.ASSUMPTIONS[method]) == of.assumption
        assert str(words.REFERENCES.get(method, of.reference)) == of.reference


@pytest.mark.parametrize("rows", [None, FEW])
def test_the_panel_is_told_in_english_as_by_the_library_itself(db, rows):
    table = linkage.as_overlaps(overlap_table(rows))
    for name, method in methods_for(table).items():
        of = method(table, bootstrap=50)
        assert words.covers(of) == of.covers
        if name not in ("decomposable", "latent-class"):
            assert words.model(of, table) == of.model.replace("none", "no model")
        for warned in of.warnings:
            assert re.findall(r"\d+", cautions.because(warned)) == figures(warned.because)


def figures(text):
    return re.findall(r"\d+", re.sub(r"(?<=\d)[.]0+(?=\D)", "", text.replace(",", "")))


def test_a_warning_nobody_here_knows_stands_in_the_words_of_the_library():
    assert cautions.because(Warned(code="later", because="of a later version")) == (
        "of a later version"
    )
    kept = {"code": "few_seen_twice", "because": "1.5% of the people seen"}
    assert cautions.told(kept) == kept


def test_no_list_and_no_finite_number_are_told_in_words():
    none = {"usable": 0, "lists": 3, "names": [], "wanted": 3, "fewest": 5}
    said = cautions.because(Warned(code="fewer_than_three_lists", because="", values=none))
    assert said.startswith("0 of 3 lists can be used (none);")
    endless = {"r_hat": None, "lowest": 100, "highest": 12345}
    said = cautions.because(Warned(code="chains_disagree", because="", values=endless))
    assert "R-hat ∞; medians 100 to 12\u202f345" in said


def test_what_makes_methods_differ_is_told_from_their_pairs(db):
    run = done(method="stepwise")
    told = run.result["estimates"][0]

    def by(method, *pairs, **more):
        return Estimate.from_dict(told | {"method": method, "pairs": pairs, **more})

    alone, joined = by("independence"), by("bic", ("police", "shelter"))
    kinds, bound = by("latent-class"), by("chao", interval="lower_bound")
    without = by("stepwise", estimate=None, exists=False)
    assert words.differences([alone, kinds, bound]) == [
        "No pair of lists shows clear dependence.",
        "Latent classes: people differ in how easily they are found.",
    ]
    assert words.differences([alone, joined, without]) == [
        "No finite estimate: Stepwise.",
        "Independence: no lists depend on each other.",
        "Search by BIC: these lists depend on each other: police:shelter.",
    ]
    assert words.differences([without, bound]) == ["No method gives a finite estimate."]


def done(rows=None, **more):
    asked = {"method": "all", "level": 0.95, "bootstrap": 50, "seed": 1} | more
    run = services.ask_run(overlap_table(rows), **asked, by=statistician(), at=NOW)
    return services.run_now(run, at=NOW)


def test_an_answer_kept_without_values_comes_out_equal_when_repeated(db):
    run = done(FEW, method="stepwise")

    def older(value):
        if isinstance(value, dict):
            left = "values" if "because" in value else ""
            return {k: older(v) for k, v in value.items() if k != left}
        return [older(v) for v in value] if isinstance(value, list) else value

    assert older(run.result) != run.result
    assert answers.differences(older(run.result), run.result) == []


class Said(HTMLParser):
    """The text of the main part of a page, without codes, commands and pictures."""

    SILENT = ("code", "svg", "nav")

    def __init__(self, page):
        super().__init__()
        self.text, self.silent = [], 0
        self.feed("<main" + page.split("<main")[1].split("</main>")[0])

    def handle_starttag(self, tag, _attrs):
        self.silent += tag in self.SILENT

    def handle_endtag(self, tag):
        self.silent -= tag in self.SILENT

    def handle_data(self, data):
        if not self.silent:
            self.text.append(data)


class Marked:
    """Every sentence of these modules as if translated: in marks, its values untouched."""

    def __init__(self, monkeypatch):
        mark = "⟦{}⟧".format
        for module, tables in (
            (words, ("ASSUMPTIONS", "REFERENCES", "COVERED", "INTERVALS")),
            (cautions, ("SENTENCES",)),
        ):
            for name in tables:
                kept = getattr(module, name)
                assert all(is_lazy(text) for text in kept.values())
                told = {key: mark(text) for key, text in kept.items()}
                monkeypatch.setattr(module, name, told)
            monkeypatch.setattr(module, "_now", mark)
        monkeypatch.setattr(shown, "_", mark)


def is_lazy(text):
    return type(text).__name__ == "__proxy__"


def library_words(run):
    """Return every English sentence the library gave to a run, as a set."""
    result = run.result
    gated = gate(linkage.as_overlaps(run.table)).to_dict()
    warned = [*gated["warnings"], *result.get("reasons", []), *result["agreement"]["reasons"]]
    for e in result["estimates"]:
        warned += e["warnings"]
        yield from (e["assumption"], e["covers"])
    yield result["agreement"]["differ_by"]
    yield from (w["because"] for w in warned)


@pytest.mark.parametrize("rows", [None, FEW, [[1, 0, 0, 30], [0, 1, 0, 40], [0, 0, 1, 20]]])
def test_no_sentence_of_the_library_stands_on_the_page_untranslated(client, db, monkeypatch, rows):
    run = done(rows)
    client.force_login(statistician())
    Marked(monkeypatch)
    page = client.get(f"/estimates/{run.pk}/", headers={"accept-language": "km"})
    assert page.headers["Content-Language"] == "km"
    text = " ".join(unescape("".join(Said(page.text).text)).split())
    # what stands in marks would be Khmer: only what is left over is English from the library
    inner = re.compile(r"⟦[^⟦⟧]*⟧")
    while inner.search(text):
        text = inner.sub("", text)
    for sentence in library_words(run):
        if len(sentence.split()) > 1:
            assert sentence not in text
    assert re.findall(r"(?:[A-Za-z]+ ){4}[A-Za-z]+", text) == []


def test_the_sentences_are_asked_for_in_the_language_of_the_moment():
    with translation.override("km"):
        assert EstimateRun._meta.get_field("state").choices[0][1] != "Waiting"
        assert words.name_of("bic") != "Search by BIC"
