"""Photos of one thing each: EfficientNet-Lite0 with its published weights, 1,000 classes of ImageNet."""
