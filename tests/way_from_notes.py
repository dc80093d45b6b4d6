"""Which functions of the program have a note in hand, and which of these could send it.

Read from the source alone, so that a way is found before somebody goes it. A call is followed where
it may mean: an import, a name of the same module, a method of any class that has one so named.
"""

import ast
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from django.db.models import QuerySet

SOURCE = Path(__file__).resolve().parents[1] / "src" / "amends"
# Where a text becomes a mail or a message: the queryset of the one, the rows of the other.
OUT = ("Outgoing.objects.post", "Outgoing.objects.create", "Outgoing(", "messages.create",
       "Message.objects.create", "Message(")  # fmt: skip
# What such a function gives back holds no words of a note.
_WORDLESS = {None, "None", "bool", "int", "HttpResponse", "datetime", "datetime | None"}
# These belong to values of Python and to rows in general, whatever class of ours has one too.
_ANYBODYS = {name for kind in (str, bytes, list, dict, set, QuerySet) for name in dir(kind)}


@dataclass
class Function:
    """A function, by its module and name, and the functions that it names."""

    key: str
    node: ast.FunctionDef
    names: set[str] = field(default_factory=set)

    @property
    def gives_words(self) -> bool:
        returns = ast.unparse(self.node.returns) if self.node.returns else None
        return returns not in _WORDLESS


def functions_of(sources: dict[str, str]) -> dict[str, Function]:
    """Return all functions of the modules, each with those that it leads to."""
    trees = {module: ast.parse(text) for module, text in sources.items()}
    found = {
        f"{module}.{node.name}": Function(f"{module}.{node.name}", node)
        for module, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    methods = defaultdict(set)
    for module, tree in trees.items():
        for name in _methods(tree):
            methods[name].add(f"{module}.{name}")
    for module, tree in trees.items():
        imported = _imported(tree)
        for key in (key for key in found if key.rpartition(".")[0] == module):
            found[key].names = _named(found[key].node, module, imported, found, methods)
    return found


def having_notes(functions: dict[str, Function]) -> set[str]:
    """Return who reads a note, or is given words by one who does."""
    having = {key for key, one in functions.items() if _reads(one.node)}
    while True:
        givers = {key for key in having if functions[key].gives_words}
        more = {key for key, one in functions.items() if one.names & givers} - having
        if not more:
            return having
        having |= more


def sending(functions: dict[str, Function]) -> set[str]:
    """Return who writes a mail or a message, or calls one who does."""
    sends = {key for key, one in functions.items() if any(out in _text(one) for out in OUT)}
    while True:
        more = {key for key, one in functions.items() if one.names & sends} - sends
        if not more:
            return sends
        sends |= more


def program() -> dict[str, str]:
    """Return the modules of the program by their names; the demo plays both parts."""
    modules = (path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
    return {
        ".".join(["amends", *path.relative_to(SOURCE).with_suffix("").parts]): path.read_text()
        for path in modules
        if "demo" not in path.parts
    }


def _text(one: Function) -> str:
    return ast.unparse(one.node)


def _reads(node: ast.FunctionDef) -> bool:
    text = ast.unparse(node)
    given = any(
        "Note" in _words(ast.unparse(arg.annotation)) for arg in node.args.args if arg.annotation
    )
    asked = "Note.objects" in text.replace("Note.objects.write(", "")
    return given or asked or "notes" in {
        part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)
    }  # fmt: skip


def _words(annotation: str) -> list[str]:
    return (
        annotation.replace("|", " ").replace("[", " ").replace("]", " ").replace(",", " ").split()
    )


def _methods(tree: ast.Module) -> set[str]:
    classes = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return {part.name for one in classes for part in one.body if isinstance(part, ast.FunctionDef)}


def _imported(tree: ast.Module) -> dict[str, str]:
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


def _named(
    node: ast.FunctionDef,
    module: str,
    imported: dict[str, str],
    found: dict[str, Function],
    methods: dict[str, set[str]],
) -> set[str]:
    called = {id(part.func) for part in ast.walk(node) if isinstance(part, ast.Call)}
    own = {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)} | {
        part.id
        for part in ast.walk(node)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    }
    names = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id not in own:
            names.add(imported.get(part.id, f"{module}.{part.id}"))
        elif isinstance(part, ast.Attribute):
            of = part.value.id if isinstance(part.value, ast.Name) else ""
            names.add(f"{imported.get(of, module)}.{part.attr}")
            if id(part) in called and part.attr not in _ANYBODYS:
                names |= methods[part.attr]
    return {name for name in names if name in found}
