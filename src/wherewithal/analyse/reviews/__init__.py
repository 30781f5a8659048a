"""The evidence review: records, screening and, later, synthesis."""
