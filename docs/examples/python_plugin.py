from types import SimpleNamespace

import componium
from bindings.launcher import ActionItem, Host, Level, Plugin


class Louder:
    """Implements `Runner`, the only interface that the world exports."""

    def __init__(self, imports: SimpleNamespace) -> None:
        self.host: Host = imports.host

    def get_trigger(self) -> str:
        return "!"

    def handle(self, query: str) -> list[ActionItem]:
        self.host.log(Level.INFO, "shouting")
        text = query.removeprefix("!").upper()
        return [ActionItem(name=text, exec=text, keywords="loud")]


class Application:
    def log(self, level: Level, message: str) -> None:
        print(level, message)

    def get_user_config(self, key: str) -> str | None:
        return None


louder = componium.load(Louder, contract=Plugin.contract(), trust=True)
with Plugin.instantiate(louder, host=Application()) as plugin:
    print(plugin.runner.handle("!hello")[0])


class Misspelt:
    def get_triger(self) -> str:
        return "?"


try:
    componium.load(Misspelt, contract=Plugin.contract(), trust=True)
except componium.ContractError as error:
    print(error)
