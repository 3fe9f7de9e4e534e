"""Starts `minato-plan` in the bundle."""

import sys

from minato_viewer.__main__ import plan

sys.exit(plan())
