"""*Create user*: details, permissions, review, and the password shown once."""
