"""The plan file: its format, its writer (SQLAlchemy) and its reader (sqlite3). See FORMAT.md."""
