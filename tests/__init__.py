"""Tests of the whole: `unit` needs no Qt, `gui` shows windows, `bench` measures."""
