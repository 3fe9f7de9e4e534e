"""Reads and checks the plan's sources (db/) and catalogues (i18n/). Only the command line reaches it."""
