import componium
from files import File, Files

component = componium.load("build/guests/resources-rust.wasm")
with component.instantiate({"files": Files()}) as plugin:
    print(plugin.counters.open("notes"))

    report = File("report")
    print(plugin.counters.read(report))

    plugin.counters.keep_file(report)
    print(plugin.counters.give_back() is report)
