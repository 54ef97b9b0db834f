"""The pages about bundles: a matter's list, the builder, and what was produced."""
