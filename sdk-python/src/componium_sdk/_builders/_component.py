"""The last step for languages whose compiler makes a core module."""

import componium
from componium import toolchain

from componium_sdk import _tools
from componium_sdk._errors import BuildError, Place
from componium_sdk._project import Project


def encoder() -> str:
    """What tells this step's result from that of other versions."""
    return _tools.build_of("componium")


def componentize(core: bytes, project: Project) -> bytes:
    """Turn a core module that carries its world's type into a component.

    Raises:
        BuildError: It does not export what its world asks for.
    """
    try:
        return toolchain.componentize(core, adapter="reactor")
    except componium.Error as error:
        raise BuildError(
            "componium", f"the module is no `{project.world}`", str(error), Place(project.manifest)
        ) from error
