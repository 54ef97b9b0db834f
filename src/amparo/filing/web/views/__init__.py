"""The pages of filing: bundles, what goes into them, what was produced; official forms."""
