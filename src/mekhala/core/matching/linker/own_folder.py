"""A folder for what linking cannot hold in memory: the owner's alone, and gone with the owner.

It goes when the work ends. A process that is killed leaves it behind, so whoever works next takes
away the folders nobody holds: as long as its process lives, a folder is locked (``flock``), and the
lock ends with the process however it ends. Folders of other accounts are left alone.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "mekhala-link-"


@contextmanager
def own_folder() -> Iterator[str]:
    """Give a new folder (mode 0700), after clearing what killed processes left."""
    clear()
    made = Path(tempfile.mkdtemp(prefix=f".{PREFIX}"))
    held = os.open(made, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        made = made.rename(made.with_name(made.name.removeprefix(".")))  # held before it is seen
        yield str(made)
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(held)


def clear() -> None:
    """Take away the folders of this account that no living process holds."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            found = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            continue  # another account's, a link, or just gone
        try:
            if os.fstat(found).st_uid == os.getuid():
                fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            pass  # its process is at work
        finally:
            os.close(found)
