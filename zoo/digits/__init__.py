"""Handwritten digits: a small CNN with two side exits, trained on MNIST."""
