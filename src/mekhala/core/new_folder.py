"""A folder that appears whole or not at all."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mekhala.core.wrong_input import WrongInput


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Yield a hidden folder to fill; it takes the name ``folder`` once all in it is written.

    Raises ``WrongInput`` where something of that name is there, or nothing can be written.
    """
    if folder.exists():
        raise WrongInput(f"{folder}: is there already; expected the name of a new folder")
    try:
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            yield beside
            beside.rename(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise WrongInput(f"{folder}: {error.strerror}; expected a place to write to") from None
