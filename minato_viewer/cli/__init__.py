"""The command lines of the two programs."""
