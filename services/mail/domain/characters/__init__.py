"""From bytes to text: character sets as they are really used, and tidy Unicode."""
