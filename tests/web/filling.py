"""Fills a questionnaire in the browser as a person would: finishes, and answers what is marked.

ODK's own engine decides what is asked, what does not fit and what is sent.
"""

from tests.builders_forms import picture

# Of ODK's form of all widgets: notes, headings of tables, and what the page says it does not take.
SAID_TO_BE_LEFT = {
    "intro", "table_list_test_label", "table_list_test_label_2", "audio_widget", "video_widget",
    "osm_building",
}  # fmt: skip
QUESTION = ".mk-question"
MARKED = ".mk-question.govuk-form-group--error"
# On the list of what was received, or something is marked, or the page says why it was not sent.
ANSWERED = """marked => {
  if (location.pathname === "/submissions/" || document.querySelector(marked)) return true
  const said = document.querySelector("#questionnaire-status").textContent
  const words = document.querySelector("#questionnaire").dataset
  return said.startsWith(words.textRefused) || said.startsWith(words.textOffline)
}"""


def open_form(page, form_id):
    """Open a form's questionnaire and wait until it is drawn."""
    page.goto(f"/forms/{form_id}/fill/")
    page.locator(".mk-next").wait_for()


def asked(page, question):
    """Return the question with these words."""
    return page.locator(QUESTION).filter(has_text=question)


def choose(page, question, answer):
    """Choose one answer of one question, both by their words."""
    asked(page, question).get_by_label(answer, exact=True).check()


def send(page, *, rounds=1):
    """Finish, answering what is marked, at most ``rounds`` times; True: it was received."""
    for _ in range(rounds):
        page.evaluate("document.querySelector('#questionnaire-status').textContent = ''")
        page.locator(".mk-next").click()
        page.wait_for_function(ANSWERED, arg=MARKED)
        if page.url.endswith("/submissions/"):
            return True
        # A question loses its mark once answered, and may go away by an answer before it.
        for marked in [q.get_attribute("id") for q in page.locator(MARKED).all()]:
            question = page.locator(f'[id="{marked}"]')
            if question.count():
                _answer(page, question)
    return False


def answer(page, question):
    """Answer one question, found by its words, with the first answer that fits."""
    _answer(page, asked(page, question))


def answer_all(page):
    """Answer every question of the form; return the names of those that take no answer."""
    return [
        question.get_attribute("data-name")
        for question in page.locator(QUESTION).all()
        if not _answered(page, question)
    ]


def _answered(page, question):
    pictures, rank = question.locator("input[type=file]"), question.locator(".mk-rank")
    if pictures.count():
        file = {"name": "a.png", "mimeType": "image/png", "buffer": picture(kind="PNG")}
        pictures.set_input_files(file)
    elif rank.count():
        question.locator("button").last.click()
    elif question.locator("details input").count():
        question.locator("summary").click()
        for n in range(3 if question.locator("details button").count() else 1):
            for field in question.locator("details input").all():
                field.fill(str(10 + n))
            for add in question.locator("details button").all():
                add.click()
    elif question.locator("input, select, textarea").count():
        _answer(page, question)
    else:
        return False
    return True


def _answer(page, question):
    """Give the first answer that fits the control."""
    boxes, dropdown = question.locator(".mk-choices input"), question.locator("select")
    parts = question.locator(".govuk-date-input input")
    field = question.locator("input[type=text], textarea")
    if boxes.count():
        boxes.first.check()
    elif dropdown.count():
        dropdown.first.select_option(index=1)
    elif question.get_by_role("button", name="Today").count():
        question.get_by_role("button", name="Today").click()
    elif parts.count():
        for part in parts.all():
            part.fill("2020" if "--width-4" in part.get_attribute("class") else "12")
    elif question.locator("input[inputmode=numeric], input[inputmode=decimal]").count():
        # A number that was refused before is answered with a smaller one.
        field.first.fill("3" if field.first.input_value() else "30")
    elif question.locator("input[type=checkbox]").count():
        question.locator("input[type=checkbox]").check()
    elif field.count():
        field.first.fill("An invented answer")
    else:
        _tick_lists(page)


def _tick_lists(page):
    """Tick the first choice of each list left open: another question's choices wait for it."""
    for question in page.locator(".mk-question:has(.govuk-checkboxes input)").all():
        if not question.locator("input:checked").count():
            question.locator("input[type=checkbox]").first.check()
