"""Points: the gradebook, its files, and what a teacher awards."""
