"""Lists, estimates and releases on the pages and through the API."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mekhala.population.estimates import services as estimates
from mekhala.population.estimates.models import EstimateRun
from mekhala.population.linkage import queries as linkage
from mekhala.population.linkage.models import AgencyList, OverlapTable
from mekhala.population.publication.models import PublishedTable
from mekhala.safeguards.access.purposes import Role
from mekhala.web import charts
from tests import builders_agreements
from tests.builders import NOW, officer
from tests.builders_population import (
    PLANTED,
    csv_list,
    overlap_table,
    person,
    register,
    statistician,
)

PAGES = ["/linkage/", "/estimates/", "/estimates/new/", "/releases/", "/releases/new/"]


@pytest.fixture
def by(db):
    return statistician()


@pytest.fixture
def signed_in(client, by):
    client.force_login(by)
    return client


def upload(client, text, source, name="list.csv"):
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    return client.post("/linkage/lists/", {"source": source, "file": file})


@pytest.mark.parametrize("address", [*PAGES, "/figures/"])
def test_an_empty_page_says_so_in_words_with_few_queries(
    signed_in, django_assert_max_num_queries, address
):
    with django_assert_max_num_queries(12):
        page = signed_in.get(address)
    assert page.status_code == 200
    assert "yet" in page.text


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("role", [Role.FIRST_RESPONDER, Role.AUTHORITY, Role.ADMINISTRATOR])
def test_for_other_roles_the_page_is_not_there(client, db, address, role):
    client.force_login(officer(role))
    assert client.get(address).status_code == 404


def test_lists_are_taken_and_joined_and_small_counts_not_written(signed_in):
    first = upload(signed_in, csv_list("police", [person(n) for n in range(30)]), "police")
    upload(signed_in, csv_list("hotline", [person(n) for n in range(27, 45)]), "hotline")
    assert first.status_code == 302
    signed_in.post("/linkage/join/")
    page = signed_in.get("/linkage/").text
    assert "48 records are 45 people" in page
    assert "fewer than 10" in page
    assert "stays inside" in page
    assert not [name for name in PLANTED if name in page]


def test_a_wrong_file_is_told_and_what_was_typed_stays(signed_in):
    page = upload(signed_in, "record_id,source\n1,police\n,police\n", "police", "march.csv")
    assert page.status_code == 422
    assert "march.csv: row 3, column record_id: is empty" in page.text
    assert 'value="police"' in page.text
    assert not AgencyList.objects.exists()


def test_a_file_that_is_not_text_is_told(signed_in):
    assert "is not text in UTF-8" in upload(signed_in, b"\xff\xfe\x00", "police").text


def test_a_small_overlap_table_does_not_leave_and_a_large_one_does(signed_in):
    small, large = overlap_table(), overlap_table([[1, 0, 600], [1, 1, 400]], lists=("a", "b"))
    assert signed_in.get(f"/linkage/overlaps/{small.pk}.csv").status_code == 404
    assert (
        signed_in.get(f"/linkage/overlaps/{large.pk}.csv").text == "a,b,count\n1,0,600\n1,1,400\n"
    )


def test_the_register_is_taken_over_on_the_page(signed_in):
    page = signed_in.post("/linkage/register/", {"from_year": 2026, "to_year": 2020})
    assert "expected the earlier year first" in page.text
    done = signed_in.post("/linkage/register/", {"from_year": 2025, "to_year": 2025})
    assert done.status_code == 302


def ask(client, **more):
    asked = {"method": "all", "level": "0.95", "bootstrap": 50, "seed": 1} | more
    return client.post("/estimates/new/", asked)


def test_a_run_is_asked_for_worked_out_and_shown_with_all_it_rests_on(
    signed_in, django_capture_on_commit_callbacks, django_assert_max_num_queries
):
    overlap_table()
    with django_capture_on_commit_callbacks(execute=True):
        address = ask(signed_in).url
    assert "waits for the worker" in signed_in.get(address).text
    run = EstimateRun.objects.get()
    estimates.run_now(run, at=NOW)
    with django_assert_max_num_queries(12):
        page = signed_in.get(address).text
    assert page.count('role="img"') == 2
    for words in (
        "Independence",
        "Stepwise",
        "takes for granted",
        "interval covers",
        "Warnings",
        "Sensitivity",
        "shared by each two lists",
        "has not been repeated yet",
    ):
        assert words in page
    assert "style=" not in page.split("<main")[1]
    assert "--bootstrap 50 --seed 1 --json" in page
    assert "stays inside" in page
    found = run.__class__.objects.get().result["estimates"][0]
    assert found["data_hash"] in page


def done(client, **more):
    """Return a run on the invented lists, worked out."""
    overlap_table()
    ask(client, **more)
    return estimates.run_now(EstimateRun.objects.first(), at=NOW)


def test_the_panel_stands_before_any_single_number_and_the_one_sentence_last(signed_in):
    run = done(signed_in)
    main = signed_in.get(f"/estimates/{run.pk}/").text.split("<main")[1].split("</main>")[0]
    numbers = {charts.whole(e["estimate"]) for e in run.result["estimates"] if e["estimate"]}
    panel = main.index("<svg")
    assert not [n for n in numbers if n in main[:panel]]
    said = main[main.index("If one sentence must be said") :]
    assert "<section" not in said
    for words in ("Between", "280 of them seen", "takes for granted holds", "can be on no list"):
        assert words in said


def test_a_lower_bound_is_drawn_as_at_least_and_has_no_upper_end(signed_in):
    run = done(signed_in, method="chao")
    page = signed_in.get(f"/estimates/{run.pk}/").text
    assert ">at least<" in page
    assert "not bounded" in page
    assert "If one sentence must be said" not in page


def test_a_method_that_did_not_settle_has_a_reason_and_no_number(signed_in):
    from mekhala.core.estimation.estimate import Estimate, Warned
    from mekhala.web.casework.estimates import shown

    run = done(signed_in, method="stepwise")
    told = run.result["estimates"][0]
    apart = Warned(code="chains_disagree", because="medians 100 to 900")
    of = Estimate.from_dict(told | {"warnings": [vars(apart)]})
    row = shown.row(of, linkage.as_overlaps(run.table))
    assert [cell["text"] for cell in row[1:4]] == ["Did not settle"] * 3
    assert shown.panel_chart(run, [of]).rows[0].keys() == {"name", "middle", "because"}
    assert shown.sentence(run, [of]) == ""


def test_a_run_is_repeated_and_signed_on_its_page(signed_in, by):
    run = done(signed_in, method="stepwise")
    early = signed_in.post(f"/estimates/{run.pk}/sign/", follow=True)
    assert "Repeat the run first" in early.text
    asked = signed_in.post(f"/estimates/{run.pk}/repeat/", follow=True)
    assert "worked out again" in asked.text
    estimates.repeat_now(run.repeats.get(), at=NOW)
    signed_in.post(f"/estimates/{run.pk}/sign/")
    page = signed_in.get(f"/estimates/{run.pk}/").text
    assert "Equal" in page
    assert by.shown_as in page
    assert "Signed by two" not in page
    estimates.sign(run, by=statistician(), at=NOW)
    assert "Signed by two" in signed_in.get(f"/estimates/{run.pk}/").text
    assert "Signed by two" in signed_in.get("/estimates/").text


def test_how_far_a_run_is_stands_on_its_page(signed_in):
    overlap_table()
    address = ask(signed_in).url
    at = {"method": "bic", "place": 3, "of": 6, "done": 200, "total": 1000}
    EstimateRun.objects.update(state="running", progress=at)
    assert "Search by BIC, 3 of 6: 20 %" in signed_in.get(address).text


def test_a_run_leaves_as_one_html_file_and_as_json_and_small_overlaps_stay(signed_in):
    run = done(signed_in, method="stepwise")
    report = signed_in.get(f"/estimates/{run.pk}/report.html")
    assert "attachment" in report.headers["Content-Disposition"]
    assert "Methods side by side" in report.text
    assert "People shared by each two lists" not in report.text
    answer = signed_in.get(f"/estimates/{run.pk}/answer.json").json()
    assert answer == run.result
    waiting = ask(signed_in).url
    assert signed_in.get(f"{waiting}report.html").status_code == 404


def test_the_list_of_runs_holds_no_number_of_people(signed_in):
    overlap_table()
    ask(signed_in)
    run = estimates.run_now(EstimateRun.objects.get(), at=NOW)
    page = signed_in.get("/estimates/").text.split("<main")[1].split("</main>")[0]
    assert f"R-{run.pk}" in page
    for found in run.result["estimates"]:
        assert str(round(found["estimate"])) not in page


def test_a_refused_run_says_why_and_draws_nothing(signed_in):
    overlap_table([[1, 0, 40], [0, 1, 50]], lists=("hotline", "police"))
    address = ask(signed_in).url
    estimates.run_now(EstimateRun.objects.get(), at=NOW)
    page = signed_in.get(address).text
    assert "No number can be defended." in page
    assert 'role="img"' not in page


def test_wrong_settings_are_told_by_name(signed_in):
    overlap_table()
    page = ask(signed_in, bootstrap=7)
    assert page.status_code == 422
    assert "bootstrap: 7" in page.text


def test_a_table_is_looked_at_with_what_is_withheld_and_why_then_released(signed_in):
    register(people=300)
    page = signed_in.get("/releases/new/?year=2025")
    assert "Hidden: a small count" in page.text
    form = page.context["form"].initial
    unread = signed_in.post("/releases/new/", form)
    assert unread.status_code == 422
    assert not PublishedTable.objects.exists()
    done = signed_in.post("/releases/new/", form | {"understood": "on"})
    assert done.url == "/releases/recognised-victims-2025/"
    shown = signed_in.get("/figures/").text
    assert "Hidden for privacy" in shown
    assert "a small count" not in shown


def test_a_table_that_changed_since_it_was_seen_is_not_released(signed_in):
    register(people=300)
    form = signed_in.get("/releases/new/?year=2025").context["form"].initial
    register(people=1)
    page = signed_in.post("/releases/new/", form | {"understood": "on"})
    assert "counted anew since you looked" in page.text
    assert not PublishedTable.objects.exists()


class Api:
    """The API as a program of one officer calls it."""

    def __init__(self, client, by):
        from django.utils import timezone

        token = builders_agreements.new_token(by, "test", at=timezone.now())
        self.client, self.head = client, {"Authorization": f"Bearer {token}"}

    def get(self, address):
        return self.client.get(f"/api/v1{address}", headers=self.head)

    def post(self, address, body=None):
        return self.client.post(
            f"/api/v1{address}", body or {}, content_type="application/json", headers=self.head
        )


def test_the_api_takes_joins_and_asks_as_the_pages_do(client, by):
    api = Api(client, by)
    for source, span in (("police", range(30)), ("hotline", range(20, 45))):
        text = csv_list(source, [person(n) for n in span])
        taken = api.post("/linkage/lists", {"source": source, "csv": text})
        assert (taken.status_code, taken.json()["records"]) == (201, len(span))
    joined = api.post("/linkage/overlaps").json()
    assert (joined["people"], joined["rows"]) == (45, None)
    assert "1000" in joined["withheld"]
    asked = api.post("/estimates", {"table": joined["id"], "bootstrap": 50})
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")
    assert "result" not in api.get("/estimates").json()[0]


def test_the_api_repeats_and_signs(client, by):
    api, table = Api(client, by), overlap_table()
    asked = api.post("/estimates", {"table": table.pk, "method": "stepwise", "bootstrap": 0}).json()
    at = f"/estimates/{asked['id']}"
    assert api.post(f"{at}/repeats").status_code == 422
    run = estimates.run_now(EstimateRun.objects.get(), at=NOW)
    assert api.post(f"{at}/repeats").json()["state"] == "waiting"
    estimates.repeat_now(run.repeats.get(), at=NOW)
    assert api.post(f"{at}/signatures").status_code == 201
    found = api.get(at).json()
    assert (found["repeats"][0]["state"], found["signed"]) == ("equal", 1)
    assert found["result"] == run.result


def test_the_api_refuses_wrong_input_in_one_sentence_and_other_roles(client, by):
    wrong = Api(client, by).post("/linkage/lists", {"source": "police", "csv": "a,b\n1,2\n"})
    assert wrong.status_code == 422
    assert wrong.json()["detail"].startswith("list.csv: row 1: has no column record_id; expected")
    other = Api(client, officer())
    assert other.get("/linkage/lists").status_code == 422
    assert other.get("/estimates").status_code == 422
    assert not OverlapTable.objects.exists()


def test_the_api_hands_out_released_tables(client, by):
    from datetime import date

    from mekhala.population.publication import services

    register(people=300)
    draft = services.build_table(2025, by=by, on=date(2026, 6, 30))
    services.release(draft, by=by, at=NOW, on=date(2026, 6, 30))
    api = Api(client, by)
    assert api.get("/figures").json()[0]["slug"] == "recognised-victims-2025"
    cells = api.get("/figures/recognised-victims-2025").json()["cells"]
    assert {"count": 300} in cells
    assert all(c["count"] is None or c["count"] == 0 or c["count"] >= 10 for c in cells)
    assert api.get("/figures/none").status_code == 404
