"""What a mail says: vendor-free and pure."""
