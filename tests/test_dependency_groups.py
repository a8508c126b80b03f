"""What the tests and the audit need is pinned, like what the app needs."""

import tomllib

import pytest
from packaging.requirements import Requirement


@pytest.mark.parametrize("group", ["test", "audit"])
def test_a_dependency_group_names_one_version_of_each_package(pytestconfig, group):
    project = tomllib.loads((pytestconfig.rootpath / "pyproject.toml").read_text("utf-8"))
    for one in map(Requirement, project["dependency-groups"][group]):
        (pin,) = one.specifier
        assert pin.operator == "==", one
        assert "*" not in pin.version, one
