"""Fixtures for the site's own ONNX shape inference: real models without their weights, and the types onnx infers."""
