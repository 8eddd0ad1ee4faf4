"""The findings of the console's editor: one module a subject, and the report."""
