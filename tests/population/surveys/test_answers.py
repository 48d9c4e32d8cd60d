"""Answers on leaving for work: shares of who was asked, for women of villages apart."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction

from mekhala.core.wrong_input import WrongInput
from mekhala.population.surveys import errors
from mekhala.population.surveys.answers import COLUMNS, load_answers, told
from mekhala.population.surveys.models import AnswerCount
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_surveys import AT, statistician, survey

ROWS = (
    ("cost", "borrowed", "female", "rural", 80, 40), ("cost", "borrowed", "female", "urban", 20, 2),
    ("cost", "borrowed", "male", "rural", 100, 30),
)  # fmt: skip


def csv(*rows):
    return "\n".join(",".join(map(str, row)) for row in (COLUMNS, *rows))


def load(of, by, *rows):
    return load_answers(of=of, text=csv(*rows), file_name="a.csv", by=by, at=AT)


def test_a_share_is_of_who_was_asked_with_its_interval_and_by_group(db):
    by, made, _at = survey()
    assert load(made, by, *ROWS) == 3
    [borrowed] = told(made)
    counted = {group: found[:2] for group, found in borrowed.groups.items()}
    assert counted == {"all": (72, 200), "rural_women": (40, 80), "other_women": (2, 20),
                       "men": (30, 100)}  # fmt: skip
    share = borrowed.groups["rural_women"][2]
    assert share.low < share.estimate == 0.5 < share.high


def test_a_later_file_holds_and_the_earlier_one_stays(db):
    by, made, _at = survey()
    load(made, by, *ROWS)
    load(made, by, ("volume", "left", "male", "urban", 10, 0))
    [left] = told(made)
    assert left.groups["men"][:2] == (0, 10)
    assert left.groups["men"][2].high > 0
    assert left.groups["rural_women"][2] is None  # nobody was asked: no share
    assert AnswerCount.objects.filter(version=1).count() == 3
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update surveys_answercount set said = 0")


@pytest.mark.parametrize(("row", "words"), [
    (("cost", "borrowed", "female", "rural", 80, 81), "no more who said it"),
    (("cost", "month", "female", "rural", 79, 1), "as many asked"),
    (("cost", "papers", "female", "rural", 80, 1), "no answer to that question"),
    (("cost", "month", "she", "rural", 80, 1), "column sex"),
    (("cost", "month", "female", "rural", 80, "few"), "not a whole number"),
    (("cost", "month", "female", "rural", 80, 1), "each answer for each group"),
    (ROWS[0], "twice"),
])  # fmt: skip
def test_a_file_that_cannot_be_is_refused_whole_with_its_row(db, row, words):
    by, made, _at = survey()
    with pytest.raises(WrongInput, match=words):
        load(made, by, *(ROWS if "81" not in map(str, row) else ROWS[1:]), row)
    assert not AnswerCount.objects.exists()


def test_only_who_works_the_survey_takes_and_reads_answers(db, client):
    by, made, _at = survey()
    with pytest.raises(errors.NotYourRole):
        load(made, statistician(), *ROWS)
    at = f"/surveys/{made.pk}/leaving/"
    for other in (statistician(), officer(Role.AUTHORITY)):
        client.force_login(other)
        assert client.get(at).status_code == 404
    client.force_login(by)
    assert "No answers were taken in this round." in client.get(at).content.decode()
    sent = SimpleUploadedFile("a.csv", csv(*ROWS).encode(), "text/csv")
    assert client.post(at, {"file": sent}).status_code == 302
    page = client.get(at).content.decode()
    assert "40 of 80" in page
    assert "Women of villages" in page
    assert at in client.get(f"/surveys/{made.pk}/").content.decode()
    wrong = SimpleUploadedFile("b.csv", b"topic\nx", "text/csv")
    assert client.post(at, {"file": wrong}).status_code == 422
