"""Small models quantized by onnxruntime, which the site's own compressor is compared with."""
