"""Fills a questionnaire in the browser as a person would: sends, and answers what is marked.

ODK's own engine decides what is asked, what is marked and what is sent.
"""

MARKED = ".question-container.highlight, .question-container:has(.invalid)"
# On the list of what was received, or something is marked, or the page says why it was not sent.
ANSWERED = """marked => {
  if (location.pathname === "/submissions/" || document.querySelector(marked)) return true
  const said = document.querySelector("#questionnaire-status").textContent
  const words = document.querySelector("#questionnaire").dataset
  return said.startsWith(words.textRefused) || said.startsWith(words.textOffline)
}"""


def open_form(page, form_id):
    """Open a form's questionnaire and wait until ODK's engine has drawn it."""
    page.goto(f"/forms/{form_id}/fill/")
    page.get_by_role("button", name="Send").wait_for()


def choose(page, question, answer):
    """Choose one answer of one question, both by their words."""
    asked = page.locator(".question-container").filter(has_text=question)
    asked.locator(".value-option").filter(has=page.get_by_text(answer, exact=True)).click()


def send(page, *, rounds=1):
    """Send, answering what the engine marks, at most ``rounds`` times; True: it was received."""
    for _ in range(rounds):
        page.evaluate("document.querySelector('#questionnaire-status').textContent = ''")
        page.get_by_role("button", name="Send").click()
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
    _answer(page, page.locator(".question-container").filter(has_text=question))


def type_number(field, number):
    """Type a number key by key, as the engine's number field listens to keys, and go on."""
    field.press("Control+a")
    field.press_sequentially(number)
    field.press("Tab")


def _answer(page, question):
    """Give the first answer that fits the control."""
    options, dropdown = question.locator(".value-option"), question.locator(".p-select-label")
    date = question.locator(".p-datepicker-input")
    if options.count():
        options.first.click()
    elif dropdown.count():
        dropdown.first.click()
        page.locator(".p-select-option").first.click()
    elif date.count():
        date.click()
        page.locator(".p-datepicker-today .p-datepicker-day").click()
    elif question.locator(".p-inputnumber-input").count():
        # A number that was refused before is answered with a smaller one.
        number = question.locator(".p-inputnumber-input").first
        type_number(number, "3" if number.input_value() else "30")
    elif question.locator("input[type=checkbox]").count():
        question.locator("label").last.click()
    elif question.locator("input, textarea").count():
        question.locator("input, textarea").first.fill("An invented answer")
        page.keyboard.press("Tab")
    else:
        _tick_lists(page)


def _tick_lists(page):
    """Tick the first choice of each list left open: another question's choices wait for it."""
    for question in page.locator(
        ".question-container:has(.value-option input[type=checkbox])"
    ).all():
        if not question.locator("input:checked").count():
            question.locator(".value-option").first.click()
