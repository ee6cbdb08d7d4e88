"""What leaves by mail, behind one interface."""
