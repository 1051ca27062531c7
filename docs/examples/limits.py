import componium

# A guest that never ends, in the text form of WebAssembly: no compiler needed.
ENDLESS = """
(component
  (core module $guest (func (export "spin") (loop $forever (br $forever))))
  (core instance $guest (instantiate $guest))
  (func (export "spin") (canon lift (core func $guest "spin")))
)
"""

endless = componium.load(componium.toolchain.parse_text(ENDLESS))
with endless.instantiate(deadline=0.5, memory=64 * 2**20) as plugin:
    try:
        plugin.spin()
    except componium.DeadlineExceeded as error:
        print(type(error).__name__)
