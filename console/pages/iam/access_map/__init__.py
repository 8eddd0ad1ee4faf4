"""The access map: who can assume which role, who can do what, who could become administrator."""
