"""A class at work on a served site, and how many pages a second the site can give.

The site is on SQLite, or on the PostgreSQL that DATABASE_URL names, whose database it fills.
"""
