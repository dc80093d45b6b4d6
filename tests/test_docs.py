"""The documents say what there is: every setting, command, room, app and decision stands in them."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "amends"
DOCS = ROOT / "docs"
DECISIONS = DOCS / "decisions"
NOT_OURS = {"var", "node_modules"}
SETTING = re.compile(r"\b(?:AMENDS_[A-Z_]+[A-Z]|DATABASE_URL)\b")
LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]+)")
PARTS_OF_A_DECISION = ("Context", "Decision", "Consequences")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def papers() -> list[Path]:
    """Every Markdown file of the repository."""
    return [
        path
        for path in sorted(ROOT.rglob("*.md"))
        if not any(
            part.startswith(".") or part in NOT_OURS for part in path.relative_to(ROOT).parts
        )
    ]


def documents() -> str:
    return "\n".join(read(path) for path in [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))])


def settings_read() -> set[str]:
    places = [*SOURCE.rglob("*.py"), *(ROOT / "bin").iterdir()]
    return {name for place in places for name in SETTING.findall(read(place))}


def decisions() -> list[Path]:
    return [path for path in sorted(DECISIONS.glob("*.md")) if path.name != "README.md"]


def test_it_keeps_the_readme_short():
    assert len(read(ROOT / "README.md").splitlines()) <= 120


def test_it_documents_every_setting():
    assert settings_read() - set(SETTING.findall(read(DOCS / "running.md"))) == set()


def test_it_documents_no_setting_that_nobody_reads():
    assert set(SETTING.findall(documents())) - settings_read() == set()


@pytest.mark.parametrize(
    "command",
    sorted(
        path.stem
        for path in SOURCE.rglob("management/commands/*.py")
        if not path.name.startswith("_")
    ),
)
def test_it_documents_the_command(command):
    assert f"bin/amends {command}" in read(DOCS / "running.md")


@pytest.mark.parametrize("room", sorted(path.parent.name for path in SOURCE.glob("*/__init__.py")))
def test_it_documents_the_room(room):
    assert f"`{room}/`" in read(DOCS / "architecture.md")


@pytest.mark.parametrize(
    "place",
    sorted(
        path.parent.relative_to(SOURCE).as_posix()
        for path in SOURCE.glob("*/*/__init__.py")
        if path.parent.name != "management"
    ),
)
def test_it_documents_what_is_in_the_room(place):
    # Between marks or spaces, so that "house" does not count as said by "in the houses".
    assert re.search(rf"(?<![\w/]){Path(place).name}(?!\w)", read(DOCS / "architecture.md"))


def test_it_gives_each_decision_a_number_of_its_own():
    numbers = Counter(path.name[:4] for path in decisions())
    assert numbers
    assert all(number.isdigit() and times == 1 for number, times in numbers.items()), numbers


@pytest.mark.parametrize("decision", decisions(), ids=lambda path: path.stem)
def test_it_lists_the_decision(decision):
    assert f"({decision.name})" in read(DECISIONS / "README.md")


@pytest.mark.parametrize("decision", decisions(), ids=lambda path: path.stem)
def test_it_writes_a_decision_on_one_page(decision):
    text = read(decision)
    assert text.startswith(f"# {decision.name[:4]} ")
    assert re.search(r"^Status: (accepted|superseded by \d{4})", text, re.MULTILINE)
    assert all(f"\n## {part}\n" in text for part in PARTS_OF_A_DECISION)
    assert len(text.splitlines()) <= 60


@pytest.mark.parametrize("paper", papers(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_it_links_to_what_is_there(paper):
    broken = [link for link in links_in(paper) if not leads_somewhere(paper, link)]
    assert not broken


def links_in(paper: Path) -> list[str]:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", read(paper), flags=re.DOTALL)
    return [link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link)]


def leads_somewhere(paper: Path, link: str) -> bool:
    file, _sep, place = link.partition("#")
    target = (paper.parent / file) if file else paper
    if not target.exists():
        return False
    return not place or target.suffix != ".md" or place in headings_of(target)


def headings_of(paper: Path) -> set[str]:
    """The places of a page, named as a reader's browser names them."""
    titles = re.findall(r"^#+ (.+)$", read(paper), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_it_names_no_folder_of_a_machine():
    named = [
        paper.name
        for paper in papers()
        if re.search(r"(?<![\w/.])/(?:work|home|Users)/", read(paper))
    ]
    assert not named
