"""Make a program mean inside the contained interpreter what it means in CPython, or say it cannot.

The interpreter lacks some of Python, and a few things it has differ: generators are evaluated
eagerly, sets keep the order of insertion. What it lacks is rewritten where a rewriting is exact
(``del d[k]`` as ``d.pop(k)``); what might give another value than CPython raises :class:`Unsupported`.
"""

from __future__ import annotations

import ast
import builtins
import math
import re
from collections import Counter
from dataclasses import dataclass

LONGEST = 50_000  # characters of a program; no teacher writes longer ones


class Unsupported(Exception):  # noqa: N818 - an outcome, not a fault
    """The interpreter cannot run this program as CPython would; the message says why."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A program made ready.

    ``alone``: it gets a session of its own, since it imports more than ``math`` or is otherwise unusual.
    ``lazy``: CPython may stop early where the interpreter goes on, so that an error or a limit
    tells nothing.
    """

    text: str
    alone: bool = False
    lazy: bool = False


def prepare(program: str) -> Prepared:
    """The program as the interpreter should get it. Raises :class:`Unsupported`."""
    if len(program) > LONGEST:
        raise Unsupported(f"longer than {LONGEST:,} characters")
    if "\r" in program:
        program = program.replace("\r\n", "\n").replace("\r", "\n")
    text = _drop_unused_imports(program) if "import" in program else program
    alone = _UNUSUAL.search(_DUNDER_MAIN.sub("", text)) is not None
    if not _CLOSER_LOOK.search(text):
        return Prepared(text, alone)
    try:
        tree = ast.parse(text)
        rewriter = _Rewriter(tree)
        rewritten = ast.unparse(ast.fix_missing_locations(rewriter.visit(tree)))
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return Prepared(text, alone=True)  # the interpreter will say what is wrong with it
    if rewriter.changed:
        text = rewritten
        alone = _UNUSUAL.search(_DUNDER_MAIN.sub("", text)) is not None
    return Prepared(text, alone, rewriter.lazy)


# Programs in which these occur share no session with others. Isolation does not rest on it: each
# program has names of its own in any case.
_UNUSUAL = re.compile(
    r"[^\x20-\x7e\n\t]|__|\b(?:from|class|exec|eval|open|async|global|random|decimal)\b"
    r"|\bimport\b(?![ \t]+math[ \t]*(?:$|[;#]))",
    re.MULTILINE,
)
_DUNDER_MAIN = re.compile(r"\b__name__\b|__main__")

# A cheap test for what needs the syntax tree.
_CLOSER_LOOK = re.compile(
    r"\b(?:map|filter|zip|enumerate|reversed|iter|next|set|frozenset|id|hash|yield|del|is_integer|key)\b"
    r"|[^\s#][^\n#]*\sfor\s|\{[^:}\n]*\}|\bimport[ \t]*\*|\bimport[ \t]+(?!math\b)|\bfrom\b"
)

_TOP_IMPORT = re.compile(
    r"^import[ \t]+(?P<module>[\w.]+)(?:[ \t]+as[ \t]+(?P<alias>\w+))?[ \t]*(?:#.*)?$", re.MULTILINE
)


def _drop_unused_imports(program: str) -> str:
    """Without the top-level ``import module`` lines whose name occurs nowhere else: few are used."""

    def used(found: re.Match[str]) -> str:
        name = found["alias"] or found["module"].partition(".")[0]
        rest = program[: found.start()] + program[found.end() :]
        return found[0] if name == "math" or re.search(rf"\b{name}\b", rest) else "pass"

    return _TOP_IMPORT.sub(used, program)


# Called with one of these, all of a generator is consumed at once, so eager or lazy is the same.
_CONSUMERS = frozenset(
    ["sum", "min", "max", "list", "tuple", "set", "frozenset", "sorted", "dict", "len"]
    + ["join", "prod", "fsum", "extend", "update", "print", "Counter"]
)
_SHORT_CIRCUIT = frozenset(["any", "all", "next"])
_LAZY_CALLS = frozenset(["map", "filter", "zip", "enumerate", "reversed", "iter"])
_MUTATORS = frozenset(
    ["append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse", "update", "add"]
    + ["discard", "setdefault", "popitem", "appendleft", "popleft"]
)
_ORDER_BLIND = frozenset(
    ["sum", "len", "sorted", "min", "max", "any", "all", "set", "frozenset", "bool"]
)
_STATISTICS = frozenset(["mean", "fmean", "median", "median_low", "median_high", "mode"])
_TYPES = frozenset(["str", "int", "float", "list", "dict", "tuple", "set"])


