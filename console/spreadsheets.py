"""Texts that a spreadsheet takes for what they are."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")
"""What a spreadsheet may take for a formula, in full width, too (OWASP, *CSV Injection*)."""


def no_formula(text: str) -> str:
    """Return a cell's text so that no spreadsheet runs it: anybody can choose a name."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
