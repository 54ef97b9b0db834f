"""What is read about bundles and official forms; everything starts from what one may see."""
