"""*Access reports* that are files: the credential report."""
