import componium


class Host:
    def log(self, level, message):
        print(f"[{level}] {message}")

    def get_user_config(self, key):
        return None


component = componium.load("build/plugins/calc-rust.wasm")
with component.instantiate(imports={"host": Host()}, deadline=1.0) as plugin:
    for item in plugin.runner.handle("=2^10 / 4"):
        print(item.name)
