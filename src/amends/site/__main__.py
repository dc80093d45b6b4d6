"""bin/amends: `run` starts a house; everything else is a command of one that is set up."""

import os
import signal
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.site.settings")
# As a shell counts a program that was ended by the signal.
_NOBODY_READS = 128 + signal.SIGPIPE


def main() -> None:
    # What a house keeps is for its own user alone: stories, mails, keys.
    os.umask(0o077)
    if sys.argv[1:2] == ["run"]:
        from amends.site.run import main as run

        sys.exit(run(sys.argv[2:]))
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["bin/amends", *sys.argv[1:]])
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read it, such as `head`, has enough; what is left is written nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_NOBODY_READS)


if __name__ == "__main__":
    main()
