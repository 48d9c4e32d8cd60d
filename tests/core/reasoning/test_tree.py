"""Which facts, from which sources, make or break which element."""

from hypothesis import given

from mekhala.core.reasoning.assess import assess
from tests.core.reasoning.findings import CASES, some

ADULT = {"age": 30, "age_certainty": "known"}
FOUND = {
    "person": ADULT,
    "conduct": {"from": "2014"},
    "none_of": ["means"],
    "facts": {"act.recruitment": "yes", "act.harbouring": "yes", "purpose.adoption": "yes"},
    "sources": {
        "act.recruitment": ["statement of 3 March", "contract"],
        "act.harbouring": ["contract", "photograph"],
        "act.transfer": ["rumour"],
        "means.force": ["medical report"],
        "purpose.adoption": ["file of the agency"],
        "person.age": ["birth certificate"],
    },
}


def element(tree, name):
    return next(part for part in tree["parts"] if part["element"] == name)


def leaf(tree, code):
    return next(part for part in tree["parts"] if part.get("code") == code)


def offence_tree(article, **extra):
    answer = assess({**FOUND, **extra}, explain=True)
    return next(
        o["tree"]
        for o in answer["offences"]
        if (o["statute"], o["article"]) == ("KH-LSHTSE-2008", article)
    )


def test_an_element_names_the_sources_of_what_made_it_out():
    act = element(assess(FOUND)["palermo"]["tree"], "act")
    assert (act["asks"], act["value"], act["label"], act["required"]) == ("any", "yes", "act", True)
    assert act["words"] == "At least one of these"
    assert act["sources"] == ["statement of 3 March", "contract", "photograph"]


def test_a_leaf_carries_its_code_words_value_and_sources():
    act = element(assess(FOUND)["palermo"]["tree"], "act")
    assert leaf(act, "act.transfer") == {
        "asks": "fact",
        "code": "act.transfer",
        "words": "Passed the person on to somebody else",
        "value": "unknown",
        "sources": ["rumour"],
        "parts": [],
    }


def test_what_broke_the_finding_stands_at_its_root():
    tree = assess(FOUND)["palermo"]["tree"]
    assert (tree["asks"], tree["value"]) == ("all", "no")
    assert tree["words"] == "Trafficking in persons"
    assert tree["sources"] == ["medical report"]


def test_what_needs_more_stays_unknown_with_its_source():
    purpose = element(assess(FOUND)["palermo"]["tree"], "purpose")
    adoption = leaf(purpose, "purpose.adoption")
    assert (adoption["asks"], adoption["value"]) == ("needs_more", "unknown")
    assert adoption["sources"] == ["file of the agency"]
    assert adoption["words"] == "Adoption (more must be shown)"


def test_for_a_child_the_means_are_shown_and_not_required():
    child = {**FOUND, "person": {"age": 12, "age_certainty": "known"}}
    tree = assess(child)["palermo"]["tree"]
    assert [(p["element"], p["required"]) for p in tree["parts"]] == [
        ("act", True),
        ("means", False),
        ("purpose", True),
    ]
    assert tree["value"] == "unknown"
    assert "medical report" not in tree["sources"]


def test_offences_are_explained_only_when_asked():
    assert not any("tree" in o for o in assess(FOUND)["offences"])
    assert all("tree" in o for o in assess(FOUND, explain=True)["offences"])


def test_an_offence_shows_its_aggravations_and_the_source_of_the_age():
    tree = offence_tree("10", facts={"act.removal_from_guardian": "yes", "purpose.profit": "yes"})
    assert [p["element"] for p in tree["parts"]] == ["act", "purpose"]
    assert all(p["required"] for p in tree["parts"])
    minor = tree["aggravations"][0]
    assert (minor["element"], minor["asks"], minor["value"]) == ("minor", "person", "no")
    assert minor["words"] == "The person was under 18"
    assert minor["sources"] == ["birth certificate"]
    assert minor["required"] is False


def test_a_nested_definition_is_shown_part_by_part():
    act = element(offence_tree("10"), "act")
    both = act["parts"][0]
    assert (both["asks"], both["words"], both["value"]) == ("all", "Each of these", "no")
    assert both["sources"] == ["medical report"]


def nodes(node):
    yield node
    for part in (*node["parts"], *node.get("aggravations", ())):
        yield from nodes(part)


@some
@given(CASES)
def test_every_tree_ends_in_leaves_and_agrees_with_the_answer_beside_it(case):
    answer = assess(case, explain=True)
    finding = {"met": "yes", "not_met": "no", "undetermined": "unknown"}
    for outcome in (answer["palermo"], *answer["offences"]):
        tree = outcome["tree"]
        assert tree["value"] == finding[outcome["finding"]]
        values = {p["element"]: p["value"] for p in tree["parts"]}
        assert values == {e["element"]: e["value"] for e in outcome["elements"]}
        for node in nodes(tree):
            joined = node["asks"] in ("all", "any")
            assert bool(node["parts"]) == joined
            assert joined == ("code" not in node) or node["asks"] == "not_in_facts"
            assert node["words"]
            assert len(set(node["sources"])) == len(node["sources"])


@some
@given(CASES)
def test_sources_change_nothing_but_the_trees(case):
    def bare(answer):
        rest = {**answer["palermo"]}
        del rest["tree"]
        return {**answer, "palermo": rest}

    without = {key: value for key, value in case.items() if key != "sources"} | {
        "facts": case["facts"]
    }
    assert bare(assess(case)) == bare(assess(without))
