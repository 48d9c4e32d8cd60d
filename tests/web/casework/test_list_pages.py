"""Pages of lists: a file is looked at, taken row by row, shown with its gaps, and ended."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mekhala.population.estimates.models import EstimateRun
from mekhala.population.linkage import declaring, queries
from mekhala.population.linkage.models import AgencyList, KeptMapping, ListRecord, Nesting
from tests.builders import agency
from tests.builders_agreements import agreement
from tests.builders_file import OF_A_PAGE
from tests.builders_lists import sealed_list
from tests.builders_population import overlap_table, statistician
from tests.core.matching.test_taking import book
from tests.population.test_linkage_tokens import key, tokens

ODD = "Client ID;Client name;Gender;Notes\n1;Qwersomaly Zxtep;F;story\n;X Y;F;\n3;=A1;M;\n"


@pytest.fixture
def by(db, acting):
    who = statistician()
    acting(who)
    return who


@pytest.fixture
def page(client, by):
    client.force_login(by)
    return client


def sent(content, name="list.csv"):
    raw = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile(name, raw)


def test_a_header_is_looked_at_and_nothing_of_the_file_is_kept(page):
    shown = page.post("/linkage/mappings/propose/", {"source": "odd", "file": sent(ODD)})
    assert shown.status_code == 200
    assert "full_name = [&quot;Client name&quot;]" in shown.text
    assert "Not read: Notes." in " ".join(shown.text.split())
    assert "Qwersomaly" not in shown.text
    assert not AgencyList.objects.exists()


def test_a_mapping_that_was_looked_at_reads_the_file(page, acting, by):
    text = '[columns]\nrecord_id = "Client ID"\nfull_name = "Client name"\nsex = "Gender"\n'
    kept = page.post("/linkage/mappings/", {"source": "odd", "text": text})
    assert kept.status_code == 302
    taken = page.post("/linkage/lists/new/", {"source": "odd", "file": sent(ODD)}, follow=True)
    assert "3: 1 accepted, 2 kept apart" in taken.text
    assert "A formula" in taken.text
    assert "Qwersomaly" not in taken.text
    acting(by)
    assert AgencyList.objects.get().mapping == text


def test_a_wrong_mapping_is_not_kept_and_stays_on_the_page(page):
    text = "[columns]\nname = 'x'\n"
    answer = page.post("/linkage/mappings/", {"source": "odd", "text": text})
    assert answer.status_code == 422
    assert "is none of our columns" in answer.text
    assert not KeptMapping.objects.exists()


def test_a_workbook_is_taken_with_its_period_and_stage(page, acting, by):
    def fill(sheet):
        for row in (["record_id", "full_name", "event_date"], [1, "X Y", "2025-02-03"]):
            sheet.append(row)

    answer = page.post("/linkage/lists/new/", {
        "source": "survey", "file": sent(book(fill), "list.xlsx"), "stage": "reported",
        "period_from": "2025-01-01", "period_until": "2025-04-30", "is_distinct": "on",
    }, follow=True)  # fmt: skip
    assert "1 of 4" in answer.text
    assert "fewer than 10" in answer.text
    acting(by)
    taken = AgencyList.objects.get()
    assert (taken.stage, taken.is_distinct) == ("reported", True)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"a,b\n1,2\n", "l.csv", "has no column record_id"),
        (b"PK\x03\x04broken", "l.xlsx", "the workbook is broken"),
        (b"\x00\x01", "l.csv", "is neither CSV nor .xlsx"),
    ],
)
def test_a_wrong_file_is_told_in_words_and_nothing_is_taken(page, content, name, said):
    answer = page.post("/linkage/lists/new/", {"source": "survey", "file": sent(content, name)})
    assert answer.status_code == 422
    assert said in answer.text
    assert not AgencyList.objects.exists()


def test_a_file_of_tokens_is_taken_as_tokens(page, acting, by):
    content = tokens("shelters", range(3), key())
    answer = page.post("/linkage/lists/new/", {"source": "shelters", "file": sent(content)})
    assert answer.status_code == 302
    acting(by)
    assert AgencyList.objects.values_list("kept", "records").get() == ("encoded", 3)


def test_an_agency_without_agreement_is_refused_on_the_page(page):
    agency(code="hotline")
    answer = page.post("/linkage/lists/new/", {"source": "hotline", "file": sent("record_id\n1\n")})
    assert answer.status_code == 422
    assert "agreement" in answer.text


def test_rows_kept_apart_go_back_as_csv_without_anything_they_said(page, monkeypatch):
    answer = page.post("/linkage/lists/new/", {
        "source": "survey", "file": sent("record_id,full_name\n1,Qwersomaly Zxtep\n1,Qwer\n"),
    })  # fmt: skip
    text = page.get(answer.url + "apart.csv").text
    assert text.splitlines()[1].startswith("3,record_id,duplicate,")
    assert "Qwer" not in text


def test_the_register_of_sources_names_who_did_not_report(page, django_assert_max_num_queries):
    agreement(agency(code="hotline"))
    with django_assert_max_num_queries(OF_A_PAGE):
        shown = page.get("/linkage/sources/").text
    assert "Did not report:" in shown
    assert "Never reported" in shown


def test_a_file_that_was_cut_off_and_sent_again_whole_counts_in_both_and_says_so(page):
    whole = "record_id,full_name\n" + "".join(f"{n},X Y\n" for n in range(9))
    for content in (whole[:-8], whole):
        page.post("/linkage/lists/new/", {"source": "survey", "file": sent(content)})
    assert "in 2 files; a record sent again counts in each" in page.get("/linkage/sources/").text


def test_a_declared_nesting_warns_where_lists_are_joined_and_estimated(page):
    overlap_table(lists=("ecpat", "mosvy", "police"))
    page.post("/linkage/nestings/", {"inner": "ecpat", "outer": "mosvy"})
    for address in ("/linkage/", "/estimates/new/"):
        assert "The list ecpat is handed on into mosvy" in page.get(address).text
    page.post(f"/linkage/nestings/{Nesting.objects.get().pk}/end/")
    assert "handed on into mosvy" not in page.get("/linkage/").text


def test_a_list_is_ended_after_a_warning(page, acting, by):
    taken = sealed_list([{"record_id": "1"}])
    address = f"/linkage/lists/{taken.pk}/end/"
    assert "cannot be taken back" in page.get(address).text
    assert "gone for good" in page.post(address, follow=True).text
    assert page.get(address).status_code == 404
    acting(by)
    assert not ListRecord.objects.exists()


def test_the_page_of_a_list_says_that_it_is_not_complete(page, django_assert_max_num_queries):
    taken = sealed_list([{"record_id": "1"}], complete=False)
    with django_assert_max_num_queries(OF_A_PAGE):
        shown = page.get(f"/linkage/lists/{taken.pk}/").text
    assert "This list is not complete" in shown
    assert "Not complete" in page.get("/linkage/").text


def test_a_mapping_kept_is_that_of_its_list_alone(page, by):
    declaring.keep_mapping("odd", "[columns]\nrecord_id='X'\n", by=by, at=timezone.now())
    answer = page.post("/linkage/lists/new/", {"source": "even", "file": sent("X\n1\n")})
    assert "has no column record_id" in answer.text


def test_the_page_of_a_run_warns_of_nested_lists_without_asking_once_more(page, by):
    overlap_table(lists=("ecpat", "mosvy", "police"))
    declaring.declare_nested("ecpat", "mosvy", by=by, at=timezone.now())
    declaring.declare_nested("police", "moj", by=by, at=timezone.now())
    asked = {"method": "all", "level": "0.95", "bootstrap": 0, "seed": 1}
    address = page.post("/estimates/new/", asked).url
    [run] = EstimateRun.objects.annotate(nested=queries.nested_in_table("table__lists"))
    assert run.nested == [{"inner": "ecpat", "outer": "mosvy"}]
    assert page.get(address).status_code == 200
