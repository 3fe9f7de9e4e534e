"""Starts `minato-viewer` in the bundle."""

import sys

from minato_viewer.__main__ import viewer

sys.exit(viewer())
