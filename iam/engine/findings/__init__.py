"""What the console's editor says of a document: one module a severity, and the report."""
