from pathlib import Path

import componium

CONTRACT = componium.Contract("wit/launcher/0.1.0", "plugin")

component = Path("build/plugins/calc-rust.wasm")
(library,) = Path("build/plugins-native").glob("calc-rust.*")
project = Path("sdk-guests/plugins/calc/python")

try:
    componium.load(library, contract=CONTRACT)
except componium.TrustRequired as error:
    print(error.kind, "code needs trust")


class Host:
    def log(self, level: str, message: str) -> None:
        print(level, message)

    def get_user_config(self, key: str) -> str | None:
        return None


for source in (component, library, project):
    calc = componium.load(source, contract=CONTRACT, trust=True)
    with calc.instantiate({"host": Host()}) as plugin:
        print(calc.kind, "says", plugin.runner.handle("=6*7")[0].name)

try:
    calc.instantiate({"host": Host()}, deadline=1.0, grants=[componium.Folder(".")])
except componium.NotEnforceable as error:
    print("not for", error.kind, "plugins:", *error.options)
