"""What every recipe of the zoo shares: costs of a graph, int8 weights, file digests, the manifest."""
