"""Imports a module from the path of its file, as an application imports a plugin."""

import importlib.util
from pathlib import Path
from types import ModuleType


def import_file(name: str, path: Path) -> ModuleType:
    """Import the module at `path`, without looking for it and without keeping it in `sys.modules`.

    Raises:
        ImportError: There is no module at `path`.
    """
    specification = importlib.util.spec_from_file_location(name, path)
    if specification is None or specification.loader is None:
        raise ImportError(f"{path} is not a Python module")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module
