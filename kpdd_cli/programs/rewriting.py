"""Make a program mean inside the contained interpreter what it means in CPython, or say it cannot.

The interpreter lacks some of Python, and a few things it has differ: generators are evaluated
eagerly, sets keep the order of insertion. What it lacks is rewritten where that is exact (``del
d[k]`` as ``d.pop(k)``); what might give another value than CPython raises :class:`Unsupported`.
"""

from __future__ import annotations

import ast
import builtins
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 50_000  # characters of a program; no teacher writes longer ones


class Unsupported(Exception):
    """The interpreter cannot run this program as CPython would; the message says why."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A program made ready; ``alone``: for a session of its own."""

    text: str
    alone: bool = False


def prepare(program: str) -> Prepared:
    """The program as the interpreter should get it. Raises :class:`Unsupported`."""
    if len(program) > LONGEST:
        raise Unsupported(f"it is longer than {LONGEST:,} characters")
    if "\r" in program:
        program = program.replace("\r\n", "\n").replace("\r", "\n")
    text = _drop_unused_imports(program) if "import" in program else program
    _check_hooks(text)
    if not _needs_closer_look(text):
        return Prepared(text, _is_unusual(text))
    try:
        tree = ast.parse(text)
        rewriter = _Rewriter(tree)
        rewritten = rewriter.visit(tree)
        if rewriter.changed:
            text = ast.unparse(ast.fix_missing_locations(rewritten))
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        pass  # the interpreter will say what is wrong with it
    return Prepared(text, _is_unusual(text))


def _check_hooks(text: str) -> None:
    """Raise where the interpreter would pass over what a class says of itself."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)  # as identifiers are
    if "__" in text:
        for name in _HOOK.findall(text):
            if name not in _HEEDED:
                raise Unsupported(f"the interpreter does not heed __{name}__")


_HOOK = re.compile(r"\b__(\w+)__\b")
_BINARY = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "divmod", "and", "or", "xor")
_HEEDED = {
    *("name", "main", "doc", "class", "init", "str", "repr", "hash", "call", "match_args"),
    *("eq", "lt", "le", "gt", "ge", "neg", "pos", "abs", "int", "float", "index"),
    *("round", "floor", "ceil", "trunc", "iter", "next", "contains", "getitem", "setitem"),
    *("enter", "exit", *_BINARY, *(f"r{name}" for name in _BINARY)),
}


def _drop_unused_imports(program: str) -> str:
    """Without the imports at top level whose names occur nowhere else: most are."""

    def used(found: re.Match[str]) -> str:
        rest = program[: found.start()] + program[found.end() :]
        names = [
            alias or name.partition(".")[0]
            for name, alias in _IMPORTED.findall(found["names"] or found["module"])
        ]
        if names == ["math"] or any(re.search(rf"\b{name}\b", rest) for name in names):
            return found[0]
        return "pass"

    return _TOP_IMPORT.sub(used, program)


_ONE_IMPORT = r"[\w.]+(?:[ \t]+as[ \t]+\w+)?"
_IMPORTED = re.compile(r"([\w.]+)(?:[ \t]+as[ \t]+(\w+))?")
_TOP_IMPORT = re.compile(
    rf"^(?:import[ \t]+(?P<module>{_ONE_IMPORT})"
    rf"|from[ \t]+[\w.]+[ \t]+import[ \t]+(?P<names>{_ONE_IMPORT}(?:[ \t]*,[ \t]*{_ONE_IMPORT})*))"
    r"[ \t]*(?:#.*)?$",
    re.MULTILINE,
)


def _is_unusual(text: str) -> bool:
    """Whether a program shares its session with no other: it may touch what sessions share.

    (The state of ``random``, the context of ``decimal``.) Isolation of names does not rest on this.
    """
    if not text.isascii():
        text = _COMMENT.sub("", text)
        if not text.isascii():
            return True  # identifiers are normalised: ｅｘｅｃ is exec
    if "__" in text and "__" in text.replace("__name__", "").replace("__main__", ""):
        return True
    return (
        any(map(text.__contains__, ("exec", "eval", "open", "\0")))
        or any(_is_statement(head) for word in _OWN_SESSION for head, _ in _heads(text, word))
        or any(
            _is_statement(head) and not _IMPORT_MATH.match(text, at)
            for head, at in _heads(text, "import")
        )
    )


_COMMENT = re.compile(r"#[^\n]*")
_OWN_SESSION = ("from", "class", "async")
_IMPORT_MATH = re.compile(r"import[ \t]+math[ \t]*(?:$|[;#\n])")


def _needs_closer_look(text: str) -> bool:
    """A cheap test for what only the syntax tree can tell; it may say yes in vain."""
    packed = text.replace(" (", "(").replace(" =", "=")
    return (
        any(map(packed.__contains__, _HINTS))
        or ("{" in text and _SET.search(text) is not None)
        or any(_is_inside(head) for head, _ in _heads(text, "for"))
        or any(_is_statement(head) for head, _ in _heads(text, "from"))
        or any(
            _is_statement(head) and not _IMPORT_MATH.match(text, at)
            for head, at in _heads(text, "import")
        )
    )


_HINTS = (
    *("map(", "filter(", "zip(", "enumerate(", "reversed(", "iter(", "next("),
    *("set(", "id(", "hash(", "yield", "del ", "is_integer", "key="),
)
_SET = re.compile(r"\{[^:}]*[,}]")


def _heads(text: str, word: str) -> Iterator[tuple[str, int]]:
    """What stands before each ``word`` on its line, and where the word is."""
    at = text.find(word)
    while at >= 0:
        yield text[text.rfind("\n", 0, at) + 1 : at], at
        at = text.find(word, at + 1)


def _is_inside(head: str) -> bool:
    """Whether a word after ``head`` is inside a line of code, as a comprehension's ``for`` is."""
    return bool(head.strip()) and not (head[-1].isidentifier() or head[-1].isdigit() or "#" in head)


