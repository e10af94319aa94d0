"""What enters tickets, and what leaves."""
