"""Tests of everything that works without Qt, on the real sources and the plan file built from them."""
