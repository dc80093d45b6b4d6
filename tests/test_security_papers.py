"""What docs/security.md says of tests is so: each that it names is there, and each threat has one."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAPER = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
# Said instead of a test, by a line that is honest about having none.
WITHOUT = ("none", "by design, no test", "by the settings, no test")


def rows(part):
    """The rows of the tables in a part of the paper, as lists of cells."""
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[-1] != "test" and not row[0].startswith("---")]


def functions_of(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_it_names_tests_that_are_there():
    named = NAMED.findall(PAPER)
    assert len(named) > 60
    for path, test in named:
        assert (ROOT / path).is_file(), path
        assert not test or test in functions_of(path), f"{path}::{test}"


def test_it_names_one_for_every_threat():
    threats = PAPER[PAPER.index("## Threats") : PAPER.index("## ASVS")]
    for threat in rows(threats):
        assert NAMED.search(threat[-1]), threat[0]


def test_it_names_one_for_every_requirement_or_says_that_there_is_none():
    for requirement in rows(PAPER[PAPER.index("## ASVS") :]):
        assert NAMED.search(requirement[-1]) or requirement[-1] in WITHOUT, requirement[0]


def test_it_is_led_to_from_where_people_look():
    assert "docs/security.md" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")
