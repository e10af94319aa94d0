"""Small services that show what the chassis does."""
