"""The command line: one file a command.

``main`` is the only place that turns an error into words and an exit code; ``frame`` is what all
commands share. Heavy parts are imported when a command runs, so that ``amparo --help`` is quick.
"""
