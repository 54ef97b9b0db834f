"""The inner loops of the models, compiled to machine code."""
