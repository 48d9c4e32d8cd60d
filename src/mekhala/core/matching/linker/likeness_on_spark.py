"""Names alike by ``likeness.jaro_winkler`` in Spark's SQL, so that every engine counts alike.

The function that Splink brings for Spark counts letters out of place by halves, so names close to a
bound were alike there and not here. This one is made of what Spark's SQL has of its own: nothing is
to be installed on a cluster for it. Names that cannot be alike, for too few letters occur in both,
are told before letters are laid side by side.
"""

from mekhala.core.matching.linker.likeness import BOOST_FROM, MOST_PREFIX, PREFIX

FUNCTION = "mekhala_alike"  # of two names in either order of words, and a bound above BOOST_FROM
REACH = "greatest(0, greatest(length(v.a), length(v.b)) div 2 - 1)"
AT = f"locate(substr(v.a, i, 1), left(s.rest, i + {REACH}), greatest(1, i - {REACH}))"
OCCURRING = "(length(v.a) - length(translate(v.a, v.b, '')))"
# Each letter of the one takes the nearest such letter of the other, which is then crossed out.
MATCHED = f"""aggregate(
    sequence(1, length(v.a)), named_struct('rest', v.b, 'met', cast(array() as array<string>)),
    (s, i) -> if({AT} > 0, named_struct(
        'rest', overlay(s.rest, chr(1), {AT}, 1), 'met', array_append(s.met, substr(v.a, i, 1))), s)
)"""
PLACES = "filter(sequence(1, length(v.b)), j -> substr(s.rest, j, 1) = chr(1))"
THERE = f"transform({PLACES}, j -> substr(v.b, j, 1))"
MOVED = f"size(filter(zip_with(s.met, {THERE}, (x, y) -> x <> y), z -> z)) div 2"
JARO = (
    "(size(s.met) / length(v.a) + size(s.met) / length(v.b) "
    f"+ (size(s.met) - {MOVED}) / size(s.met)) / 3"
)
MOST = f"(least({OCCURRING} / length(v.a), 1) + least({OCCURRING} / length(v.b), 1) + 1) / 3"
WAYS = (
    "array(array(named_struct('a', one_l, 'b', one_r), named_struct('a', turned_l, 'b', turned_r)),"
    " array(named_struct('a', one_l, 'b', turned_r), named_struct('a', turned_l, 'b', one_r)))"
)


def created() -> str:
    """Return the statement that makes ``FUNCTION`` for a session."""
    jaro = f"transform(array({MATCHED}), s -> if(size(s.met) = 0, 0.0d, {JARO}))[0]"
    holds = (
        "case when length(v.a) = 0 or length(v.b) = 0 then false "
        f"when {_boosted(MOST)} < bound then false "
        f"else exists(array({jaro}), j -> j > {BOOST_FROM}d and {_boosted('j')} >= bound) end"
    )
    said = "one_l string, turned_l string, one_r string, turned_r string, bound double"
    return (
        f"create or replace temporary function {FUNCTION}({said}) returns boolean "
        f"return exists({WAYS}, way -> forall(way, v -> {holds}))"
    )


def _boosted(jaro: str) -> str:
    """More where the first letters agree."""
    cases = " ".join(
        f"when length(v.a) >= {n} and left(v.a, {n}) = left(v.b, {n}) then {n}"
        for n in range(MOST_PREFIX, 0, -1)
    )
    return f"(({jaro}) + (case {cases} else 0 end) * {PREFIX}d * (1 - ({jaro})))"
