"""The conventions that a machine can check; see CONTRIBUTING.md for all of them and their reasons."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "amends"
LONGEST_FUNCTION = 40
LONGEST_MODULE = 300
NO_WORDS_OF_THE_TRADE = {
    *("util", "utils", "helper", "helpers", "service", "services"),
    *("manager", "managers", "common", "base"),
}
# The alphabet's vowels in a row are no word.
TABLES_OF_LETTERS = {"expertise/language/words.py"}
SIGNS_OF_MONEY = {"z\u0142", "K\u010d"}
WORD = re.compile(r"[^\W\d_]{2,}")
# Django writes the one; the other is what every queue of mail calls it.
NAMED_OTHERWISE = {"Person.last_login", "Outgoing.not_before"}
APPS = {
    path.parent.name: path.parent.relative_to(SOURCE).parts[0]
    for path in SOURCE.glob("*/*/apps.py")
}
EVENTS = "abort|blur|change|click|dblclick|drag|drop|error|focus|input|key|load|mouse|paste|pointer"
INLINE = {
    "a style attribute": r"(?<![\w-])style\s*=",
    "a style element": r"<style\b",
    "a script in the page": r"<script\b(?![^>]*\b(?:src=|application/json))",
    "a handler in an attribute": rf"(?<![\w-])on(?:{EVENTS}|reset|scroll|submit|touch|wheel)\w*\s*=",
    "a script in a link": r"javascript:",
}


def modules() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def templates() -> list[Path]:
    return sorted(SOURCE.rglob("templates/**/*.html"))


def literals(tree: ast.AST) -> Iterator[ast.Constant]:
    """The strings of a module that do something, so not its docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in docstrings:
            yield node


def test_it_keeps_functions_short():
    long = [
        f"{name_of(path)}:{node.lineno} {node.name} has {length} lines"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long


def test_it_keeps_modules_short():
    long = [
        f"{name_of(path)} has {length} lines"
        for path in modules()
        if (length := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    ]
    assert not long


def test_it_names_modules_by_words_of_the_trade():
    parts = {part for path in modules() for part in path.relative_to(SOURCE).with_suffix("").parts}
    assert not parts & NO_WORDS_OF_THE_TRADE


def names_of_apps(text: str) -> set[str]:
    """The doors and records that a dotted string names, as a path or as a model's label."""
    paths = re.findall(r"\bamends\.(?:doors|records)(?:\.(\w+))?", text)
    label = re.fullmatch(r"(\w+)\.[A-Z]\w*", text)
    labels = [label[1]] if label and APPS.get(label[1]) in {"doors", "records"} else []
    return {*paths, *labels}


def test_it_names_doors_and_records_in_strings_only_in_the_site():
    # The contracts on imports don't see strings. A module may name the app that it belongs to.
    named = [
        f"{name_of(path)}:{node.lineno} {node.value!r}"
        for path in modules()
        if path.relative_to(SOURCE).parts[0] != "site"
        for node in literals(tree_of(path))
        if names_of_apps(node.value) - set(path.relative_to(SOURCE).parts[1:2])
    ]
    assert not named


def test_it_has_no_word_of_a_human_language_in_code():
    # English stands in code as the key of a translation; other languages have their own files.
    spoken = [
        f"{name_of(path)}:{node.lineno} {word}"
        for path in modules()
        if name_of(path) not in TABLES_OF_LETTERS
        for node in literals(tree_of(path))
        for word in WORD.findall(node.value)
        if not word.isascii() and word not in SIGNS_OF_MONEY
    ]
    assert not spoken


@pytest.mark.parametrize("what", INLINE)
def test_it_has_nothing_inline_in_templates(what):
    found = [
        f"{name_of(path)}: {match.group()}"
        for path in templates()
        for match in re.finditer(INLINE[what], without_comments(path), re.IGNORECASE)
    ]
    assert not found


def without_comments(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", "", text, flags=re.DOTALL)


def test_it_reads_the_clock_only_in_doors_and_on_the_site():
    asking = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        if path.relative_to(SOURCE).parts[0] in {"records", "expertise"}
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today", "localdate"}
    ]
    assert not asking


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("amends.")]


def test_it_says_in_a_name_whether_it_is_a_moment_or_a_day():
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in own_models()
        for field in model._meta.local_fields
        if (isinstance(field, models.DateTimeField) and not re.search(r"(^|_)at$", field.name))
        or (
            isinstance(field, models.DateField)
            and not isinstance(field, models.DateTimeField)
            and not re.search(r"(^|_)date$", field.name)
        )
    ]
    assert set(wrong) <= NAMED_OTHERWISE


def test_it_orders_where_it_asks_and_never_in_a_model():
    assert not [model.__name__ for model in own_models() if model._meta.ordering]


def test_it_has_a_sentence_for_every_event_that_the_timeline_shows():
    from amends.doors.desk.templatetags.desk_words import sentence
    from amends.ground.events.models import Event
    from amends.records.complaints.timeline import SHOWN_ITSELF

    verbs = set().union(*(verbs_recorded_in(tree_of(path)) for path in modules()))
    assert "arrived" in verbs
    assert "mail_accepted" in verbs
    without = [
        verb
        for verb in sorted(verbs - SHOWN_ITSELF)
        if str(sentence(Event(verb=verb, data=defaultdict(str)))) == verb.replace("_", " ")
    ]
    assert not without


def verbs_recorded_in(tree: ast.Module) -> set[str]:
    """The first arguments of record(), followed through variables and parameters."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return {
        verb
        for function in functions
        for call in calls_in(function, "record")
        for verb in values_of(call.args[0], function, functions, frozenset())
    }


def values_of(
    value: ast.expr,
    function: ast.FunctionDef,
    functions: list[ast.FunctionDef],
    seen: frozenset[tuple[str, str]],
) -> set[str]:
    if isinstance(value, ast.Constant):
        return {value.value}
    if isinstance(value, ast.IfExp):
        return set().union(
            *(values_of(way, function, functions, seen) for way in (value.body, value.orelse))
        )
    if not isinstance(value, ast.Name) or (function.name, value.id) in seen:
        return set()
    seen |= {(function.name, value.id)}
    given = [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == value.id
    ]
    found = [values_of(one, function, functions, seen) for one in given]
    names = [argument.arg for argument in function.args.args if argument.arg != "self"]
    if value.id in names:
        found += [
            values_of(call.args[names.index(value.id)], caller, functions, seen)
            for caller in functions
            for call in calls_in(caller, function.name)
            if len(call.args) > names.index(value.id)
        ]
    return set().union(*found)


def calls_in(function: ast.FunctionDef, name: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and name in {getattr(node.func, "id", ""), getattr(node.func, "attr", "")}
        and node.args
    ]


def test_it_has_a_sentence_for_every_refusal():
    from amends.doors.desk.sentences import REFUSALS, known_refusals

    refusals = {refusal for kind in REFUSALS for refusal in kinds_of(kind)}
    assert {refusal.__name__ for refusal in refusals - known_refusals()} == set()


def kinds_of(refusal: type[Exception]) -> set[type[Exception]]:
    below = {kind for sub in refusal.__subclasses__() for kind in {sub, *kinds_of(sub)}}
    return {kind for kind in below if not kind.__subclasses__()}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_it_names_no_host_in_lock_files(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert "://" not in text
