import subprocess
import sys

command = [sys.executable, "-m", "componium", "inspect", "build/plugins/calc-c.wasm"]
shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
print("\n".join(line for line in shown.splitlines() if " bytes" not in line))
