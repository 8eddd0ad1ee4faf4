"""*Temporary credentials*, a page that AWS does not have: STS's operations in the browser."""
