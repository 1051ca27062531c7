import subprocess
import sys

command = ["parity", "build/guests/parity-correct-c.wasm", "build/guests/parity-forgetful-c.wasm", "--seed", "1"]
finished = subprocess.run([sys.executable, "-m", "componium", *command], capture_output=True, text=True, check=False)
print("$ componium", *command)
print(*finished.stdout.splitlines()[:-2], sep="\n")
print("exit code", finished.returncode)
