"""Small wrong changes to a program, one at a time, in the manner of Mothra's operators.

King and Offutt, *A Fortran language system for mutation-based software testing*, Software:
Practice and Experience 21 (1991): relational, logical and arithmetic operators, constants and
statements. Words of a docstring, types, decorators (what is kept, and how much) and imports are
no behaviour and are left alone.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType

COMPARED = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
COMPUTED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift,
}  # fmt: skip
NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}
NOT_BEHAVIOUR = {"annotation", "returns", "decorator_list", "type_params", "bases", "keywords"}


@dataclass(frozen=True)
class Mutant:
    """One changed program: where, what it was, what it is now."""

    line: int
    was: str
    now: str
    code: CodeType


def mutants(source: str, path: str) -> Iterator[Mutant]:
    """Yield each program that differs from ``source`` in one place."""
    tree = ast.parse(source)
    for node, owner, field, place in _places(tree):
        for other in _instead(node, field):
            _put(owner, field, place, other)
            ast.fix_missing_locations(tree)
            code = compile(tree, path, "exec")
            yield Mutant(node.lineno, ast.unparse(node), ast.unparse(other), code)
            _put(owner, field, place, node)


def _places(owner: ast.AST) -> Iterator[tuple[ast.AST, ast.AST, str, int | None]]:
    """Yield each node that can be changed with what holds it, and where."""
    for field, inside in ast.iter_fields(owner):
        if field in NOT_BEHAVIOUR and not isinstance(owner, ast.Call):
            continue
        for place, node in enumerate(inside) if isinstance(inside, list) else [(None, inside)]:
            if not isinstance(node, ast.AST) or _is_left_alone(node):
                continue
            if hasattr(node, "lineno"):
                yield node, owner, field, place
            yield from _places(node)


def _is_left_alone(node: ast.AST) -> bool:
    words = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return words or isinstance(node, ast.Import | ast.ImportFrom | ast.TypeAlias | ast.pattern)


def _put(owner: ast.AST, field: str, place: int | None, node: ast.AST) -> None:
    if place is None:
        setattr(owner, field, node)
    else:
        getattr(owner, field)[place] = node


def _instead(node: ast.AST, field: str) -> Iterator[ast.AST]:  # noqa: C901, PLR0912 - a table
    """Yield what may stand in a node's place."""
    match node:
        case ast.Compare(left, [op], [right]):
            yield ast.Compare(left, [COMPARED[type(op)]()], [right])
        case ast.Compare(left, ops, rights):
            for i, op in enumerate(ops):
                yield ast.Compare(left, [*ops[:i], COMPARED[type(op)](), *ops[i + 1 :]], rights)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.BinOp(left, op, right) if type(op) in COMPUTED:
            yield ast.BinOp(left, COMPUTED[type(op)](), right)
        case ast.AugAssign(target, op, value) if type(op) in COMPUTED:
            yield ast.AugAssign(target, COMPUTED[type(op)](), value)
        case ast.UnaryOp(_, operand):
            yield operand
        case ast.Constant(value):
            yield from map(ast.Constant, _other_values(value))
        case ast.Name(name, ast.Load()) if name in NAMES:
            yield ast.Name(NAMES[name], ast.Load())
        case ast.If(test, body, otherwise):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, otherwise)
        case ast.IfExp(test, body, otherwise):
            yield ast.IfExp(ast.UnaryOp(ast.Not(), test), body, otherwise)
        case ast.Return(value) if not _is_none(value):
            yield ast.Return(ast.Constant(None))
        case ast.Raise() | ast.Expr():
            yield ast.Pass()
        case ast.Continue():
            yield ast.Break()
    if field == "ifs":
        yield ast.Constant(True)


def _other_values(value: object) -> list[object]:
    match value:
        case bool():
            return [not value]
        case int() | float():
            return [value + 1]
        case str():
            return [f"XX{value}XX"]
        case None:
            return [False]
    return []


def _is_none(node: ast.AST | None) -> bool:
    return node is None or (isinstance(node, ast.Constant) and node.value is None)
