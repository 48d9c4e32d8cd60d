"""Our parts give the HTML of the GOV.UK examples, and no page carries what the CSP forbids."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django import forms
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "src" / "mekhala" / "web" / "templates"
COMPONENTS = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
STYLES = ROOT / "src" / "mekhala" / "web" / "assets" / "built" / "app.css"


def drawn(partial, **context):
    return get_template(f"govuk/_components.html#{partial}").render(context)


class Tokens(HTMLParser):
    """HTML as a list of (tag, sorted attributes) and squeezed words: what a reader meets."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, sorted((k, " ".join((v or "").split())) for k, v in attrs)))

    def handle_endtag(self, tag):
        self.found.append(f"/{tag}")

    def handle_data(self, data):
        if data.strip():
            self.found.append(" ".join(data.split()))


def tokens(text):
    return Tokens(text).found


def words(option):
    return {key: option[key] for key in ("text", "numeric") if key in option} | (
        {"numeric": True} if option.get("format") == "numeric" else {}
    )


def table_of(options):
    return {
        "rows": [[words(cell) for cell in row] for row in options["rows"]],
        "head": [words(cell) for cell in options.get("head", [])],
        "first_cell_is_header": options.get("firstCellIsHeader"),
        "classes": options.get("classes"),
    }


def rows_of(options):
    rows = [
        {
            "key": row["key"]["text"],
            "value": row["value"]["text"],
            "actions": [
                {"href": a["href"], "text": a["text"], "hidden": a.get("visuallyHiddenText")}
                for a in row.get("actions", {}).get("items", [])
            ],
        }
        for row in options["rows"]
    ]
    return {"rows": rows, "has_actions": any(row["actions"] for row in rows)}


def tasks_of(options):
    tasks = [
        {
            "title": item["title"]["text"],
            "href": item.get("href"),
            "hint": item.get("hint", {}).get("text"),
            "status": item["status"].get("tag", item["status"])["text"],
            "kind": "" if "tag" in item["status"] else None,
            "classes": item["status"].get("tag", {}).get("classes"),
        }
        for item in options["items"]
    ]
    return {"tasks": tasks, "id_prefix": options.get("idPrefix")}


def plainly(**names):
    """Options under our own names; an option kept under the same name needs no mention."""
    return lambda options: {names.get(key, key): value for key, value in options.items()}


# part: (folder, how options become parameters, options understood, least number of examples)
PARTS = {
    "button": (
        "button",
        plainly(preventDoubleClick="prevent_double_click"),
        {
            "text",
            "href",
            "classes",
            "disabled",
            "name",
            "type",
            "value",
            "id",
            "preventDoubleClick",
        },
        25,
    ),
    "tag": ("tag", plainly(), {"text", "classes"}, 10),
    "inset": ("inset-text", plainly(), {"text"}, 1),
    "warning": ("warning-text", plainly(), {"text"}, 1),
    "details": ("details", plainly(summaryText="summary"), {"summaryText", "text", "open"}, 1),
    "back_link": ("back-link", plainly(), {"href", "text"}, 2),
    "notification_banner": ("notification-banner", plainly(), {"text"}, 1),
    "panel": ("panel", plainly(titleText="title"), {"titleText", "text"}, 1),
    "table": ("table", table_of, {"rows", "head", "firstCellIsHeader", "classes"}, 3),
    "summary_list": ("summary-list", rows_of, {"rows"}, 3),
    "task_list": ("task-list", tasks_of, {"items", "idPrefix"}, 1),
}


NOT_OFFERED = ('"html"', '"attributes"', '"colspan"', '"rowspan"', '"id"', "null", "false")


def fits(options, understood):
    """Whether an example uses only what our part offers, at the top and in its rows and cells."""
    nested = json.dumps([value for value in options.values() if isinstance(value, list)])
    styled = nested.replace('"tag": {"text"', "").count('"classes"') > nested.count('"tag"')
    return set(options) <= understood and not styled and not any(x in nested for x in NOT_OFFERED)


@pytest.mark.parametrize("part", PARTS)
def test_gives_the_markup_of_the_govuk_examples(part):
    folder, parameters, understood, least = PARTS[part]
    fixtures = COMPONENTS / folder / "fixtures.json"
    if not fixtures.exists():
        pytest.skip("the examples come with govuk-frontend: build the assets first")
    examples = [
        example
        for example in json.loads(fixtures.read_text())["fixtures"]
        if fits(example["options"], understood)
    ]

    for example in examples:
        ours = drawn(part, **parameters(example["options"]))
        assert tokens(ours) == tokens(example["html"]), example["name"]
    assert len(examples) >= least


class Questions(forms.Form):
    said = forms.CharField(label="What was said", help_text="In the words used")
    alone = forms.ChoiceField(
        label="Can you speak alone?",
        choices=[("y", "Yes"), ("n", "No"), ("u", "Not known")],
        widget=forms.RadioSelect,
    )
    tie = forms.BooleanField(label="I have no tie to anyone in it")


