"""*Access reports*: the credential report."""
