"""What goes wrong around a house, one thing at a time; then all is counted, as after the kills.

In each trial the processes of a house run, and none of them is started again unless that is the
trial: whatever is taken away comes back, and they have to go on by themselves.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from storm import clocks, databases, disks, pauses
from storm.trial import Trial

TRIALS: dict[str, Callable[[Path], Trial]] = {
    "full": disks.full,
    "read-only": disks.read_only,
    "away": databases.away,
    "held": databases.held,
    "clock": clocks.jumps,
    "paused": pauses.paused,
}


@dataclass
class Report:
    """What could not be tried, and all that is wrong."""

    left_out: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"left out: {self.left_out or 'nothing'}; faults: {self.faults or 'none'}"


def run(scratch: Path, names: list[str]) -> Report:
    """Try what is named, or everything, and say of each how it went."""
    report = Report()
    for name in names or TRIALS:
        began = time.monotonic()
        try:
            tried = TRIALS[name](scratch).report
        except (disks.NoDisk, clocks.NoLibrary) as missing:
            report.left_out.append(f"{name}: {type(missing).__doc__}")
            continue
        print(
            f"{name}: {time.monotonic() - began:.0f} s, {tried.mails} mails in, {tried.sent} out,"
            f" {tried.repeated} of them again and marked; faults: {tried.faults or 'none'}",
            flush=True,
        )
        report.faults += [f"{name}: {fault}" for fault in tried.faults]
    return report
