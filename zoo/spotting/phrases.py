"""What the rendered pictures say. Nothing here is read by the detector: it finds lines, not letters."""

SIGNS = (
    "EXIT", "PLATFORM 4", "Fresh bread", "Open 8 - 18", "NO PARKING", "Mind the gap", "Library", "City centre 2 km",
    "PUSH", "Keep left", "Quiet please", "Way out", "TICKETS", "Lost property", "Wet paint", "Bus stop",
    "Botanical garden", "SLOW", "Bicycles only", "Ausgang", "Entrée libre", "Сувениры", "Έξοδος", "Tea & cakes",
)  # fmt: skip
TITLES = ("Measurements", "On text and light", "How a network sees", "Field notes", "Settings", "Index of tables")
PAGES = (
    "The clock runs inside the worker, around the run itself.",
    "A fast answer that is wrong is marked as wrong and never wins.",
    "Machines drift within a minute, so only paired samples compare.",
    "Large maps need many multiplications and little else.",
    "What was measured is shown with how far it can be trusted.",
    "An interval that holds under correlation is wider than one thinks.",
    "Small letters vanish first when a picture is made smaller.",
    "Every number says how it was obtained.",
    "Rounding to eight bits keeps the shape of most distributions.",
    "Energy is estimated, and the estimate is an interval.",
    "Lines stand close together on a page and far apart on a sign.",
    "The threshold turns a map of shares into regions.",
    "A region grows back to the size that the line had.",
    "Twelve of the sixteen runs were steady.",
)
SCREEN = (
    "Download model", "Threads", "Backend: WebAssembly", "Warm-up runs", "Compare variants", "Memory in use",
    "Export as CSV", "Share link", "Calibration inputs", "Cold start", "Steady state", "Show details", "Stop",
)  # fmt: skip
RECEIPT = (
    "Bread 2.40", "Butter 3.15", "Apples 1 kg 2.99", "Coffee beans 7.50", "Tea 4.20", "Rice 1.89", "Olive oil 8.75",
    "Tomatoes 2.35", "Cheese 5.60", "Paper towels 3.05", "Soap 1.25", "Subtotal 43.13", "VAT 7% 3.02", "Total 46.15",
    "Cash 50.00", "Change 3.85",
)  # fmt: skip
