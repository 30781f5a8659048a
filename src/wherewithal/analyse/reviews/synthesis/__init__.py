"""What the studies say together: effect sizes, pooling, why studies differ, what may be missing, dependence."""
