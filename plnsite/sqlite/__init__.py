"""SQLite as Django knows it, whose writers queue instead of trying again and again."""
