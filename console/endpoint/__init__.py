"""The AWS endpoint for boto3 and the AWS CLI; see README.md."""
