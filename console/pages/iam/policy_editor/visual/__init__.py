"""The visual editor: what its buttons do, and what its templates show."""
