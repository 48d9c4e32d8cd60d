"""What our own source must never do: SQL put together from parts, patterns that take for ever,
data read as a program (R-56, R-57, R-58; TP-B7). Read from the syntax tree, not by words.
"""

import ast
import re
import signal
import time
from collections import deque
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from re import _constants as sre
from re import _parser

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "mekhala"
MODULES = [
    str(path.relative_to(SOURCE))
    for path in sorted(SOURCE.rglob("*.py"))
    if "migrations" not in path.parts
]


def text_of(name):
    return (SOURCE / name).read_text(encoding="utf-8")


@cache
def trees():
    """Every module of ours as a syntax tree, read when the first test asks."""
    return {name: ast.parse(text_of(name)) for name in MODULES}


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def name_of(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


# -- SQL ---------------------------------------------------------------------------------------

BUILT_SQL = {
    (
        "config/database.py",
        "create database mekhala owner",
    ): "a name of our own, before any request",
    ("safeguards/audit/verifier.py", "select "): "columns named in the same file",
    ("cli/audit_command.py", "select "): "columns named in the line above",
    ("safeguards/identity/sealing_rows.py", "update "): "names of models, in a migration",
    ("safeguards/identity/sealing_rows.py", "alter table "): "names of models, in a migration",
    (
        "safeguards/identity/sealing_rows.py",
        "set constraints all immediate; alter table ",
    ): "names of models, in a migration",
}
RUNS_SQL = {"execute", "executemany", "raw", "extra", "copy", "mogrify", "callproc"}
MAKES_SQL = {"RawSQL"}


def sql_found(name, tree):
    """Yield each statement that is not a constant, as (module, its first words)."""
    constants = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.isupper() and _is_constant(node.value)
    }
    for call in calls(tree):
        what = name_of(call)
        if what in MAKES_SQL or (what in ("raw", "extra") and _on_a_query(call)):
            yield name, what
        elif what in RUNS_SQL - {"raw", "extra", "copy"} and call.args:
            given = call.args[0]
            if not _is_constant(given) and getattr(given, "id", "") not in constants:
                yield name, _first_words(given)


def _on_a_query(call):
    return isinstance(call.func, ast.Attribute)


def _is_constant(node):
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _is_constant(node.left) and _is_constant(node.right)
    return False


def _first_words(node):
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            return inner.value
    return ast.unparse(node)


# Statements of a database in memory that holds one linking and nothing else: made of the rules and
# levels in these files and of numbers a model was checked to hold; records come in as tables.
IN_MEMORY = "core/matching/linker/"


def test_no_statement_is_put_together_from_parts():
    found = [one for name, tree in trees().items() for one in sql_found(name, tree)]
    unknown = {
        (name, words)
        for name, words in found
        if not name.startswith(IN_MEMORY)
        and not any(name == module and words.startswith(begin) for module, begin in BUILT_SQL)
        and (name, words) not in HANDED_ON
    }
    assert unknown == set()


HANDED_ON = {
    (
        "pathway/registration/same_person.py",
        "statement",
    ): "constants of the same file; values are apart",
    ("safeguards/prepared.py", "statement"): "what its callers hand it, who are looked at here too",
    ("safeguards/prepared.py", "_insertion(type(row))"): "names of a model's table and columns",
    ("safeguards/signing/services.py", " ("): "a constant and a place for each value",
    ("config/database.py", "question"): "constants of config.roles, two lines away",
    ("config/database.py", "roles.MAKE_ROLES"): "a constant of config.roles",
    ("config/database.py", "roles.MAKE_BACKUP_ROLE"): "a constant of config.roles",
    ("config/database.py", "roles.GIVE_TO_LOGIN"): "a constant of config.roles",
    ("config/database.py", "roles.LET_OWNER_MAKE_TABLES"): "a constant of config.roles",
    ("safeguards/audit/queries.py", "question"): "constants of the same file; values are apart",
    ("safeguards/identity/narrative.py", "raw"): "a constant of the same file; values are apart",
    ("config/production/of_the_database.py", "question"): "constants of the same file",
    ("population/linkage/runs/keeping.py", "statement"): "constants of the same file",
    ("population/linkage/runs/queries.py", "statement"): "constants of the same file; values apart",
    ("cli/doctor_command.py", "statement"): "constants of the same file",
    ("backup/dump.py", "ask.format(sql.Identifier(name))"): "a table's name, quoted by psycopg",
    ("backup/restore.py", "_limit(link, 0)"): "the database's name, quoted by psycopg",
    ("backup/restore.py", "_limit(link, -1)"): "the database's name, quoted by psycopg",
}


