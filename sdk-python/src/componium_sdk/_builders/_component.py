"""The last step for languages whose compiler makes a core module."""

import componium
from componium import toolchain

from componium_sdk import _tools
from componium_sdk._errors import BuildError, Place
from componium_sdk._project import Project

# The custom section in which every bindings generator puts the world; without it the component would be empty.
_WORLD_SECTION = b"component-type"


def encoder() -> str:
    """What tells this step's result from that of other versions."""
    return _tools.build_of("componium")


def componentize(core: bytes, project: Project) -> bytes:
    """Turn a core module that carries its world's type into a component.

    Raises:
        BuildError: It does not export what its world asks for.
    """
    if _WORLD_SECTION not in core:
        remedy = "Its source must use the bindings of the contract, which carry the world's type."
        raise BuildError(
            "componium", f"the module implements no world, not `{project.world}`", remedy, Place(project.manifest)
        )
    try:
        return toolchain.componentize(core, adapter="reactor")
    except componium.Error as error:
        raise BuildError(
            "componium", f"the module is no `{project.world}`", str(error), Place(project.manifest)
        ) from error
