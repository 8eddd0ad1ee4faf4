"""The pages of S3; see README.md."""
