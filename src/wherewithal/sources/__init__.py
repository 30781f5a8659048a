"""What comes from outside: one module an outside service or kind of file."""
