"""What happens in a class, sent to a program of its teacher's: signed, and tried again."""
