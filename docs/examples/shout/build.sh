python -m componium_sdk build docs/examples/shout --output build/docs
