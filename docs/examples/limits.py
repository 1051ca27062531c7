import componium

# A guest that misbehaves, in the text form of WebAssembly: no compiler needed.
FAULTY = """
(component
  (core module $guest
    (func $spin (export "spin") (loop $forever (br $forever)))
    (func $crash (export "crash") unreachable))
  (core instance $guest (instantiate $guest))
  (func (export "spin") (canon lift (core func $guest "spin")))
  (func (export "crash") (canon lift (core func $guest "crash")))
)
"""

faulty = componium.load(componium.toolchain.parse_text(FAULTY))

with faulty.instantiate(deadline=0.5, memory=64 * 2**20) as plugin:
    try:
        plugin.spin()
    except componium.DeadlineExceeded as error:
        print("never ended, so it was ended after", error.limit, "s")

with faulty.instantiate() as plugin:
    try:
        plugin.crash()
    except componium.Trap as error:
        print("crashed in", error.frames[0].function)
