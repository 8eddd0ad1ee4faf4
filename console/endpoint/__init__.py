"""The AWS front door: what boto3 and the AWS CLI talk to; see README.md."""
