"""``./run serve``: the application on the database of this installation."""

import argparse
import os
import sys

from mekhala.cli.installation import collect_static, opened
from mekhala.cli.serving import Doors
from mekhala.config.database import Servers


def main() -> int:
    """Open the doors and keep them open until told to stop."""
    from mekhala.config.production.findings import refuse_if_unsafe

    take_no_words("serve", __doc__ or "")
    with opened() as servers:
        refuse_if_unsafe("casework")
        check_ports()
        collect_static()
        return serve(servers)


def take_no_words(command: str, says: str) -> None:
    """Answer ``--help``, and refuse any other word before anything is begun."""
    where = "PORT, MEKHALA_PUBLIC_PORT and MEKHALA_HOME name other ports and another folder."
    argparse.ArgumentParser(
        prog=f"./run {command}", description=says, epilog=where,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    ).parse_args()  # fmt: skip


def check_ports() -> None:
    """Leave at once where a port is taken: before anything is loaded, and before another's
    answer on it passes for ours.
    """
    from django.conf import settings

    Doors(settings.PORT, settings.PUBLIC_PORT).check_free()


def serve(servers: Servers) -> int:
    """Serve on the ports of the settings; the database must be open."""
    from django.conf import settings

    os.environ["MEKHALA_PUBLIC_PORT"] = settings.PUBLIC_PORT
    doors = Doors(settings.PORT, settings.PUBLIC_PORT)
    doors.open()
    if not doors.wait_until_ready():
        doors.close()
        print(
            f"serve: port {settings.PORT} did not answer. What is above says why; where nothing "
            "is, the machine was too busy: start again.", file=sys.stderr,
        )  # fmt: skip
        return 1
    print(f"Mekhala is ready: {settings.CASEWORK_URL}   public: {settings.PUBLIC_URL}", flush=True)
    return doors.wait(servers.tend)


if __name__ == "__main__":
    sys.exit(main())
