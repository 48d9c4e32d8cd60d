"""What the tests of the safeguards look at: one file of everything, made once for a module."""

import pytest

from tests.builders_guard import everything


@pytest.fixture(scope="module")
def full(standing):
    """Return everything; nobody acts yet."""
    return everything()
