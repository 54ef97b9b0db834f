"""Proofs that came with a file, checked where every file is read: in a worker of the sandbox.

What they are and what holds is the business of ``evidence.proofs``; here it is only asked
(``asking``) and run (``checking``).
"""
