import componium


class Host:
    """What the contract lets a plugin ask for."""

    def log(self, level, message):
        print(f"{level}: {message}")

    def get_user_config(self, key):
        return {"times": "2"}.get(key)


shout = componium.load("build/docs/shout-python.wasm")
print(shout.exports[-1])

with shout.instantiate(imports={"host": Host()}) as plugin:
    print(plugin.runner.get_trigger())
    for item in plugin.runner.handle("!hello"):
        print(item.name, "|", item.keywords)