def test_the_list_of_what_is_allowed_holds_nothing_that_is_gone():
    found = {one for name, tree in trees().items() for one in sql_found(name, tree)}
    assert [entry for entry in HANDED_ON if entry not in found] == []
    assert [
        (module, begin)
        for module, begin in BUILT_SQL
        if not any(name == module and words.startswith(begin) for name, words in found)
    ] == []


@pytest.mark.parametrize(
    "statement",
    [
        'cursor.execute(f"select * from t where n = {n}")',
        'cursor.execute("select * from t where n = %s" % n)',
        'cursor.execute("select * from t where n = " + n)',
        'cursor.execute("select {}".format(n))',
        "Case.objects.raw('select 1')",
        'Case.objects.extra(where=["1=1"])',
        "annotate(n=RawSQL(text, []))",
        "cursor.execute(statement)",
    ],
)
def test_such_a_statement_would_be_found(statement):
    assert list(sql_found("a.py", ast.parse(statement)))


# -- data read as a program --------------------------------------------------------------------

NEVER = {"pickle", "cPickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "code",
         "codeop", "runpy"}  # fmt: skip
NEVER_CALLED = {"eval", "exec", "compile", "__import__", "from_string", "mark_safe", "unsafe_load",
                "full_load", "load_all", "Template", "system", "popen", "literal_eval"}  # fmt: skip
PROGRAMS = {
    ("core/law/written.py", "yaml.load"): "its loader is a safe one that remembers lines",
    ("pathway/determination/letters/paper.py", "typst.compile"): "our own template; data beside it",
}


