"""A class's assignments for its teachers: the list, dates and policies, extensions, results."""
