import componium
from componium import strategies
from hypothesis import given

plugin = componium.load("build/guests/parity-correct-c.wasm")


@given(strategies.arguments(plugin, "work.greatest"))
def test_greatest(arguments):
    (numbers,) = arguments
    with plugin.instantiate({"journal": {"note": lambda line: None, "separator": lambda: ""}}) as instance:
        assert instance.work.greatest(numbers) == max(numbers, default=None)


test_greatest()
print("100 lists have their greatest number")
