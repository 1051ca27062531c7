"""How each language is built."""

from componium_sdk._builders._builder import Builder
from componium_sdk._builders._c import CBuilder
from componium_sdk._builders._python import PythonBuilder
from componium_sdk._builders._rust import RustBuilder
from componium_sdk._project import Language

_BUILDERS: dict[Language, Builder] = {
    Language.C: CBuilder(),
    Language.PYTHON: PythonBuilder(),
    Language.RUST: RustBuilder(),
}


def builder_for(language: Language) -> Builder:
    """The builder of a language."""
    return _BUILDERS[language]
