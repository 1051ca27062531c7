import subprocess
import sys

for command in ("build", "toolchain"):
    arguments = [sys.executable, "-m", "componium_sdk", command, "--help"]
    print(subprocess.run(arguments, capture_output=True, text=True, check=True).stdout)
