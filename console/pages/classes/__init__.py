"""The pages of a class's students: joining, and the class page."""
