"""The stand-alone verifier: one file that leaves with every package and needs nothing of ours."""