class _Rewriter(ast.NodeTransformer):
    """One pass over a program; ``changed`` says whether its text must be written anew."""

    def __init__(self, tree: ast.Module) -> None:
        self.changed = False
        self.lazy = False
        self._parents = {
            child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)
        }
        self._unstable = _unstable_names(tree)
        self._sets = _names_of_sets(tree)
        self._statistics: set[str] = set()

    # --- what would be evaluated at another time than in CPython ---

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.AST:  # noqa: N802
        self._check_set_order(node)
        if self._is_consumed(node):
            return self.generic_visit(node)
        self._check_stable(node)
        self.generic_visit(node)
        self.changed = True
        listed = ast.ListComp(elt=node.elt, generators=node.generators)
        return ast.Call(func=ast.Name("iter", ast.Load()), args=[listed], keywords=[])

    def visit_ListComp(self, node: ast.ListComp) -> ast.AST:  # noqa: N802
        self._check_set_order(node)
        return self.generic_visit(node)

    def visit_For(self, node: ast.For) -> ast.AST:  # noqa: N802
        if self._may_be_set(node.iter):
            raise Unsupported("it goes through a set, whose order differs from CPython's")
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:  # noqa: N802
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in ("id", "hash") and name not in self._unstable:
            raise Unsupported(f"{name}() differs from CPython's")
        if name in _LAZY_CALLS and not self._is_consumed(node):
            self._check_stable(node)
        if any(self._may_be_set(argument) for argument in node.args) and not (
            name in _ORDER_BLIND or isinstance(node.func, ast.Attribute)
        ):
            raise Unsupported("it puts a set in order, which differs from CPython's")
        if isinstance(node.func, ast.Attribute):
            return self._visit_method(node, node.func)
        return self.generic_visit(node)

    def _visit_method(self, node: ast.Call, method: ast.Attribute) -> ast.AST:
        if method.attr == "pop" and not node.args and self._may_be_set(method.value):
            raise Unsupported("it takes any item of a set, another than CPython")
        if method.attr == "join" and any(self._may_be_set(argument) for argument in node.args):
            raise Unsupported("it puts a set in order, which differs from CPython's")
        if method.attr == "is_integer" and not node.args:
            self.changed = True
            value = self.visit(method.value)
            return ast.Call(ast.Name("kpdd_is_integer", ast.Load()), [value], [])
        if isinstance(method.value, ast.Name) and method.value.id in self._statistics:
            if method.attr not in _STATISTICS:
                raise Unsupported(f"the interpreter has no statistics.{method.attr}")
            self.changed = True
            node.func = ast.Name(f"kpdd_{method.attr}", ast.Load())
        return self.generic_visit(node)

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        self.generic_visit(node)
        if node.arg == "key" and isinstance(node.value, ast.Attribute):
            node.value = self._as_function(node.value)
        return node

    def _as_function(self, method: ast.Attribute) -> ast.Lambda:
        """``d.get`` as ``lambda x: d.get(x)``, ``str.lower`` as ``lambda x: x.lower()``."""
        self.changed = True
        item: ast.expr = ast.Name("kpdd_item", ast.Load())
        if isinstance(method.value, ast.Name) and method.value.id in _TYPES:
            call = ast.Call(ast.Attribute(item, method.attr, ast.Load()), [], [])
        else:
            call = ast.Call(method, [item], [])
        parameters = ast.arguments([], [ast.arg("kpdd_item")], None, [], [], None, [])
        return ast.Lambda(parameters, call)

    # --- what the interpreter lacks ---

    def visit_Delete(self, node: ast.Delete) -> ast.AST | list[ast.stmt]:  # noqa: N802
        statements: list[ast.stmt] = []
        for target in node.targets:
            if not isinstance(target, ast.Subscript) or isinstance(target.slice, ast.Slice):
                raise Unsupported("the interpreter has no del of this kind")
            item = self.visit(target.slice)
            pop = ast.Attribute(self.visit(target.value), "pop", ast.Load())
            statements.append(ast.Expr(ast.Call(pop, [item], [])))
        self.changed = True
        return statements

    def visit_Import(self, node: ast.Import) -> ast.AST | None:  # noqa: N802
        kept = [alias for alias in node.names if alias.name != "statistics"]
        if len(kept) == len(node.names):
            return node
        self._statistics |= {a.asname or a.name for a in node.names if a.name == "statistics"}
        self.changed = True
        return ast.Import(kept) if kept else ast.Pass()

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST | list[ast.stmt]:  # noqa: N802
        star = node.names[0].name == "*"
        if star and node.module == "math":
            self.changed = True
            names = [name for name in dir(math) if not name.startswith("_") and name in self._read]
            return ast.ImportFrom("math", [ast.alias(n) for n in names], 0) if names else ast.Pass()
        if node.module == "statistics" and all(a.name in _STATISTICS for a in node.names):
            self.changed = True
            return [
                ast.Assign(
                    [ast.Name(a.asname or a.name, ast.Store())],
                    ast.Name(f"kpdd_{a.name}", ast.Load()),
                )
                for a in node.names
            ]
        return node

    @property
    def _read(self) -> set[str]:
        return {node.id for node in self._parents if isinstance(node, ast.Name)}

    # --- checks ---

    def _is_consumed(self, node: ast.expr) -> bool:
        """Whether the lazy ``node`` is used up by the very expression that makes it."""
        parent = self._parents.get(node)
        while isinstance(parent, (ast.Starred, ast.comprehension)) or _is_lazy_call(parent):
            if isinstance(parent, ast.comprehension):
                if parent.iter is not node:
                    return False
            node = parent  # type: ignore[assignment]
            parent = self._parents.get(node)
            if isinstance(parent, (ast.ListComp, ast.SetComp, ast.DictComp)):
                return True
            if isinstance(parent, ast.GeneratorExp):
                node, parent = parent, self._parents.get(parent)
        if not isinstance(parent, ast.Call):
            return False
        called = parent.func
        name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
        if name in _SHORT_CIRCUIT:
            self.lazy = True
        return name in _CONSUMERS or (name in ("any", "all"))

    def _check_stable(self, node: ast.expr) -> None:
        self.lazy = True
        names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        changing = sorted(names & self._unstable)
        if changing:
            raise Unsupported(f"a generator reads {changing[0]!r}, which changes")

    def _check_set_order(self, node: ast.GeneratorExp | ast.ListComp) -> None:
        if not any(self._may_be_set(g.iter) for g in node.generators):
            return
        parent = self._parents.get(node)
        called = parent.func if isinstance(parent, ast.Call) else None
        if not (isinstance(called, ast.Name) and called.id in _ORDER_BLIND):
            raise Unsupported("it puts a set in order, which differs from CPython's")

    def _may_be_set(self, node: ast.expr) -> bool:
        return _makes_set(node) or (isinstance(node, ast.Name) and node.id in self._sets)


