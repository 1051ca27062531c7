"""How each language is built into each kind."""

from componium_sdk._builders._builder import Builder
from componium_sdk._builders._c import CBuilder
from componium_sdk._builders._native_c import NativeCBuilder
from componium_sdk._builders._native_rust import NativeRustBuilder
from componium_sdk._builders._python import PythonBuilder
from componium_sdk._builders._rust import RustBuilder
from componium_sdk._errors import ProjectError
from componium_sdk._kind import Kind
from componium_sdk._project import Language, Project

_BUILDERS: dict[tuple[Language, Kind], Builder] = {
    (Language.C, Kind.WASM): CBuilder(),
    (Language.C, Kind.NATIVE): NativeCBuilder(march_native=False),
    (Language.C, Kind.MARCH_NATIVE): NativeCBuilder(march_native=True),
    (Language.PYTHON, Kind.WASM): PythonBuilder(),
    (Language.RUST, Kind.WASM): RustBuilder(),
    (Language.RUST, Kind.NATIVE): NativeRustBuilder(march_native=False),
    (Language.RUST, Kind.MARCH_NATIVE): NativeRustBuilder(march_native=True),
}


def builder_for(project: Project, kind: Kind) -> Builder:
    """The builder of a project.

    Raises:
        ProjectError: The project's language has no such kind.
    """
    try:
        return _BUILDERS[project.language, kind]
    except KeyError:
        raise ProjectError(
            project.manifest,
            "plugin.language",
            f"a plugin in {project.language.capitalize()} has no native library",
            "It runs outside the sandbox as it is: componium.load(FOLDER, trust=True).",
        ) from None
