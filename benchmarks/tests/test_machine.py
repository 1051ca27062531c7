"""Machine and versions."""

import pytest

from benchmarks.machine import MissingPackageError, describe, version


def test_description_does_not_tell_whose_machine_it_is() -> None:
    """Of what pytest-benchmark knows, the host's name is left out."""
    described = describe({"node": "my-laptop", "cpu": {"brand_raw": "a processor"}})
    assert described["processor"] == "a processor"
    assert "my-laptop" not in described.values()


def test_missing_package_is_refused_with_the_remedy() -> None:
    """The session installs everything."""
    with pytest.raises(MissingPackageError, match="no-such-package is not installed: `nox -s bench`"):
        version("no-such-package")
