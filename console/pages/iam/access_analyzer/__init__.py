"""IAM Access Analyzer: who outside the zone of trust reaches a role, a bucket or a function."""
