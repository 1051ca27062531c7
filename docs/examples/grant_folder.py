from pathlib import Path

import componium

HOST = {"log": lambda level, message: None, "get_user_config": lambda key: None}

folder = componium.load("build/plugins/dir-rust.wasm")

with folder.instantiate(imports={"host": HOST}) as plugin:
    print(plugin.runner.handle("/")[0].name)

contracts = componium.Folder(Path("wit"), at="/", write=False)
with folder.instantiate(imports={"host": HOST}, grants=[contracts]) as plugin:
    for item in plugin.runner.handle("/launcher"):
        print(item.name, "|", item.exec, "|", item.keywords)
    print(plugin.runner.handle("/../..")[0].name)
