"""*Temporary credentials*, ours and not AWS's: STS's operations run in the browser."""
