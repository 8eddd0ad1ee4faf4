"""The students of a class as a list: read from a spreadsheet, planned, imported, given logins."""
