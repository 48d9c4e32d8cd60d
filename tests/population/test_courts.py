"""What the courts' figures show: counted by two functions, shown to statisticians, few withheld."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from mekhala.core.cohorts.history import CONVICTIONS, Rung
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.justice.models import Stage, Step, Verdict
from mekhala.population.courts import policies, queries, services
from mekhala.population.courts.errors import NotYourRole, TooFewToKeep
from mekhala.population.courts.models import SentencingFile
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer
from tests.builders_courts import accused, clerk, complaint, convicted, heard
from tests.builders_justice import AT
from tests.builders_population import statistician

QUARTER = date(2025, 12, 31)
HEAD = "complaint,year,age,months,sex,nationality,education,occupation,offence,counsel\n"


def a_file(people=120):
    """Invented: every second a woman, and sentenced to a third more."""
    rows = (
        f"C{n // 2},2020,{20 + n % 40},{(80 if n % 2 else 60) + n % 7},"
        f"{'female' if n % 2 else 'male'},{'own' if n % 3 else 'other'},primary,farm,"
        f"{'trafficking' if n % 4 else 'procuring'},yes\n"
        for n in range(people)
    )
    return HEAD + "".join(rows)


@pytest.fixture
def court(db):
    """Forty accused of 2023 in twenty complaints: thirty charged, twenty convicted, ten dropped."""
    by = clerk()
    for n in range(20):
        held = complaint(by, date(2023, 1 + n % 12, 10))
        for which in range(2):
            k = 2 * n + which
            rungs = [(Stage.SUSPECT, 5), (Stage.CHARGED, 70), (Stage.ACCUSED, 200)]
            rungs = [*rungs, (Stage.CONVICTED_NOT_FINAL, 400)] if k < 20 else rungs if k < 30 else [
                (Stage.DROPPED, 40)]  # fmt: skip
            one = accused(held, by, *rungs, sex="female" if which else "male", nationality="KHM")
            if k < 20:
                relied_on = ("confession",) if which else ("document", "medical")
                convicted(one, by, on=date(2024, 6, 3), relied_on=relied_on)
                heard(one, by, lawyer=bool(which), complainant_present=None, minutes=30)
    become(None)
    return by


def test_every_accused_is_told_in_months_and_rungs_and_by_nothing_else(court):
    by = statistician()
    become(by.pk)
    found = queries.histories(as_of=QUARTER, by=by)

    assert len(found) == 40
    assert {one.year for one in found} == {2023}
    assert len({one.complaint for one in found}) == 20
    charged = [one for one in found if one.months_to({Rung.CHARGED}) is not None]
    assert len(charged) == 30
    assert {one.months_to({Rung.CHARGED}) for one in charged} == {2}
    january = [one for one in found if one.observed == 35]  # 10 January 2023 to the end of 2025
    assert len(january) == 4


def test_what_happens_after_the_day_of_counting_is_not_counted(court):
    by = statistician()
    become(by.pk)
    found = queries.histories(as_of=date(2023, 3, 31), by=by)

    assert len(found) == 12  # complaints of January to March
    assert max(one.observed for one in found) == 2
    assert not [one for one in found if one.months_to({Rung.ACCUSED}) is not None]


@pytest.mark.parametrize("call", [
    "courts_histories('2025-11-30')", "courts_histories('2999-12-31')", "courts_convictions(2999)",
])  # fmt: skip
def test_the_database_counts_at_the_end_of_what_is_over_and_at_no_other_time(db, call):
    become(statistician().pk)
    with pytest.raises(DatabaseError, match=r"that (is|are) over"), transaction.atomic():
        connection.cursor().execute(f"select {call}")


@pytest.mark.parametrize("role", [Role.JUSTICE, Role.AUTHORITY, Role.PROVIDER])
def test_nobody_but_a_statistician_counts_neither_by_page_nor_by_the_database(db, role):
    by = officer(role)
    become(by.pk)
    for call in ("courts_histories('2025-12-31')", "courts_convictions(2025)"):
        with pytest.raises(DatabaseError, match="statisticians"), transaction.atomic():
            connection.cursor().execute(f"select {call}")
    with pytest.raises(NotYourRole):
        queries.histories(as_of=QUARTER, by=by)
    with pytest.raises(NotYourRole):
        services.load_table(a_file(), "f.csv", mapping="plain", by=by, at=NOW)


def test_the_page_follows_a_cohort_and_tells_no_count_below_ten(
    court, client, django_assert_max_num_queries
):
    client.force_login(statistician())
    with django_assert_max_num_queries(12):
        page = client.get("/courts/").text

    assert "Complaints of 2023" in page
    assert re.search(r"Charged</th>.*?75 % \(", page, re.S)
    table = client.get("/courts/cohorts.csv").text
    standing = dict(re.findall(r",standing,(\w+),,(\d*),", table))
    assert standing["convicted_not_final"] == "20"
    assert {standing["accused"], standing["dropped_before_charge"]} == {"10"}
    assert not {n for n in standing.values() if n in map(str, range(1, 10))}


def test_convictions_are_counted_by_what_they_rest_on_with_the_unknown_apart(court, client):
    client.force_login(statistician())
    page = client.get("/courts/convictions/").text
    rows = {
        line.split(",")[1]: line.split(",")[2:5]
        for line in client.get("/courts/convictions.csv").text.splitlines()[1:]
    }

    assert rows["confession_only"] == ["10", "10", "0"]
    assert rows["no_lawyer"] == ["10", "10", "0"]
    assert rows["no_complainant_at_hearing"] == ["0", "0", "20"]  # unknown is no no
    assert "50 % (" in page


def test_a_judgment_that_another_replaced_is_not_counted(court):
    become(court.pk)
    old = Verdict.objects.first()
    kept = {"id", "result", "replaces_id", "sentence_months"}
    same = {f.attname: getattr(old, f.attname) for f in Verdict._meta.concrete_fields}
    new = {name: value for name, value in same.items() if name not in kept}
    Verdict.objects.create(**new, result="acquitted", replaces=old)
    by = statistician()
    become(by.pk)
    assert len(queries.convictions(last_year=2024, by=by)) == 19
    assert queries.convictions(last_year=2023, by=by) == []


@pytest.mark.parametrize(
    ("after", "counted"),
    [
        ((Stage.ACQUITTED,), 19),
        ((Stage.ACCUSED,), 19),
        ((Stage.CONVICTED,), 20),
        ((Stage.ACCUSED, Stage.CONVICTED_NOT_FINAL), 20),
    ],
)
def test_who_was_freed_or_is_tried_again_is_no_conviction_though_no_later_judgment_is_kept(
    court, after, counted
):
    become(court.pk)
    one = Verdict.objects.earliest("id").accused
    for day, stage in enumerate(after, start=1):
        Step.objects.create(accused=one, stage=stage, on=date(2025, 3, day), recorded_by=court,
                            recorded_at=AT)  # fmt: skip
    by = statistician()
    become(by.pk)
    assert len(queries.convictions(last_year=2025, by=by)) == counted
    assert len(queries.convictions(last_year=2024, by=by)) == 20  # so it stood then


@pytest.mark.parametrize(("after", "counted"), [
    ((Stage.ACQUITTED,), 0), ((Stage.CONVICTED_NOT_FINAL,), 1), ((), 0),
    ((Stage.CONVICTED_NOT_FINAL, Stage.ACQUITTED), 0),
])  # fmt: skip
def test_who_was_acquitted_first_is_counted_as_a_conviction_only_once_a_higher_court_convicts(
    db, after, counted
):
    by = clerk()
    one = accused(complaint(by, date(2023, 1, 10)), by, (Stage.ACCUSED, 30), (Stage.ACQUITTED, 90),
                  *((stage, 300 + 30 * n) for n, stage in enumerate(after)))  # fmt: skip
    first = convicted(one, by, on=date(2023, 4, 10), months=None, result="acquitted")
    if Stage.CONVICTED_NOT_FINAL in after:
        kept = {f.attname: getattr(first, f.attname) for f in Verdict._meta.concrete_fields}
        later = {"instance": "appeal", "result": "convicted", "on": date(2023, 11, 6)}
        Verdict.objects.create(**kept | later | {"id": None, "sentence_months": 84})
    heard(one, by, lawyer=True)
    heard(one, by, kind="appeal", lawyer=False)
    teller = statistician()
    become(teller.pk)
    found = queries.convictions(last_year=2024, by=teller)
    assert [row["lawyer"] for row in found] == [False] * counted
    (told,) = queries.histories(as_of=QUARTER, by=teller)
    assert told.where == (after[-1] if after else Stage.ACQUITTED)
    assert told.months_to({Rung.ACQUITTED}) == 3
    assert (told.months_to(CONVICTIONS) is None) == (Stage.CONVICTED_NOT_FINAL not in after)


def test_a_file_is_taken_shown_and_never_altered(client, db):
    by = statistician()
    client.force_login(by)
    empty = client.get("/courts/sentences/").text
    sent = client.post(
        "/courts/sentences/add/",
        {"file": SimpleUploadedFile("f.csv", a_file().encode()), "mapping": "plain", "source": "x"},
    )
    page = client.get(sent["location"]).text

    assert "No table has been taken yet" in empty
    assert "Women" in page
    assert "It accuses nobody" in page
    assert "Adjusted for: offence" in page
    named = re.findall(r'role="region" aria-label="([^"]*)"', page)
    assert len(named) == len(set(named)) > 5  # each table by a name of its own
    assert "ratio" in client.get(sent["location"].rstrip("/") + ".csv").text
    become(by.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        SentencingFile.objects.update(title="other")
    again = client.post(
        "/courts/sentences/add/",
        {"file": SimpleUploadedFile("f.csv", a_file().encode()), "mapping": "plain"},
    )
    assert "is here already" in again.text


def test_every_row_of_a_file_is_accounted_for_on_the_page_and_in_its_file(client, db):
    client.force_login(statistician())
    rows = [line.split(",") for line in a_file().splitlines()]
    for row in rows[1:13]:
        row[rows[0].index("occupation")] = "weaver"
    rows[1][rows[0].index("education")] = "monastery"
    text = "\n".join(",".join(row) for row in rows) + "\n"
    sent = client.post(
        "/courts/sentences/add/",
        {"file": SimpleUploadedFile("f.csv", text.encode()), "mapping": "plain",
         "title": "Court of one province"},
    )  # fmt: skip
    page = " ".join(client.get(sent["location"]).text.split())
    file = client.get(sent["location"].rstrip("/") + ".csv").text.splitlines()

    assert "<h1>Court of one province</h1>" in page
    assert "counted as not known: education (fewer than 10), occupation (12 values)." in page
    people = len(rows) - 1
    assert f"Court of one province,,people,,,,{people},,,," in file
    assert "Court of one province,occupation,unread,,,,12,,,," in file
    assert "Court of one province,education,unread,,,,,,,,few" in file


@pytest.mark.parametrize(("text", "says"), [
    (HEAD + "A,2020,30,ten,female,,,,,\n", "f.csv: line 2: months is"),
    ("a,b\n1,2\n", "f.csv: no column complaint"),
    (a_file(40), "Fewer than 50 people"),
])  # fmt: skip
def test_a_file_that_cannot_be_taken_is_refused_in_words_and_nothing_is_kept(
    client, db, text, says
):
    client.force_login(statistician())
    page = client.post(
        "/courts/sentences/add/",
        {"file": SimpleUploadedFile("f.csv", text.encode()), "mapping": "plain"},
    )

    assert page.status_code == 422
    assert says in page.text
    assert not SentencingFile.objects.exists()


def test_the_register_is_taken_for_closed_years_and_not_for_a_few(court):
    by = statistician()
    become(by.pk)
    with pytest.raises(TooFewToKeep):
        services.take_register(last_year=2025, by=by, at=NOW.replace(year=2026))
    assert policies.FEWEST_TO_KEEP == 50
    assert queries.last_closed_quarter(date(2026, 1, 1)) == date(2025, 12, 31)
    assert queries.last_closed_quarter(date(2026, 11, 22)) == date(2026, 9, 30)


def _sixty_convicted(by, *, no=15, unknown=0, suspended=0, year=2024, people=60):
    """Convict people of whom so many had no lawyer; some with one were not sent to prison."""
    held = [complaint(by, date(year - 1, 1, 10)) for _two in range(people // 2)]
    for n in range(people):
        freed = n >= people - suspended
        one = accused(
            held[n // 2], by, (Stage.ACCUSED, 30), (Stage.CONVICTED_NOT_FINAL, 400), sex="male"
        )
        convicted(one, by, on=date(year, 6, 3), months=None if freed else 60 + n,
                  result="suspended" if freed else "convicted")  # fmt: skip
        heard(one, by, lawyer=False if n < no else None if n < no + unknown else True)


def _told_of_lawyers(client, table):
    """Return what two files tell of lawyers: the warning, and the groups of the sentenced."""
    warnings = client.get("/courts/convictions.csv").text.splitlines()
    (raised,) = (line.split(",")[2:5] for line in warnings if line.split(",")[1] == "no_lawyer")
    lines = [
        line.split(",") for line in client.get(f"/courts/sentences/{table.pk}.csv").text.split()
    ]
    told = [line for line in lines if "counsel" in line]
    return [int(n) if n else None for n in raised], {
        x[3]: int(x[6]) for x in told if x[2] == "mean"
    }


@pytest.mark.parametrize(("no", "unknown", "suspended"), [(15, 4, 0), (20, 0, 3), (20, 0, 0)])
def test_what_a_page_withholds_of_lawyers_no_table_beside_it_gives_away(
    db, client, no, unknown, suspended
):
    by, teller = clerk(), statistician()
    _sixty_convicted(by, no=no, unknown=unknown, suspended=suspended)
    become(teller.pk)
    table = services.take_register(last_year=2025, by=teller, at=NOW.replace(year=2026))
    client.force_login(teller)
    (raised, without, cannot_tell), groups = _told_of_lawyers(client, table)
    page = client.get(f"/courts/sentences/{table.pk}/").text
    if unknown or suspended:
        assert groups == {}  # 60 less those told of would be the 4, or the 3
        assert not [v for v in table.answer["variables"] if "counsel" in str(v)]
        assert "could be worked out from it: Lawyer" in page
        assert (raised is None) == bool(unknown)
        return
    assert (raised, without, cannot_tell, groups) == (20, 40, 0, {"no": 20, "yes": 40})
    become(by.pk)
    _sixty_convicted(by, no=4, year=2025, people=4)
    become(teller.pk)
    assert _told_of_lawyers(client, table)[0] == [None] * 3  # 24 less 20 would be those four


def test_a_year_is_over_when_it_is_in_the_country(db):
    by = statistician()
    become(by.pk)
    night = datetime(2025, 12, 31, 18, tzinfo=UTC)  # one in the morning of the new year, there
    with pytest.raises(TooFewToKeep):
        services.take_register(last_year=2025, by=by, at=night)
    with pytest.raises(WrongInput, match="not over"):
        services.take_register(last_year=2025, by=by, at=night - timedelta(hours=2))


@pytest.mark.parametrize("address", ["/courts/", "/courts/convictions/", "/courts/sentences/"])
def test_for_other_roles_the_pages_are_not_there(client, db, address):
    client.force_login(officer(Role.JUSTICE))
    assert client.get(address).status_code == 404
