"""Whether something failed for now only: the database is away or busy, the disk full or read-only.

Then it is nobody's fault who wrote or sent something: what was to be done is put off, not given
up. A missing table or a statement that is too long is the program's, and stays so.
"""

import errno
import sqlite3

from django.db import DatabaseError, InterfaceError, OperationalError

_OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
# PostgreSQL's "read_only_sql_transaction": after a change-over we still speak to the stand-by.
_READ_ONLY = "25006"
_KINDS = 0xFF


def is_passing(trouble: BaseException | None) -> bool:
    """Tell whether the same may go well a little later."""
    if isinstance(trouble, OperationalError | InterfaceError):
        return not _is_about_a_statement(trouble.__cause__)
    if isinstance(trouble, DatabaseError):
        return getattr(trouble.__cause__, "sqlstate", "") == _READ_ONLY
    return isinstance(trouble, OSError) and trouble.errno in _OF_THE_DISK


def _is_about_a_statement(cause: BaseException | None) -> bool:
    # SQLite calls operational what others call programming errors.
    code = getattr(cause, "sqlite_errorcode", None)
    return code is not None and code & _KINDS == sqlite3.SQLITE_ERROR
