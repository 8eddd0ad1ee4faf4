"""Django's SQLite backend, with the placeholders of each statement rewritten once."""
