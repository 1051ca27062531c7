from pathlib import Path

import componium


class Host:
    def log(self, level, message):
        print(f"{level}: {message}")

    def get_user_config(self, key):
        return None


[library] = Path("build/plugins-native").glob("echo-c.*")
component = componium.load(library, trust=True)
with component.instantiate({"host": Host()}) as plugin:
    print(component.kind, plugin.runner.handle(">hello")[0].name)
