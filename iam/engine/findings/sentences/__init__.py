"""AWS's sentences of its policy checks, by issue code: one module a severity, and our own."""
