"""A PDF becomes a picture of each page, drawn apart, and nothing else of it is kept."""

import io

import pytest
from PIL import Image

from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.uploads import papers, rendering
from mekhala.safeguards.uploads.papers import pages_of
from tests.builders_papers import PLANTED, empty, scanned


def test_each_page_is_a_picture_as_large_as_a_fax_and_holds_nothing_beside_its_dots():
    content = scanned()
    assert PLANTED.encode("utf-16-be") in content or PLANTED.encode() in content
    pages = pages_of(content, file_name="fax.pdf")
    assert [page.media_type for page in pages] == ["image/jpeg"] * 2
    opened = [Image.open(io.BytesIO(page.content)) for page in pages]
    assert {each.size for each in opened} == {(1700, 2200)}
    assert not [page for page in pages if PLANTED.encode() in page.content]


def test_a_huge_page_is_drawn_within_bounds():
    (page,) = pages_of(empty(14_400, 14_400), file_name="fax.pdf")
    width, height = Image.open(io.BytesIO(page.content)).size
    assert width * height <= rendering.MOST_DOTS * 1.01


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7 invented", "broken"),
        (scanned()[:400], "broken"),
        (empty(10, 10, pages=rendering.MOST_PAGES + 1), "more than 30 pages"),
        (b"%PDF-" + bytes(10 * 2**20), "larger than 10 MB"),
        (b"words", "neither a JPEG nor a PNG"),
    ],
    ids=["broken", "cut off", "too long", "too large", "no picture"],
)
def test_what_is_no_paper_is_refused_in_one_sentence(content, why):
    with pytest.raises(WrongInput, match=why):
        pages_of(content, file_name="fax.pdf")


def test_who_draws_is_given_neither_keys_nor_settings(monkeypatch):
    monkeypatch.setenv("MEKHALA_SECRET_KEY", "planted")
    seen = {}

    def told(command, **more):
        seen.update(more, command=command)
        raise papers.subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(papers.subprocess, "run", told)
    with pytest.raises(WrongInput, match="broken"):
        pages_of(scanned(1), file_name="fax.pdf")
    assert set(seen["env"]) == {"PYTHONPATH"}
