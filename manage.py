"""Django's own commands, on the database of this installation."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mekhala.config.settings.casework")
    from mekhala.config.database import ready_the_server

    server = ready_the_server()
    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    finally:
        server.stop()
