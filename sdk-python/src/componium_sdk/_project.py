"""A plugin's project: a folder with a `componium.toml` that says what is built from it."""

import enum
import tomllib
from dataclasses import dataclass
from pathlib import Path

from componium_sdk._errors import ProjectError
from componium_sdk._kind import Kind
from componium_sdk._platform import this_platform, this_processor
from componium_sdk._table import Table

MANIFEST = "componium.toml"

# Names of plugins and worlds are WIT identifiers: lower-case words joined by hyphens.
_NAME = r"[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*"
_WORLD = rf"({_NAME}:{_NAME}/)?{_NAME}(@\d+\.\d+\.\d+\S*)?"
_VERSION = r"\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?"
_MODULE = r"[A-Za-z_][A-Za-z0-9_]*"

# componentize-py puts the bindings into this module, so a plugin's own must have another name.
_BINDINGS_MODULE = "wit_world"


class Language(enum.StrEnum):
    """What a plugin is written in."""

    C = "c"
    PYTHON = "python"
    RUST = "rust"


@dataclass(frozen=True, slots=True)
class Project:
    """A project that has been read and checked.

    Attributes:
        folder: The project's folder, absolute.
        name: The plugin's name, a WIT identifier.
        version: Its version, three numbers as in Semantic Versioning.
        description: One line for people.
        language: What it is written in.
        wit: The contract, absolute: a folder of `.wit` files, or one of them.
        world: The world in it that the plugin implements.
        app: For Python: the module that implements the world.
    """

    folder: Path
    name: str
    version: str
    description: str
    language: Language
    wit: Path
    world: str
    app: str | None = None

    @property
    def manifest(self) -> Path:
        """The `componium.toml`."""
        return self.folder / MANIFEST

    @property
    def title(self) -> str:
        """What tells it apart from the same plugin in another language: `calc-rust`."""
        return f"{self.name}-{self.language}"

    def artifact(self, kind: Kind = Kind.WASM) -> str:
        """The name of the file that is built from it: `calc-rust.wasm`, `calc-rust.linux-x86_64.so`.

        Args:
            kind: What it is built into.

        Raises:
            MissingToolError: This machine has no native kind.
        """
        match kind:
            case Kind.WASM:
                return f"{self.title}.wasm"
            case Kind.NATIVE:
                return f"{self.title}.{this_platform().name}-{this_processor()}{this_platform().suffix}"
            case Kind.MARCH_NATIVE:
                return f"{self.title}.{this_platform().name}-{this_processor()}-{kind}{this_platform().suffix}"


def load_project(folder: Path) -> Project:
    """Read and check a project.

    Args:
        folder: The folder of a `componium.toml`, or that file itself.

    Returns:
        The project.

    Raises:
        ProjectError: The file is missing, no TOML, or has a missing, unknown or wrong key.
    """
    file = (folder if folder.name == MANIFEST else folder / MANIFEST).resolve()
    document = Table(file, "", _read(file))
    plugin = document.table("plugin")
    contract = document.table("contract")
    python = document.table("python", required=False)
    language = _language(plugin)
    project = Project(
        folder=file.parent,
        name=(name := plugin.text("name", "my-plugin", _NAME)),
        version=plugin.text("version", "0.1.0", _VERSION),
        description=plugin.text("description", "Answers every query with its own text."),
        language=language,
        wit=_wit(contract, file.parent),
        world=contract.text("world", "plugin", _WORLD),
        app=_app(python, file.parent, name) if language is Language.PYTHON else None,
    )
    for table in (plugin, contract, python, document):
        table.close()
    return project


def _read(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ProjectError(
            file, None, "no such file", "Name the folder of a plugin's project: the one with its componium.toml."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(file, None, f"cannot be read: {error}", "Make it a readable file in UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ProjectError(file, None, f"no valid TOML: {error}", "Correct the line that the message names.") from error


def _language(plugin: Table) -> Language:
    text = plugin.text("language", "rust")
    try:
        return Language(text)
    except ValueError:
        choices = ", ".join(f'"{language}"' for language in Language)
        raise plugin.error("language", f"unknown language {text!r}", f"Choose one of {choices}.") from None


def _wit(contract: Table, folder: Path) -> Path:
    text = contract.text("wit", "wit")
    wit = (folder / text).resolve()
    if not wit.exists():
        raise contract.error(
            "wit", f"no such file or folder: {wit}", f"Give the contract's path, relative to {folder}."
        )
    if wit.is_dir() and not any(wit.glob("*.wit")):
        raise contract.error("wit", f"no .wit file in {wit}", "Name the folder that contains the contract's files.")
    return wit


def _app(python: Table, folder: Path, name: str) -> str:
    stated = python.optional_text("app", "app", _MODULE)
    if stated == _BINDINGS_MODULE:
        raise python.error("app", f"{stated!r} is the name of the bindings' module", "Rename the module.")
    guesses = [stated] if stated else [name.replace("-", "_"), "app"]
    for guess in guesses:
        if (folder / f"{guess}.py").is_file() or (folder / guess / "__init__.py").is_file():
            return guess
    files = " or ".join(f"{guess}.py" for guess in guesses)
    raise python.error(
        "app", f"no {files} in {folder}", 'Name the module that has class WitWorld, without ".py": app = "app"'
    )
