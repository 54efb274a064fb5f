"""Models that no package carries as ONNX: exported from PyTorch here, with trained weights where a package has them."""

from .convolution import EXPORTS as CONVOLUTION
from .detection import EXPORTS as DETECTION
from .export import Export
from .language import EXPORTS as LANGUAGE
from .own import EXPORTS as OWN
from .recurrence import EXPORTS as RECURRENCE
from .vision import EXPORTS as VISION

EXPORTS: list[Export] = [*CONVOLUTION, *DETECTION, *LANGUAGE, *VISION, *RECURRENCE, *OWN]
