"""What a file of the corpus is, in Magika's names, where its ending or its folder leaves no doubt."""

from pathlib import PurePosixPath

ENDINGS = {
    ending: label
    for label, endings in {
        "bmp": "bmp", "bzip": "bz2", "css": "css", "doc": "doc", "docx": "docx", "emf": "emf", "flac": "flac",
        "flv": "flv", "gif": "gif", "gzip": "gz", "html": "html", "ico": "ico", "iso": "iso", "jpeg": "jpg jpeg",
        "json": "json", "makefile": "makefile", "markdown": "md", "midi": "mid", "mkv": "mkv", "odp": "odp",
        "ods": "ods", "odt": "odt", "pdf": "pdf", "pebin": "exe", "png": "png", "ppt": "ppt", "pptx": "pptx pptm",
        "psd": "psd", "python": "py", "rar": "rar", "rst": "rst", "sevenzip": "7z", "shell": "sh", "svg": "svg",
        "swf": "swf", "tar": "tar", "tga": "tga", "tiff": "tif tiff", "toml": "toml", "wav": "wav", "webp": "webp",
        "wmf": "wmf", "woff": "woff", "woff2": "woff2", "xls": "xls", "xlsx": "xlsx", "xml": "xml rels designspace ttx",
        "xz": "xz", "yaml": "yml yaml", "zip": "zip", "ttf": "ttf", "batch": "bat", "awk": "awk",
    }.items()
    for ending in endings.split()
}  # fmt: skip
"""Lower-case endings. Not here: endings of several formats (mp4, m4a, mp3, ini, otf, plist, txt)."""

LEXERS = {
    lexer: label
    for label, lexers in {
        "autohotkey": "ahk", "autoit": "autoit", "awk": "awk", "shell": "bash", "batch": "bat", "bib": "bib", "c": "c",
        "clojure": "clojure", "cmake": "cmake", "cobol": "cobol", "coffeescript": "coffee-script",
        "lisp": "common-lisp", "cpp": "cpp", "cs": "csharp", "css": "css", "dart": "dart", "pascal": "delphi",
        "dockerfile": "docker", "elixir": "elixir", "eml": "email", "erlang": "erlang", "fortran": "fortran",
        "go": "go", "groovy": "groovy", "haskell": "haskell", "html": "html", "ini": "ini", "java": "java",
        "json": "json", "julia": "julia", "kotlin": "kotlin", "lua": "lua", "makefile": "make", "markdown": "md",
        "matlab": "matlab", "objectivec": "objective-c", "ocaml": "ocaml", "perl": "perl", "php": "php html+php",
        "postscript": "postscript", "powershell": "powershell", "prolog": "prolog", "proto": "protobuf",
        "python": "python", "r": "splus r", "rst": "rst", "ruby": "rb", "rust": "rust", "scala": "scala",
        "smali": "smali", "solidity": "solidity", "sql": "postgresql tsql mysql sql", "swift": "swift", "toml": "toml",
        "typescript": "ts tsx", "twig": "twig", "verilog": "verilog systemverilog", "vhdl": "vhdl", "vue": "vue",
        "xml": "xml", "yaml": "yaml", "yara": "yara", "zig": "zig",
    }.items()
    for lexer in lexers.split()
}  # fmt: skip
"""Folders of Pygments' example files, named after its lexers."""

STRAYS = ("groovy/test.gradle", "verilog/example_coq.v", "media/image1.BMP")
"""Not what their folder or ending says: Gradle, Coq, and a JPEG."""
DOUBTFUL = ("invalid", "truncated", "fake", "_templates", "_themes", "expected_output")
"""In paths of files that are broken on purpose, templates, or fragments."""


def type_of(package: str, path: str) -> str | None:
    """The type, or None where it is not certain."""
    if path.endswith(STRAYS) or any(word in path for word in DOUBTFUL):
        return None
    parts = PurePosixPath(path)
    if package == "pygments" and "examplefiles" in parts.parts:
        return LEXERS.get(parts.parent.name)
    ending = parts.suffix.lower().removeprefix(".") or parts.name.lower()
    return ENDINGS.get(ending)
