"""The command line: one file a command. Commands import heavy parts only when they run."""
