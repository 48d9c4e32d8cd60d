"""A decision reaches the person: asked how, made, looked at by another officer, read out."""

import pytest
from django.db import transaction

from tests.builders_letters import decided
from tests.journeys.steps import ENGLISH_TOO


@pytest.mark.parametrize("language", [ENGLISH_TOO, "km"])
def test_a_letter_is_made_approved_and_read_out(
    transactional_db, page, sign_in, checked, language, tmp_path
):
    with transaction.atomic():
        made, board = decided(language="vi", age=15)
    case, at = f"/cases/{made.number}", checked(language)
    sign_in(made.opened_by, language)
    at.go(f"{case}/safe-contact/")
    at.send()  # nothing chosen: the page says so
    at.choose("way", "in_person")
    at.choose("paper_may_be_given", "no")
    at.choose("guardian_may_know", "not_known")
    at.send()

    sign_in(board[0], language)
    at.go(f"{case}/letters/")
    page.click(f'main a[href="{case}/letters/new/"]')
    at.look()
    assert page.input_value("main select[name=language]") == "vi"
    at.choose("kind", "decision")
    at.send()
    assert page.locator("article").get_attribute("lang") == "vi"
    address = page.url
    with page.expect_download() as download:
        page.click('main a[href$="/letter.pdf"]')
    assert download.value.suggested_filename == "letter.pdf"

    sign_in(board[1], language)
    at.go(address)
    page.check("[name=has_read]")
    page.check("[name=language_checked]")
    at.send()
    assert not page.locator('[value="on_paper"], [value="guardian"]').count()
    at.choose("how", "read_aloud")
    at.send()
    at.go(f"{case}/")
    page.goto(address)
    page.click('main a[href$="/withdraw/"]')
    at.look()
    page.set_viewport_size({"width": 320, "height": 720})
    page.goto(address)
    page.screenshot(path=tmp_path / "letter.png", full_page=True)
