"""An author hears of a malformed expression on upload, not the person holding the phone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.forms.expressions import Malformed, check

WELL_FORMED = [
    "''=''", "1", ".", "..", "/", "*[1]*2", "a div b", "div div div", "a-b - c", "once(random())",
    "not(selected( /data/x , 'a')) and ../y[1]/@z >= 3 or -1 < . ", "count(/a//b | c)",
    "jr:choice-name(/d/a,'/d/b')", "child::a/text()",
    "instance('l')/root/item[name=current()/../x]/label",
]  # fmt: skip
MALFORMED = [
    "", "/data/a = = 'x'", "(/data/a = 'x'", "1 +", "a b", "selected(.,'x'", "x = 'a",
    "concat('a', )", "a[", "a]", "a//", "= 1", "${a}", "a and and b", "(" * 500,
]  # fmt: skip


@pytest.mark.parametrize("expression", WELL_FORMED)
def test_takes_what_the_grammar_takes(expression):
    check(expression)


@pytest.mark.parametrize("expression", MALFORMED)
def test_refuses_what_the_grammar_refuses(expression):
    with pytest.raises(Malformed):
        check(expression)


names = st.sampled_from(["a", "/data/b", "../c", ".", "'x'", "3", "count(d)", "e[1]"])
joins = st.sampled_from([" = ", " and ", " or ", " + ", " - ", " * ", " div ", " | ", " != "])
expressions = st.recursive(
    names,
    lambda inner: st.one_of(
        st.tuples(inner, joins, inner).map("".join), inner.map("({})".format),
        st.tuples(inner, inner).map(lambda two: f"concat({two[0]}, {two[1]})"),
    ),
    max_leaves=8,
)  # fmt: skip


@given(expressions)
def test_whatever_is_built_by_the_grammar_is_taken(expression):
    check(expression)


@given(expressions)
def test_an_operator_left_over_is_noticed(expression):
    with pytest.raises(Malformed):
        check(f"{expression} = ")


@given(st.text(max_size=60))
def test_any_text_is_taken_or_refused_and_nothing_else_happens(text):
    try:
        check(text)
    except Malformed:
        return
