"""What the policy simulator reads from a document and takes as context."""
