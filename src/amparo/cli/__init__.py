"""The command line: one file a command. Commands import the workspace's parts only when they run."""
