"""Whether a test has failed, for what is put back after it."""

import pytest

FAILED = pytest.StashKey[bool]()
