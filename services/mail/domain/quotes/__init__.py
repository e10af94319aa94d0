"""What a person wrote anew, apart from what they quoted."""
