"""``python -m mekhala.cli`` is the ``mekhala`` command."""

import sys

from mekhala.cli import main

sys.exit(main())
