from componium import parity

report = parity.compare(
    "build/guests/parity-correct-c.wasm",
    "build/guests/parity-other-error-c.wasm",
    cases=["docs/examples/parity_cases.toml"],
    functions=["parse", "join"],
    examples=200,
)
for difference in report.differences:
    print(difference.function, difference.case.calls[-1].arguments, difference.case.name)
    print(difference.a.outcome, difference.b.outcome)
