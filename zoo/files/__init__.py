"""File types: Magika, which tells what a file is from 2,048 of its bytes."""
