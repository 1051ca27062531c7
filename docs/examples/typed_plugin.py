import componium
from bindings.launcher import Level, Plugin

SETTINGS = {"prefix": "said: "}


class Host:
    def log(self, level: Level, message: str) -> None:
        print(f"[echo] {level}: {message}")

    def get_user_config(self, key: str) -> str | None:
        return SETTINGS.get(key)


echo = componium.load("build/plugins/echo-c.wasm")
with Plugin.instantiate(echo, host=Host()) as plugin:
    for item in plugin.runner.handle(">hello"):
        print(item.name)
