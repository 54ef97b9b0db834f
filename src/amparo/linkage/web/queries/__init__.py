"""What is read about linkage; everything starts from what the person may see."""
