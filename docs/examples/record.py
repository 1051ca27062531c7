import tempfile
from pathlib import Path

import componium


class Host:
    def log(self, level, message):
        print(f"[echo] {level}: {message}")

    def get_user_config(self, key):
        return "said: " if key == "prefix" else None


path = Path(tempfile.mkdtemp(), "calls.jsonl")
echo = componium.load("build/plugins/echo-c.wasm")
with componium.record(echo, path) as recorded, recorded.instantiate({"host": Host()}) as plugin:
    print(plugin.runner.handle(">hello")[0].name)

header, call = path.read_text().splitlines()
print(call.partition(',"seconds"')[0])

report = componium.replay(path, "build/plugins/echo-rust.wasm")
print(report.equal, report.cases)
