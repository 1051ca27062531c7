python -m componium_sdk build sdk-guests/plugins/echo/c --output build/docs --native
