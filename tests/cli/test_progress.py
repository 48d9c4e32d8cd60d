import io
import sys

from mekhala.cli import progress as module
from mekhala.cli.progress import Progress


class Stream(io.StringIO):
    """Standard error that somebody watches, or not."""

    watched = True

    def isatty(self):
        return self.watched


def work(monkeypatch, stream, quiet):
    monkeypatch.setattr(module, "QUIET", quiet)
    monkeypatch.setattr(sys, "stderr", stream)
    with Progress("stepwise") as tick:
        tick(250, 1000)
    return stream.getvalue()


def test_a_person_at_a_terminal_sees_a_bar_on_long_work_and_it_is_wiped(monkeypatch):
    shown = work(monkeypatch, Stream(), quiet=-1)

    assert "stepwise [#######." in shown
    assert "250/1000" in shown
    assert shown.endswith("\x1b[K")


def test_short_work_shows_nothing(monkeypatch):
    assert work(monkeypatch, Stream(), quiet=2) == ""


def test_nothing_is_drawn_where_nobody_watches(monkeypatch):
    stream = Stream()
    stream.watched = False

    assert work(monkeypatch, stream, quiet=-1) == ""
