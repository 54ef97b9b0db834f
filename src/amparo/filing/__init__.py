"""Filing: exhibit bundles and official forms."""