def _is_statement(head: str) -> bool:
    """Whether a statement can begin after ``head``."""
    head = head.rstrip()
    return not head or head[-1] in ";:"


# These read all of a generator at once, so that it makes no difference if it is evaluated eagerly.
_CONSUMERS = {
    *("sum", "min", "max", "list", "tuple", "set", "frozenset", "sorted", "dict"),
    *("join", "prod", "fsum", "extend", "update", "Counter"),
}
_ORDER_BLIND = {"sum", "len", "sorted", "min", "max", "any", "all", "set", "frozenset", "bool"}
_STATISTICS = {"mean", "fmean", "median", "median_low", "median_high", "mode"}
_TYPES = {"str", "int", "float", "list", "dict", "tuple", "set"}


class _Rewriter(ast.NodeTransformer):
    """One pass over a program; ``changed`` says whether its text must be written anew."""

    def __init__(self, tree: ast.Module) -> None:
        self.changed = False
        nodes = list(ast.walk(tree))
        self._parents = {child: node for node in nodes for child in ast.iter_child_nodes(node)}
        self._sets = _names_of_sets(nodes)
        self._statistics: set[str] = set()

    # --- what differs from CPython ---

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.AST:
        self._check_set_order(node)
        if any(isinstance(inner, ast.NamedExpr) for inner in ast.walk(node)):
            raise Unsupported("it assigns a name inside a generator")
        parent = self._parents.get(node)
        self.generic_visit(node)
        if isinstance(parent, ast.Call) and _called(parent) in _CONSUMERS:
            return node
        self.changed = True
        first, *others = node.generators
        of_one = ast.comprehension(
            first.target, ast.List([ast.Name("kpdd_item", ast.Load())], ast.Load()), first.ifs, 0
        )
        items = _lambda(ast.ListComp(node.elt, [of_one, *others]))
        return ast.Call(ast.Name("kpdd_generator", ast.Load()), [items, first.iter], [])

    def visit_ListComp(self, node: ast.ListComp) -> ast.AST:
        self._check_set_order(node)
        return self.generic_visit(node)

    def visit_DictComp(self, node: ast.DictComp) -> ast.AST:
        self._check_set_order(node)
        return self.generic_visit(node)

    def visit_For(self, node: ast.For) -> ast.AST:
        if self._may_be_set(node.iter):
            raise Unsupported(_SET_ORDER)
        return self.generic_visit(node)

    def visit_Starred(self, node: ast.Starred) -> ast.AST:
        if self._may_be_set(node.value):
            raise Unsupported(_SET_ORDER)
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        name = _called(node)
        method = node.func if isinstance(node.func, ast.Attribute) else None
        if name in ("id", "hash") and method is None:
            raise Unsupported(f"{name}() differs from CPython's")
        ordering = name in ("join", "extend") if method else name not in _ORDER_BLIND
        if ordering and any(self._may_be_set(argument) for argument in node.args):
            raise Unsupported(_SET_ORDER)
        if method:
            return self._visit_method(node, method)
        return self.generic_visit(node)

    def _check_set_order(self, node: ast.GeneratorExp | ast.ListComp | ast.DictComp) -> None:
        if any(self._may_be_set(part.iter) for part in node.generators):
            parent = self._parents.get(node)
            if not (isinstance(parent, ast.Call) and _called(parent) in _ORDER_BLIND):
                raise Unsupported(_SET_ORDER)

    def _may_be_set(self, node: ast.expr) -> bool:
        return _makes_set(node, self._sets)

    # --- what the interpreter lacks ---

    def _visit_method(self, node: ast.Call, method: ast.Attribute) -> ast.AST:
        if method.attr == "pop" and not node.args and self._may_be_set(method.value):
            raise Unsupported("it takes any item of a set, another than CPython")
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
        item = ast.Name("kpdd_item", ast.Load())
        if isinstance(method.value, ast.Name) and method.value.id in _TYPES:
            return _lambda(ast.Call(ast.Attribute(item, method.attr, ast.Load()), [], []))
        return _lambda(ast.Call(method, [item], []))

    def visit_Delete(self, node: ast.Delete) -> ast.AST | list[ast.stmt]:
        statements: list[ast.stmt] = []
        for target in node.targets:
            if not isinstance(target, ast.Subscript) or isinstance(target.slice, ast.Slice):
                raise Unsupported("the interpreter has no del of this kind")
            item = self.visit(target.slice)
            pop = ast.Attribute(self.visit(target.value), "pop", ast.Load())
            statements.append(ast.Expr(ast.Call(pop, [item], [])))
        self.changed = True
        return statements

    def visit_Import(self, node: ast.Import) -> ast.AST | None:
        kept = [alias for alias in node.names if alias.name != "statistics"]
        if len(kept) == len(node.names):
            return node
        self._statistics |= {a.asname or a.name for a in node.names if a.name == "statistics"}
        self.changed = True
        return ast.Import(kept) if kept else ast.Pass()

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST | list[ast.stmt]:
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


