import componium
from files import Files

component = componium.load("build/guests/resources-rust.wasm")
with component.instantiate({"files": Files()}) as instance:
    Counter = instance.counters.Counter

    with Counter(5) as counter:
        print(counter.add(3))

    total = Counter.merge(Counter(1), Counter(2))
    print(total.value(), isinstance(total, Counter))

    try:
        counter.value()
    except componium.ResourceError as error:
        print(error)
