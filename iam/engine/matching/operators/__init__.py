"""One module an operator family: how a value of the policy compares with one of the request."""
