"""What a ticket is and may become: pure, frozen, without I/O and without a clock."""
