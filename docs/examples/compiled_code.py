import logging
import os
import tempfile
from pathlib import Path

import componium


class Brief(logging.Handler):
    def emit(self, record):
        print(record.name, record.levelname, record.getMessage().partition(" (")[0])


logging.getLogger("componium.cache").addHandler(Brief())

with tempfile.TemporaryDirectory() as folder:
    os.environ["COMPONIUM_CACHE_DIR"] = folder
    for _ in range(2):
        print("cached:", componium.load("build/plugins/echo-c.wasm").cached)

    # A disk may damage an entry, or a crash cut it off.
    (entry,) = Path(folder, "compiled").glob("*.code")
    entry.write_bytes(entry.read_bytes()[:-100])
    print("cached:", componium.load("build/plugins/echo-c.wasm").cached)
