"""What the whole program shares: the live language, fonts, theme, crash reports."""
