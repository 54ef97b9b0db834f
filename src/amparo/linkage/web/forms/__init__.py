"""Forms about linkage. They check the shape; ``actions`` decides."""
