"""bin/amends: `run` starts a house; everything else is a command of one that is set up."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.site.settings")


def main() -> None:
    # What a house keeps is for its own user alone: stories, mails, keys.
    os.umask(0o077)
    if sys.argv[1:2] == ["run"]:
        from amends.site.run import main as run

        sys.exit(run(sys.argv[2:]))
    from django.core.management import execute_from_command_line

    execute_from_command_line(["bin/amends", *sys.argv[1:]])


if __name__ == "__main__":
    main()
