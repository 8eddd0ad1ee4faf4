"""What a learning management system opens."""
