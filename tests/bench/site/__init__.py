"""Rows about the site's pages: what each costs beside a bare Django page, and on the wire."""
