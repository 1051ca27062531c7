"""What the sessions of noxfile.py call."""