def programs_found(name, tree):
    """Yield what could make a program out of data."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = [getattr(node, "module", None) or "", *(a.name for a in node.names)]
            yield from ((name, m) for m in modules if m.split(".")[0] in NEVER)
    for call in calls(tree):
        what, whole = name_of(call), ast.unparse(call.func)
        if (what in NEVER_CALLED and whole != "re.compile") or whole == "yaml.load":
            yield name, whole
        elif any(k.arg == "shell" and getattr(k.value, "value", 1) for k in call.keywords):
            yield name, f"{whole}(shell=…)"


def test_no_data_is_read_as_a_program():
    found = {one for name, tree in trees().items() for one in programs_found(name, tree)}
    assert found == set(PROGRAMS)


def test_the_one_yaml_loader_of_ours_is_a_safe_one():
    import yaml

    from mekhala.core.law.written import _MarkedLoader

    assert issubclass(_MarkedLoader, yaml.SafeLoader | yaml.CSafeLoader)
    with pytest.raises(yaml.YAMLError):
        yaml.load("!!python/object/apply:os.system ['true']", Loader=_MarkedLoader)


@pytest.mark.parametrize(
    "line",
    ["import pickle", "from pickle import loads", "eval(x)", "yaml.load(x)", "Template(x)",
     "engines['django'].from_string(x)", "subprocess.run(x, shell=True)", "os.system(x)"],
)  # fmt: skip
def test_such_a_line_would_be_found(line):
    assert list(programs_found("a.py", ast.parse(line)))


# -- patterns ----------------------------------------------------------------------------------

LONGEST = 100_000
LIMIT = 0.5  # seconds: the plan says 50 ms on a machine of its own; this one is shared
WAYS = ("match", "fullmatch", "search", "sub", "findall", "finditer", "split")


def patterns():
    """Every pattern in the source with the ways it is used in its module."""
    found = {}
    for name in MODULES:
        text = text_of(name)
        if "import re\n" not in text:
            continue
        module, tree = None, ast.parse(text)
        for call in calls(tree):
            if not ast.unparse(call.func).startswith("re.") or not call.args:
                continue
            what = name_of(call)
            if what not in (*WAYS, "compile"):
                continue
            module = module or __import__(_dotted(name), fromlist=["_"])
            flags = _flags(call, module)
            pattern = _value(call.args[0], module)
            if pattern is None:
                found[f"{name}: {ast.unparse(call.args[0])}"] = (None, 0, ())
                continue
            ways = (what,) if what in WAYS else _ways_of(call, tree)
            found[f"{name}: {pattern[:60]}"] = (pattern, flags, ways)
    return found


def _dotted(name):
    return "mekhala." + name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _value(node, module):
    try:
        return eval(compile(ast.Expression(node), "source", "eval"), vars(module).copy())
    except NameError:
        return None


def _flags(call, module):
    given = [*call.args[1:], *(k.value for k in call.keywords if k.arg == "flags")]
    values = [_value(node, module) for node in given if "re." in ast.unparse(node)]
    return int(values[0]) if values else 0


def _ways_of(call, tree):
    """The methods called on the name a compiled pattern is given; all where that is not plain."""
    target = next(
        (n.targets[0].id for n in ast.walk(tree)
         if isinstance(n, ast.Assign) and n.value is call and isinstance(n.targets[0], ast.Name)),
        None,
    )  # fmt: skip
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", None) == target
    }
    return tuple(used & set(WAYS)) or ("search", "fullmatch")


def samples(parsed):
    """Return a short text that each part of a pattern matches, and those that may repeat."""
    whole, repeated = "", []
    for op, value in parsed:
        text, inner = _sample(op, value)
        repeated += [whole + r if isinstance(r, str) else r for r in inner]
        whole += text
    return whole, repeated


def _sample(op, value):
    if op is sre.LITERAL:
        return chr(value), []
    if op is sre.NOT_LITERAL:
        return "a" if value != ord("a") else "b", []
    if op is sre.ANY:
        return "a", []
    if op is sre.IN:
        return _one_of(value), []
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        low, high, inner = value
        text, deeper = samples(inner)
        more = [text] if high is sre.MAXREPEAT or high > 20 else []
        return text * max(low, 1), [*more, *deeper]
    if op is sre.SUBPATTERN:
        return samples(value[3])
    if op is sre.ATOMIC_GROUP:
        return samples(value)
    if op is sre.BRANCH:
        made = [samples(branch) for branch in value[1]]
        return made[0][0], [text for whole, deeper in made for text in (whole, *deeper)]
    return "", []


def _one_of(items):
    for op, value in items:
        if op is sre.LITERAL:
            return chr(value)
        if op is sre.RANGE:
            return chr(value[0])
        if op is sre.CATEGORY:
            return {sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " "}.get(value, "a")
    return next(c for c in "a1 \n—ក" if c not in [chr(v) for o, v in items if o is sre.LITERAL])


def adversaries(pattern):
    """Texts of 100 kB that repeat what the pattern repeats and then do not end as it wants."""
    whole, repeated = samples(_parser.parse(pattern))
    begun = [f"{part}{more}" for part in (*repeated, whole) for more in ("", " ", "<")]
    parts = dict.fromkeys([*begun, "a", " ", "0", "(", "ក", "\n", "a ", "1,"])
    for part in filter(None, parts):
        long = part * (LONGEST // len(part))
        yield from (long, f"{long}\x00!", f"{whole}{long}\x00!")


@contextmanager
def at_most(seconds):
    def stop(_number, _frame):
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def slowest(pattern, flags, ways):
    """Return the longest time a use of the pattern takes on an adversary; ∞ beyond the limit."""
    compiled, longest = re.compile(pattern, flags), 0.0
    for text in adversaries(pattern):
        for way in ways:
            began = time.process_time()
            try:
                with at_most(LIMIT):
                    found = compiled.sub("", text) if way == "sub" else getattr(compiled, way)(text)
                    deque(found, maxlen=0) if way == "finditer" else found  # keeps none of them
            except TimeoutError:
                return float("inf")
            longest = max(longest, time.process_time() - began)
    return longest


FOUND = patterns()
BOUNDED = {
    "forms/faults.py: ''.join(out) + '\\\\s*\\\\Z'": "the converter's own words, on 600 characters",
    "forms/loops.py: f'(?<![\\\\w.\\\\-)\\\\]*/])/{re.escape(root)}((?:/{_NAME})+){_ENDS}'": (
        "an escaped name of a form, then names parted by a sign that is in none of them"
    ),
    "forms/xform.py: named": "an escaped language between parts that cannot overlap",
    "intake/fields.py: self.pattern": "constants of the same file, on one answer",
    "core/provenance/chains.py: f'(?<!\\\\w){document}(?!\\\\w)'": "an escaped name of a document",
}


@pytest.mark.parametrize("where", FOUND)
def test_no_pattern_takes_long_on_a_text_made_for_it(where):
    pattern, flags, ways = FOUND[where]
    if pattern is None:
        assert where in BOUNDED, "a pattern made at run time: say here why it is bounded"
        return
    assert slowest(pattern, flags, ways) < LIMIT


def test_patterns_were_found_at_all():
    assert len(FOUND) > 30


@pytest.mark.parametrize(
    "pattern", [r"^([a-zA-Z0-9]+\s?)+$", r"(a|a)+b", r"(.*a){12}b", r"\s+$", r"^(\w+,?)*;$"]
)
def test_a_pattern_that_takes_for_ever_would_be_found(pattern):
    assert slowest(pattern, 0, ("search",)) == float("inf")
