"""bin/storm: what a house stands, tried on loopback; ends with 1 where something is wrong."""

import os
import sys
import tempfile
from pathlib import Path

from storm import kills


def main(what: str, number: int) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        if what != "kills":
            print("bin/storm kills [NUMBER]", file=sys.stderr)
            return 2
        report = kills.run(Path(scratch), number, database_url=os.environ.get("DATABASE_URL", ""))
    print(report)
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "kills", int((sys.argv[2:] or ["200"])[0])))
