"""A small transformer that multiplies two three-digit numbers by writing out every step."""
