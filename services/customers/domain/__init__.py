"""Who a customer is and by which addresses they are known: pure, without I/O."""
