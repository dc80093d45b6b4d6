"""What a mail may do to its reader that no mail yet seen does; run in a process without Django."""

import os
import time

from amends.doors.mail.parsing import read_some

DEADLY, ENDLESS = b"Subject: deadly\n\n", b"Subject: endless\n\n"


def read_or_die(mails, trusted):
    if DEADLY in mails:
        os._exit(1)
    if ENDLESS in mails:
        time.sleep(600)
    return read_some(mails, trusted)
