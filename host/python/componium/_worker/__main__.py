"""Where a worker process starts: `python -m componium._worker CONNECTION LIFE`, with descriptors."""

import sys

from componium._worker.server import serve

serve(int(sys.argv[1]), int(sys.argv[2]))
