"""`minato-viewer` (also `python -m minato_viewer`) and `minato-plan`."""

import gc
import sys


def viewer() -> int:
    """Run the viewer with the arguments of the process and return its exit code."""
    # Nothing of the start is garbage: collecting it ten times over costs a tenth of the time to the first
    # page. The viewer collects again once that page is on screen.
    gc.disable()
    from minato_viewer.cli.viewer import main  # noqa: PLC0415 - each program loads only its own half

    return main(sys.argv[1:])


def plan() -> int:
    """Run the plan tool with the arguments of the process and return its exit code."""
    from minato_viewer.cli.plan import main  # noqa: PLC0415 - each program loads only its own half

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(viewer())