def _is_lazy_call(node: ast.AST | None) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in _LAZY_CALLS
    )


def _makes_set(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return _makes_set(node.left) or _makes_set(node.right)
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute):
            return node.func.attr in ("union", "intersection", "difference", "symmetric_difference")
        return isinstance(node.func, ast.Name) and node.func.id in ("set", "frozenset")
    return isinstance(node, (ast.Set, ast.SetComp))


def _names_of_sets(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr)):
            value = node.value
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            derived = isinstance(value, ast.expr) and (
                _makes_set(value)
                or any(isinstance(n, ast.Name) and n.id in names for n in ast.walk(value))
                and isinstance(value, (ast.Name, ast.BinOp))
            )
            if derived:
                names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


def _unstable_names(tree: ast.Module) -> set[str]:
    """Names that may be bound more than once, or whose object is changed in place."""
    bound: Counter[str] = Counter()
    own_scope = {  # the variables of comprehensions
        id(name)
        for node in ast.walk(tree)
        if isinstance(node, ast.comprehension)
        for name in ast.walk(node.target)
    }
    in_loops = {
        id(name)
        for node in ast.walk(tree)
        if isinstance(node, (ast.For, ast.While))
        for name in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            if id(node) not in own_scope:
                bound[node.id] += 2 if id(node) in in_loops else 1
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            bound[node.name] += 1
        elif isinstance(node, ast.AugAssign):
            bound[_root(node.target)] += 2
        elif isinstance(node, (ast.Subscript, ast.Attribute)) and not isinstance(
            node.ctx, ast.Load
        ):
            bound[_root(node)] += 2
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            bound[_root(node.func)] += 2 if node.func.attr in _MUTATORS else 0
    return {name for name, times in bound.items() if times > 1}


def _root(node: ast.expr) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


# --- what an error means ---

_PRELOADED = frozenset(
    [
        "np",
        "numpy",
        "sympy",
        "sp",
        "pd",
        "pandas",
        "scipy",
        "Symbol",
        "symbols",
        "Eq",
        "solve",
        "sqrt",
    ]
    + ["Fraction", "Decimal", "datetime", "timedelta", "statistics", "random", "itertools"]
)
_NO_ATTRIBUTE = re.compile(r"(?:type object )?'(\w+)' object has no attribute '(\w+)'|(module) ")
_LACKS = re.compile(
    r"monty|not (?:yet )?support|is not an iterator|pow\(\) 2nd argument cannot be negative"
    r"|cannot create '|Permission denied|in this environment",
    re.IGNORECASE,
)


def is_lacking(program: str, kind: str, message: str) -> bool:
    """Whether an error may come from what the interpreter lacks, rather than from the program."""
    if kind in ("NotImplementedError", "ModuleNotFoundError", "ImportError", "PermissionError"):
        return True
    if kind == "NameError":
        name = message.split("'")[1] if message.count("'") >= 2 else ""
        return name in _PRELOADED or (
            hasattr(builtins, name) and name not in ("input", "exit", "quit")
        )
    if kind == "AttributeError":
        found = _NO_ATTRIBUTE.search(message)
        owner = getattr(builtins, found[1] or "", None) if found else None
        return bool(found and (found[3] or hasattr(owner, found[2])))
    if kind == "SyntaxError":
        return _compiles(program)
    return _LACKS.search(message) is not None


def _compiles(program: str) -> bool:
    try:
        compile(program, "<program>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return False
    return True
