"""The estimators, each a model of how people come onto lists."""
