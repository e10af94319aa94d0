"""What a mail is and what may be sent: pure reading and writing, without I/O."""
