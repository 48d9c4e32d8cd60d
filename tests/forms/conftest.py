"""ODK's engine for the tests of instruments: one of it for all of them."""

import pytest

from tests.builders_instruments import ENGINE, engine


@pytest.fixture(scope="session")
def answered():
    """Return a function that fills a form and tells what comes out; see ``engine``."""
    if not ENGINE.exists():
        pytest.skip("ODK's engine is not installed: ./run test")
    with engine() as fill:
        yield fill
