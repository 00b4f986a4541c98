"""What goes in and what comes out, a module for each noun. What comes in is called …Input, what goes out …Output."""
