"""bin/storm: what a house stands, tried on loopback; ends with 1 where something is wrong."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from storm import faults, kills, load

_USE = (
    "bin/storm kills [NUMBER] | bin/storm fuzz [NUMBER [FOLDER]] | bin/storm load [SECONDS]"
    " | bin/storm faults [NAME ...]"
)


def main(what: str, *words: str) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        if what == "kills":
            number = int(words[0]) if words else 200
            database_url = os.environ.get("DATABASE_URL", "")
            report: kills.Report | load.Report | faults.Report = kills.run(
                Path(scratch), number, database_url=database_url
            )
        elif what == "fuzz":
            report = _fuzz(Path(scratch), *words)
        elif what == "load":
            report = load.run(Path(scratch), int(words[0]) if words else 120)
        elif what == "faults" and set(words) <= set(faults.TRIALS):
            report = faults.run(Path(scratch), list(words))
        else:
            print(_USE, file=sys.stderr)
            return 2
    print(report)
    return 1 if report.faults else 0


def _fuzz(scratch: Path, number: str = "100000", folder: str = ""):  # type: ignore[no-untyped-def]  # noqa: ANN202
    os.environ |= {"AMENDS_HOME": str(scratch), "DJANGO_SETTINGS_MODULE": "amends.site.settings"}
    program = [sys.executable, "-m", "amends.site"]
    subprocess.run([*program, "setup"], check=True, stdout=subprocess.DEVNULL)
    # Imported once the house is there: its settings are read from it.
    import django

    django.setup()
    from storm import fuzz

    return fuzz.run(int(number), fuzz.seeds_in(Path(folder) if folder else None))


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["kills"])))
