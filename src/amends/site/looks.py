"""The writer of looks: one thread in each process of the web, and once more when it ends."""

import logging
import multiprocessing.util
import threading
import time

from django.db import connection

from amends.records.looking.batch import LOOKS

log = logging.getLogger(__name__)

# What a killed process may lose; docs/security.md says so.
EVERY_SECONDS = 2.0


def start_writing() -> None:
    """Write from now on, for as long as the process lives."""
    threading.Thread(target=_go_on, name="looks", daemon=True).start()
    multiprocessing.util.Finalize(None, write_now, exitpriority=100)


def write_now() -> None:
    try:
        if LOOKS.write():
            connection.close()
    except Exception:
        # The database is away. They wait, and nobody's page is kept from them.
        log.exception("looks are not written yet")
        connection.close()


def _go_on() -> None:
    while True:
        LOOKS.wait(EVERY_SECONDS)
        write_now()
        time.sleep(0.2)  # With the database away a full batch would else ask without a pause.
