"""The windows, tested as a reader uses them: real widgets, the real plan, keys and clicks."""
