from pathlib import Path

import componium

CONTRACT = componium.Contract("wit/launcher/0.1.0", "plugin")


class Host:
    def log(self, level: str, message: str) -> None:
        print(level, message)

    def get_user_config(self, key: str) -> str | None:
        return None


(library,) = Path("build/guests-native").glob("faulty-c.*")
faulty = componium.load(library, contract=CONTRACT, trust=True)

for query in ("!deep", "!loop"):  # it calls itself until its stack is full; it never ends
    with faulty.instantiate({"host": Host()}, worker=True, deadline=0.5) as plugin:
        print(plugin.runner.handle("!")[0].name)
        try:
            plugin.runner.handle(query)
        except (componium.WorkerCrashed, componium.DeadlineExceeded) as error:
            print(query, type(error).__name__)
