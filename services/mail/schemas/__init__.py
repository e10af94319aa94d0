"""What enters mail, and what leaves."""
