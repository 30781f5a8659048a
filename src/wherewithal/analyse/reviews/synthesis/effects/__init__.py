"""Effect sizes with their sampling variances, from whatever form the studies give their numbers in."""
