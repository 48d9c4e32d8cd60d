"""The pages of published figures."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mekhala.population.claims.models import Claim
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_claims import loaded, repeated, row, statistician, text


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
    assert "No claim is filed in this chain" in _words(signed_in.get("/claims/?chain=Z"))


def test_fifty_a_page(signed_in):
    loaded([row(f"A-{n}", quantity=f"Q {n}") for n in range(51)])
    assert len(_order(signed_in.get("/claims/"))) == 50
    assert len(_order(signed_in.get("/claims/?page=2"))) == 1


def test_a_figure_is_shown_from_its_root_with_what_changed(signed_in):
    loaded(repeated())
    words = _words(signed_in.get("/claims/B-7/"))
    assert "Where this figure comes from: “240 persons” Repeat" in words
    assert "definition: 'adults seen at work' became 'slaves'" in words
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
        ({}, "This field is required"),
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
    for page in ("/claims/", "/claims/A-1/", "/claims/upload/"):
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


def test_the_drawing_has_a_lane_for_each_definition_and_every_claim_once(db):
    from mekhala.population.claims import queries
    from mekhala.web.casework.claims.drawing import drawn

    loaded(repeated())
    found = queries.whole("B-7")
    picture = drawn(found["joined"], found["it"])
    assert [lane["first"].population_definition for lane in picture["lanes"]] == [
        "adults seen at work", "slaves",
    ]  # fmt: skip
    assert [node["one"].claim.claim_id for node in picture["nodes"]] == ["A-1", "B-7"]
    assert [node["is_this"] for node in picture["nodes"]] == [False, True]
    assert drawn(found["joined"][:1], found["it"]) is None
