import array

import componium
from componium import Some


class Echo:
    """Returns what it is given; the plugin below passes everything on to it, and back."""

    def __getattr__(self, name):
        return lambda *values: values[0]


plugin = componium.load("build/guests/values-rust.wasm")
with plugin.instantiate(imports={"echoes": Echo()}) as instance:
    echoes = instance.echoes

    # A record: a mapping, an object with the fields, or the record's own class.
    print(echoes.echo_point({"x": 1, "y": 2}), echoes.echo_point(echoes.Point(1, y=2)))

    # A variant is used in `match`.
    match echoes.echo_shape(echoes.Shape.Circle(1.5)):
        case echoes.Shape.Circle(radius):
            print("a circle of", radius)

    # Enums and flags: members or their names.
    print(repr(echoes.echo_color("dark-green")), echoes.echo_permissions({"read", "run"}))

    # Lists of numbers: any buffer, copied whole.
    print(echoes.echo_floats(array.array("d", [0.5, 1.5])), echoes.echo_bytes(bytearray(b"bytes")))

    # An option in an option.
    print(echoes.echo_options(None), echoes.echo_options(Some(None)), echoes.echo_options(Some("text")))

    # The error case of a result is raised.
    try:
        echoes.echo_result(componium.Err("no"))
    except componium.GuestError as error:
        print("the plugin said:", error.value)

    # A wrong value is found before the plugin runs.
    for wrong in ([["a"], ["b", 3]], "text"):
        try:
            echoes.echo_nested(wrong)
        except componium.TypeMismatch as error:
            print(error)
    try:
        echoes.echo_u8(256)
    except componium.OutOfRange as error:
        print(error)
