"""Classes: who teaches whom, what is assigned, and how it goes; see README.md."""
