"""Single-node models, for operators and signatures that the real models lack."""

from .case import Case
from .control import CASES as CONTROL
from .elementwise import CASES as ELEMENTWISE
from .indexing import CASES as INDEXING
from .layout import CASES as LAYOUT
from .linear import CASES as LINEAR
from .networks import CASES as NETWORKS
from .normalization import CASES as NORMALIZATION
from .quantized import CASES as QUANTIZED
from .recurrent import CASES as RECURRENT
from .reduction import CASES as REDUCTION
from .sequences import CASES as SEQUENCES
from .signal import CASES as SIGNAL
from .sources import CASES as SOURCES

ALL: list[Case] = [
    *ELEMENTWISE,
    *REDUCTION,
    *LAYOUT,
    *INDEXING,
    *LINEAR,
    *NETWORKS,
    *NORMALIZATION,
    *RECURRENT,
    *QUANTIZED,
    *SOURCES,
    *SIGNAL,
    *SEQUENCES,
    *CONTROL,
]
