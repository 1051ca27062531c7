import componium

SETTINGS = {"prefix": "said: "}


class Host:
    def log(self, level, message):
        print(f"[echo] {level}: {message}")

    def get_user_config(self, key):
        return SETTINGS.get(key)


echo = componium.load("build/plugins/echo-c.wasm")
with echo.instantiate(imports={"host": Host()}) as plugin:
    print(plugin.runner.handle(">hello")[0].name)