def test_a_wrong_answer_is_marked_at_its_field_and_linked_from_the_summary():
    form = Questions({})

    field = form["said"].as_field_group()
    summary = drawn("error_summary", form=form)

    assert 'class="govuk-input govuk-input--error"' in field
    assert 'aria-describedby="id_said_helptext id_said_error"' in field
    assert 'id="id_said_error"' in field
    assert 'href="#id_said"' in summary
    assert 'href="#id_alone_0"' in summary
    assert 'href="#id_tie"' in summary
    assert "What was said – " in summary


def test_every_link_of_the_summary_leads_to_a_control():
    form = Questions({})

    targets = re.findall(r'href="#([^"]+)"', drawn("error_summary", form=form))

    assert len(targets) == 3
    assert all(f'id="{target}"' in str(form) for target in targets)


def test_a_form_without_errors_has_no_summary():
    assert drawn("error_summary", form=Questions()).strip() == ""


def test_a_choice_is_a_group_with_its_question_and_nothing_chosen():
    group = Questions()["alone"].as_field_group()

    assert '<legend class="govuk-fieldset__legend' in group
    assert group.count('class="govuk-radios__input"') == 3
    assert "checked" not in group


def test_browsers_neither_remember_nor_check_the_spelling_of_what_is_typed():
    field = str(Questions()["said"])

    assert 'autocomplete="off"' in field
    assert 'spellcheck="false"' in field


def test_the_server_says_what_is_missing_not_the_browser():
    assert not re.search(r"<(input|textarea|select)[^>]*\srequired", str(Questions()))


@pytest.mark.parametrize("value", [None, ""])
def test_an_empty_cell_reads_not_known(value):
    assert "Not known" in drawn("summary_list", rows=[{"key": "Born", "value": value}])


@pytest.mark.parametrize("value", [0, False])
def test_zero_and_no_are_answers(value):
    assert "Not known" not in drawn("summary_list", rows=[{"key": "Born", "value": value}])


@pytest.mark.parametrize("kind", ["for", "against", "soon", "overdue", "sealed", "silent"])
def test_a_badge_with_a_meaning_shows_it_by_shape_and_word_too(kind):
    badge = drawn("tag", text="Word", kind=kind)

    assert "<svg" in badge
    assert 'aria-hidden="true"' in badge
    assert "Word" in badge


def test_a_persons_status_has_no_colour():
    assert tokens(drawn("tag", text="Presumed victim"))[0] == ("strong", [("class", "govuk-tag")])


PAGES = sorted(TEMPLATES.rglob("*.html"))


def test_there_are_templates_to_look_at():
    assert TEMPLATES / "base.html" in PAGES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_no_template_carries_inline_style_or_script(page):
    text = page.read_text()

    assert not re.search(r"<[a-z][^>]*\sstyle\s*=", text)
    assert not re.search(r"<[a-z][^>]*\son[a-z]+\s*=", text)
    assert "<style" not in text
    for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL):
        assert not body.strip() or 'type="application/json"' in attributes
    assert "javascript:" not in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_no_template_asks_another_site_for_anything(page):
    for tag in re.findall(r"<(?:script|link|img|iframe|source)[^>]*>", page.read_text()):
        assert "//" not in tag.replace("{%", ""), tag


def styles():
    if not STYLES.exists():
        pytest.skip("the styles are not built: run python -m mekhala.web.assets.build")
    return STYLES.read_text()


@pytest.mark.parametrize("sign", ["GDS Transport", "crest", "crown"])
def test_the_styles_carry_no_emblem_and_no_borrowed_letters(sign):
    assert sign not in styles().replace("govuk-footer__crown", "")


def test_every_file_the_styles_ask_for_is_there_and_ours():
    asked = re.findall(r"url\(\"?([^)\"]+)\"?\)", styles())

    assert asked
    assert all((STYLES.parent / name).exists() for name in asked if not name.startswith("data:"))


CODE = '"NotoSansKhmer","NotoSansThai",ui-monospace,monospace'  # they hold no Latin letters


def test_khmer_letters_are_named_wherever_letters_are_in_prose_after_the_latin_ones():
    rules = re.sub(r"@font-face\{[^}]*\}", "", styles())
    families = re.findall(r"font-family:([^;}]+)", rules)
    stacks = {family.replace(" ", "") for family in families} - {
        "inherit",
        "var(--odk-font-family)",
    }

    assert CODE in stacks
    stacks.discard(CODE)
    assert len(stacks) > 0
    assert all(stack.startswith('"NotoSans","NotoSansKhmer",') for stack in stacks), stacks


def test_the_lock_names_no_registry():
    lock = json.loads((ROOT / "package-lock.json").read_text())

    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all(package.get("integrity") for name, package in lock["packages"].items() if name)
