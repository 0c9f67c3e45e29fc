"""The most memory that this process held, and nothing of the process that began it."""

import resource
import sys
from pathlib import Path
from typing import Final

STATUS: Final = Path("/proc/self/status")


def peak_octets(status: Path = STATUS) -> int:
    """Return the largest resident size of this process since its program began.

    Linux counts `ru_maxrss` across exec, so that a small program started by a large
    one shows the size of the large one. `VmHWM` belongs to the memory of the new
    program alone. Systems that do not keep it are asked for `ru_maxrss`.
    """
    if status.exists():
        for line in status.read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
