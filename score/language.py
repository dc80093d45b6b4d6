"""How well languages are told apart: python score/language.py [directory of the data]

Data: lingua's test data (pemistahl/lingua-py @ 754ce21, Apache-2.0; texts of the Leipzig Corpora
Collection: Goldhahn, Eckart, Quasthoff, LREC 2012). Odd lines are for tuning, even ones are held
apart: the figures that count.
"""

import gzip
import json
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

from amends.expertise.language.identify import NEIGHBOURS, identify
from amends.expertise.language.words import LANGUAGES, fold

DEFAULT_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FILE = Path("langid") / "lingua_testdata_30pct.jsonl.gz"
KINDS = ("sentence", "word-pair", "single-word")
HALVES = {"held apart": 1, "tuning": 0}


def main(arguments: list[str]) -> int:
    """Print the figures; 2 when there are no data."""
    path = (Path(arguments[0]) if arguments else DEFAULT_DATA) / FILE
    if not path.exists():
        print(f"No data: {path} is missing. Give the directory that holds {FILE}.")
        return 2
    for name, start in HALVES.items():
        for spelling in ("as written", "without diacritics"):
            counted = count(path, start, spelling)
            print(f"\n{name}, {spelling}: right / nothing said / wrong, in per cent")
            print_figures(counted)
    return 0


def count(path: Path, start: int, spelling: str) -> Counter[tuple[str, str, str | None]]:
    """How often a text of a kind and language was taken for which language."""
    counted: Counter[tuple[str, str, str | None]] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in islice(lines, start, None, 2):
            row = json.loads(line)
            text = row["text"] if spelling == "as written" else fold(row["text"])
            counted[row["kind"], row["lang"], identify(text)] += 1
    return counted


def print_figures(counted: Counter[tuple[str, str, str | None]]) -> None:
    """A line for each language, a column for each kind, and whom sentences are taken for."""
    print("     " + "".join(f"{kind:>22}" for kind in KINDS) + "   sentences taken for")
    for code in LANGUAGES + NEIGHBOURS:
        cells = "".join(f"{cell(counted, kind, code):>22}" for kind in KINDS)
        taken = {
            str(said): n
            for (kind, truth, said), n in counted.items()
            if kind == "sentence" and truth == code and said not in (code, None)
        }
        print(f"  {code} {cells}   {taken or ''}")


def cell(counted: Counter[tuple[str, str, str | None]], kind: str, code: str) -> str:
    """Right, nothing said and wrong in per cent."""
    said = {who: n for (k, truth, who), n in counted.items() if (k, truth) == (kind, code)}
    total = sum(said.values()) or 1
    right, nothing = said.get(code, 0) / total, said.get(None, 0) / total
    wrong = max(1 - right - nothing, 0)
    return f"{right:6.1%} {nothing:6.1%} {wrong:6.1%}".replace("%", "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
