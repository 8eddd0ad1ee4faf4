"""The visual editor: its buttons, and the contexts of its templates."""
