"""The administrator's pages of labs and scenarios."""
