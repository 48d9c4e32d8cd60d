"""The pages of published figures."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mekhala.core.provenance.changes import SENTENCES as CHANGES
from mekhala.core.provenance.remarks import SENTENCES
from mekhala.population.claims import services
from mekhala.population.claims.models import Claim
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.claims import wording
from tests.builders import officer
from tests.builders_claims import AT, loaded, repeated, row, statistician, text, wrong_mean


@pytest.fixture
def signed_in(client, db):
    client.force_login(statistician())
    return client


def _words(response):
    assert response.status_code == 200
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def _file(given_text, name="figures.csv"):
    return {"file": SimpleUploadedFile(name, given_text.encode())}


def _order(page):
    return re.findall(r'scope="row".*?>([A-Z]-\d+)</a>', page.content.decode())


def test_the_list_tells_counted_repeated_and_uncounted_and_who_repeats_whom(signed_in):
    loaded(repeated())
    page = signed_in.get("/claims/")
    words = _words(page)
    assert re.search(r"A-1 240 persons .* Counted origin B-7 B", words)
    assert re.search(r"B-7 240 persons .* Repeat of A-1", words)
    assert re.search(r"B-8 9000 persons .* No counted origin", words)


def test_unlike_definitions_stand_apart_and_nothing_sorts_by_size(signed_in):
    loaded(repeated())
    page = signed_in.get("/claims/").content.decode()
    assert page.count('scope="rowgroup"') == 3
    assert "sort=value" not in page


def test_the_list_is_sorted_by_links_and_filtered_by_chain(signed_in):
    loaded(repeated())
    assert _order(signed_in.get("/claims/?sort=-claim")) == ["B-9", "B-8", "B-7", "A-1"]
    assert _order(signed_in.get("/claims/?sort=claim&chain=C-KILNS")) == ["A-1", "B-7", "B-8"]
    assert signed_in.get("/claims/?sort=no-such-column&page=x").status_code == 200
    assert "No claim is as asked." in _words(signed_in.get("/claims/?chain=Z"))


def test_fifty_a_page(signed_in):
    loaded([row(f"A-{n}", quantity=f"Q {n}") for n in range(51)])
    assert len(_order(signed_in.get("/claims/"))) == 50
    assert len(_order(signed_in.get("/claims/?page=2"))) == 1


def test_a_figure_is_shown_from_its_root_with_what_changed(signed_in):
    loaded(repeated())
    words = _words(signed_in.get("/claims/B-7/"))
    assert "Where this figure comes from: “240 persons” Repeat" in words
    assert "Definition: “adults seen at work” became “slaves”" in words
    assert words.index("A-1 : 240 persons") < words.index("B-7 : 240 persons")
    assert "Independent counted origins in this chain: 1" in words


def test_a_conflict_names_both_figures(signed_in):
    loaded(repeated())
    words = _words(signed_in.get("/claims/B-8/"))
    assert "Same definition, different values" in words
    assert "240 against 9000 persons" in words


def test_the_drawing_has_a_table_that_says_the_same(signed_in):
    loaded(repeated())
    page = signed_in.get("/claims/A-1/").content.decode()
    assert page.count("<svg") >= 1
    assert 'role="img"' in page
    assert _order(signed_in.get("/claims/A-1/")) == ["A-1", "B-7"]


def test_a_claim_that_is_not_kept_is_not_there(signed_in):
    assert signed_in.get("/claims/Z-1/").status_code == 404


def test_an_empty_ledger_says_so(signed_in):
    assert "No published figure has been loaded yet" in _words(signed_in.get("/claims/"))


def test_a_file_is_loaded_by_form_and_counted(signed_in):
    answer = signed_in.post("/claims/upload/", _file(text(repeated())), follow=True)
    assert "4 claims added, 0 changed, 0 as they were." in _words(answer)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (_file(text([row("A-1"), row("A-1")])), "figures.csv: row 3, column claim_id"),
        ({"file": SimpleUploadedFile("photo.csv", b"\xff\xd8\xff")}, "photo.csv is not text"),
        ({}, "Choose the file."),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_in_words_and_nothing_of_it_kept(signed_in, wrong, says):
    answer = signed_in.post("/claims/upload/", wrong)
    assert says in _words(answer)
    assert not Claim.objects.exists()


@pytest.mark.parametrize("role", [r for r in Role if r != Role.STATISTICIAN])
def test_other_roles_may_read_and_not_load(client, db, role):
    loaded(repeated())
    client.force_login(officer(role))
    assert "Load a file" not in _words(client.get("/claims/"))
    assert client.get("/claims/upload/").status_code == 404
    assert client.post("/claims/upload/", _file(text(repeated()))).status_code == 404


def test_markup_in_a_claim_stays_text(signed_in):
    loaded([row("A-1/x", note="<script>alert(1)</script>", quantity="<b>Q</b>")])
    for page in ("/claims/", "/claims/A-1/x/"):
        shown = signed_in.get(page)
        assert shown.status_code == 200
        assert "<script>alert" not in shown.content.decode()
        assert "<b>Q</b>" not in shown.content.decode()


def test_pages_take_at_most_twelve_queries(signed_in, django_assert_max_num_queries):
    loaded(repeated())
    for page in (
        "/claims/", "/claims/A-1/", "/claims/upload/", "/claims/remarks/", "/claims/add/",
        "/claims/A-1/correct/", "/claims/A-1/history/", "/claims/all.csv",
    ):  # fmt: skip
        with django_assert_max_num_queries(12):
            signed_in.get(page)


def test_the_claims_of_the_five_documents_show_who_repeats_whom(signed_in, shared):
    file = (shared / "data" / "seeds" / "seed_claims.csv").read_text(encoding="utf-8")
    signed_in.post("/claims/upload/", _file(file, "seed_claims.csv"))
    words = _words(signed_in.get("/claims/?chain=C2-SEXWORK&sort=claim"))
    assert "15 claims" in words
    assert re.search(r"S0-041 20829 persons [^@]*? Counted origin S2-004", words)
    assert re.search(r"S2-003 \S+ [^@]*? No counted origin of S0-039", words)
    assert "became" in _words(signed_in.get("/claims/S2-004/"))


def test_the_list_is_narrowed_by_words_and_badge(signed_in):
    loaded([*repeated(), row("C-1", quantity="Mills", superseded_by="Census 2020")])
    assert _order(signed_in.get("/claims/?badge=none")) == ["B-8"]
    assert _order(signed_in.get("/claims/?badge=superseded")) == ["C-1"]
    assert _order(signed_in.get("/claims/?words=kilns+seen&sort=claim")) == ["A-1", "B-8"]
    assert len(_order(signed_in.get("/claims/?badge=no-such"))) == 5


def test_the_list_as_a_file_is_narrowed_too_and_can_be_loaded_again(signed_in):
    loaded([*repeated(), row("C-1", quantity="=1+1", chain="Z")])
    sheet = signed_in.get("/claims/all.csv?chain=Z")
    assert sheet.headers["Content-Disposition"] == 'attachment; filename="claims.csv"'
    assert "'=1+1" in sheet.content.decode()
    again = signed_in.get("/claims/all.csv?chain=C-KILNS").content.decode().removeprefix("\ufeff")
    assert services.load(again, "claims.csv", by=statistician(), at=AT).unchanged == 3


def test_what_no_longer_stands_says_who_replaced_it_and_so_does_its_repeat(signed_in):
    rows = repeated()
    rows[0]["superseded_by"] = "Census of Kilns 2021"
    loaded(rows)
    assert "Superseded No longer stands: Census of Kilns 2021" in _words(
        signed_in.get("/claims/A-1/")
    )
    words = _words(signed_in.get("/claims/B-7/"))
    assert "It repeats A-1, which no longer stands: Census of Kilns 2021" in words


def test_what_does_not_add_up_stands_on_a_page_and_with_each_claim(signed_in):
    loaded(wrong_mean())
    said = "the whole is given as 38.5, but its groups as 30 (A-2), 34 (A-3)"
    assert said in _words(signed_in.get("/claims/remarks/"))
    for claim_id in ("A-1", "A-2", "A-3"):
        assert said in _words(signed_in.get(f"/claims/{claim_id}/"))


def test_the_drawing_is_of_links_with_whole_sentences(signed_in):
    loaded(repeated())
    page = signed_in.get("/claims/A-1/").content.decode()
    drawing = page.split("<svg xmlns")[1].split("</svg>")[0]
    assert 'aria-label="B-7: 240 persons, Workers in kilns, 2019. Definition:' in drawing
    assert 'href="/claims/B-7/"' in drawing
    assert "‹words changed›" in unescape(drawing)
    in_words = page.split("The drawing in words")[1].split("</details>")[0]
    assert "Source, counted: Invented Survey 2019." in in_words
    assert "B-7: 240 persons" in in_words


def _fields(form, **more):
    return {name: form[name].value() or "" for name in form.fields} | more


def test_a_claim_is_added_corrected_and_put_back_in_the_open(signed_in):
    page = signed_in.get("/claims/add/")
    given = _fields(page.context["form"], claim_id="N-1", quantity="Kilns", value="12", why="p. 3")
    assert signed_in.post("/claims/add/", given).headers["Location"] == "/claims/N-1/"
    page = signed_in.get("/claims/N-1/correct/")
    signed_in.post(
        "/claims/N-1/correct/", _fields(page.context["form"], value="21", why="Turned round")
    )
    words = _words(signed_in.get("/claims/N-1/history/"))
    assert "Value 12 → 21" in words
    assert "Turned round" in words
    page = signed_in.get("/claims/N-1/history/")
    signed_in.post("/claims/N-1/history/", _fields(page.context["form"], why="It was 12"))
    assert Claim.objects.get(claim_id="N-1").value == "12"
    assert "Put back as it was" in _words(signed_in.get("/claims/N-1/history/"))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"quantity": ""}, "Write it here."),
        ({"claim_id": "A-1"}, "There is a claim of this number already"),
        ({"lo": "9", "hi": "4"}, "lo 9 is above hi 4"),
        ({"lo": "many"}, "'many' is not a number"),
        ({"why": ""}, "Write it here."),
    ],
)
def test_a_wrong_claim_is_refused_in_words_and_what_was_typed_stays(signed_in, wrong, says):
    loaded([row("A-1")])
    given = {"claim_id": "N-1", "quantity": "Kilns", "value": "12", "why": "p. 3"} | wrong
    answer = signed_in.post("/claims/add/", given)
    title = answer.content.decode().split("<title>")[1].split("</title>")[0]
    assert title.count("Error:") == 1
    assert says in _words(answer)
    assert Claim.objects.count() == 1
    assert 'value="12"' in answer.content.decode()


def test_who_corrects_what_another_has_just_corrected_is_told(signed_in):
    loaded([row("A-1")])
    first = _fields(signed_in.get("/claims/A-1/correct/").context["form"], value="1", why="a")
    second = first | {"value": "2", "why": "b"}
    signed_in.post("/claims/A-1/correct/", first)
    assert "Another officer changed this claim" in _words(
        signed_in.post("/claims/A-1/correct/", second)
    )
    assert Claim.objects.get(claim_id="A-1").value == "1"


def test_other_roles_read_the_history_and_change_nothing(client, db):
    loaded([row("A-1")])
    client.force_login(officer(Role.REGISTRAR))
    assert "Put the last change back" not in _words(client.get("/claims/A-1/history/"))
    assert client.post("/claims/A-1/history/", {"why": "x", "seen": 1}).status_code == 404
    assert client.get("/claims/add/").status_code == 404
    assert client.get("/claims/A-1/correct/").status_code == 404


def test_the_sentences_for_translation_are_those_of_the_core():
    assert {name: str(said) for name, said in wording.REMARKS.items()} == {
        name: said for name, (_weight, said) in SENTENCES.items()
    }
    assert set(wording.CHANGES) == set(wording.TAGS) == set(CHANGES)


def test_figures_over_the_years_are_asked_for_by_words_and_told_in_a_table_too(signed_in):
    rows = [row("A-1", value="12", unit="convictions", quantity="Convictions", period="2009")]
    signed_in.post("/claims/upload/", _file(text(rows), "claims.csv"))
    assert "Ask for words" in signed_in.get("/claims/series/").text
    page = signed_in.get("/claims/series/?words=convictions").text
    assert page.count("<svg") == 1
    assert 'href="/claims/A-1/"' in page
    assert "No claim is as asked." in signed_in.get("/claims/series/?words=boats").text


def test_two_sources_of_one_quantity_stand_side_by_side_and_none_is_chosen(signed_in):
    two = [row("A-1"), row("B-2", value="300", population_definition="adults on a list")]
    loaded(two)
    assert "Choose a chain" in _words(signed_in.get("/claims/beside/"))
    page = _words(signed_in.get("/claims/beside/?words=kilns"))
    assert "B-2 : 60 more; another definition" in page
    assert "A-1 : 60 less" in page


def test_a_whole_is_told_with_its_source_and_the_sum_of_its_parts(signed_in):
    whole = row("A-1", value="10", method="census", source_cited="Invented Census")
    share = row("A-4", value="40", unit="percent", population_definition="of 10")
    parts = [row(f"A-{n}", value=v, part_of="A-1") for n, v in ((2, "6"), (3, "5"))]
    loaded([whole, *parts, share])
    page = _words(signed_in.get("/claims/wholes/"))
    assert "Invented Census (census)" in page
    assert "6 + 5 = 11; 10 is printed, 1 apart" in page
    assert "(60.0 %)" in page
    assert "4 of 10; interval of 95 %: 16.8 to 68.7 %" in page
