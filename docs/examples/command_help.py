import subprocess
import sys

for arguments in ([], ["bindgen"], ["cache"], ["completion"], ["inspect"], ["parity"], ["replay"]):
    command = [sys.executable, "-m", "componium", *arguments, "--help"]
    print(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
