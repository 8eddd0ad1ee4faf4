"""IAM Access Analyzer: who outside the zone of trust reaches a role or a bucket."""