_SET_ORDER = "it puts a set in order, which differs from CPython's"


def _called(node: ast.Call) -> str:
    """The name, or the method's name, that is called."""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _lambda(body: ast.expr) -> ast.Lambda:
    """``lambda kpdd_item: body``."""
    return ast.Lambda(ast.arguments([], [ast.arg("kpdd_item")], None, [], [], None, []), body)


def _makes_set(node: ast.AST | None, names: set[str]) -> bool:
    """Whether an expression may be a set, given the ``names`` that may."""
    match node:
        case ast.Set() | ast.SetComp():
            return True
        case ast.Name(name):
            return name in names
        case ast.BinOp(left, _, right) | ast.IfExp(_, left, right):
            return _makes_set(left, names) or _makes_set(right, names)
        case ast.Call(ast.Name(name)):
            return name in ("set", "frozenset")
        case ast.Call(ast.Attribute(value, method)):
            return method in _SET_METHODS or (method == "copy" and _makes_set(value, names))
    return False


_SET_METHODS = {"union", "intersection", "difference", "symmetric_difference"}


def _names_of_sets(nodes: list[ast.AST]) -> set[str]:
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) and _makes_set(
            node.value, names
        ):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


# --- what an error means ---

# Names that executors of model-written programs commonly import beforehand.
_PRELOADED = {
    *("np", "numpy", "sympy", "sp", "pd", "pandas", "scipy", "Symbol", "symbols", "Eq", "solve"),
    *("sqrt", "Fraction", "Decimal", "datetime", "timedelta"),
    *("statistics", "random", "itertools"),
}
_NO_ATTRIBUTE = re.compile(r"(?:type object )?'(\w+)' object has no attribute '(\w+)'|(module) ")
_LACKS = re.compile(
    r"monty|not (?:yet )?support|is not an iterator|can only concatenate list"
    r"|pow\(\) 2nd argument cannot be negative"
    r"|cannot create '|isinstance\(\) arg 2|Permission denied|in this environment",
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
