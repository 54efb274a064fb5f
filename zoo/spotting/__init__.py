"""Text spotting: PP-OCRv4's mobile text detector (DB), from an npm package, in the site's forms."""
