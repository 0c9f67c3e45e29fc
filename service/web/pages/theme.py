"""A theme that a prefecture brings in a folder of its own, checked before it is used.

::

    theme.toml          name, styles, icon
    static/…            styles, fonts, icons; addressed by the digest of them all
    templates/…         templates that go before ours, by the same names

The folder is checked whole at start. One fault, and the neutral theme stays, with a
message that says what to mend: half a theme would be worse than none. Its files are
served under the same content policy as ours: no script, nothing from elsewhere.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

import structlog
from jinja2 import Environment, TemplateSyntaxError

KINDS: Final[Mapping[str, str]] = {
    ".css": "text/css",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
}
LARGEST: Final = 512 * 1024
"""Bytes of one file: people read these pages on a telephone."""

_URL: Final = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
_IMPORT: Final = re.compile(r"@import\b", re.IGNORECASE)
_INLINE: Final = re.compile(
    r"<script|<style|\sstyle=|\son[a-z]+=|\|\s*safe\b|https?://"
)
_NAMED: Final = re.compile(r"""theme\(\s*["']([^"']+)["']\s*\)""")
_KNOWN: Final = frozenset({"name", "styles", "icon"})

log = structlog.get_logger("service.theme")


class ThemeError(Exception):
    """The folder cannot be used; one line that says what to mend."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme whose every file was found and read.

    Attributes:
        name: What it calls itself.
        styles: Style sheets, in order, loaded after ours.
        icon: The icon in the browser's tab; None for ours.
        templates: Folder whose templates go before ours.
        files: Content by path below ``static``.
        digest: Of all files: it stands in their addresses.
    """

    name: str
    styles: tuple[str, ...]
    icon: str | None
    templates: Path
    files: Mapping[str, bytes] = field(repr=False)
    digest: str

    def address(self, name: str) -> str:
        """Return where a file of the theme stands.

        Raises:
            KeyError: It has no such file; ``load`` refuses templates that name one.
        """
        if name not in self.files:
            raise KeyError(name)
        return f"/theme/{self.digest}/{name}"

    def content(self, digest: str, name: str) -> tuple[bytes, str] | None:
        """Return a file and its type, None when there is nothing at this address."""
        if digest != self.digest or name not in self.files:
            return None
        return self.files[name], KINDS[Path(name).suffix]


def load(folder: Path) -> Theme:
    """Read a theme and check everything that pages will ask of it.

    Raises:
        ThemeError: What is missing, unknown or not allowed, and where.
    """
    manifest = _manifest(folder / "theme.toml")
    files = dict(_files(folder / "static"))
    styles = _names(manifest, "styles")
    icon = manifest.get("icon")
    for name in (*styles, *([icon] if icon else [])):
        if name not in files:
            raise ThemeError(f"theme.toml names {name}: it is not in static/")
    for name, content in files.items():
        if name.endswith(".css"):
            _check_style(name, content, files)
    templates = folder / "templates"
    for template in sorted(templates.rglob("*.html")):
        _check_template(template, templates, files)
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + files[name])
    return Theme(
        name=str(manifest["name"]),
        styles=styles,
        icon=str(icon) if icon else None,
        templates=templates,
        files=files,
        digest=digest.hexdigest()[:12],
    )


def load_or_neutral(folder: Path | None) -> tuple[Theme | None, str]:
    """Return the theme, or None with the reason why the neutral one stays."""
    if folder is None:
        return None, ""
    try:
        return load(folder), ""
    except (ThemeError, OSError) as error:
        reason = str(error) if isinstance(error, ThemeError) else "cannot be read"
        log.error("the neutral theme stays", folder=str(folder), reason=reason)
        return None, reason


def _manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ThemeError("there is no theme.toml") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ThemeError(f"theme.toml: {error}") from None
    unknown = sorted(manifest.keys() - _KNOWN)
    if unknown:
        raise ThemeError(f"theme.toml: unknown {', '.join(unknown)}")
    if not isinstance(manifest.get("name"), str):
        raise ThemeError("theme.toml: name is missing")
    if not isinstance(manifest.get("icon", ""), str):
        raise ThemeError("theme.toml: icon is a file name")
    return manifest


def _names(manifest: Mapping[str, Any], key: str) -> tuple[str, ...]:
    names = manifest.get(key, [])
    if not isinstance(names, list):
        raise ThemeError(f"theme.toml: {key} is a list of file names")
    listed = cast("list[object]", names)
    if not all(isinstance(name, str) and name.endswith(".css") for name in listed):
        raise ThemeError(f"theme.toml: {key} is a list of .css files")
    return tuple(str(name) for name in listed)


def _files(static: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(static.rglob("*")) if static.is_dir() else ():
        name = path.relative_to(static).as_posix()
        if path.is_symlink():
            raise ThemeError(f"static/{name} is a link: copy the file")
        if path.is_dir():
            continue
        if path.suffix not in KINDS:
            raise ThemeError(f"static/{name}: only {', '.join(KINDS)} are served")
        if path.stat().st_size > LARGEST:
            raise ThemeError(f"static/{name} is larger than {LARGEST // 1024} KiB")
        yield name, path.read_bytes()


def _check_style(name: str, content: bytes, files: Mapping[str, bytes]) -> None:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise ThemeError(f"static/{name} is not UTF-8") from None
    if _IMPORT.search(text):
        raise ThemeError(f"static/{name}: list styles in theme.toml, without @import")
    for target in _URL.findall(text):
        if target.startswith("data:image/"):
            continue
        wanted = _beside(name, target)
        if wanted not in files:
            raise ThemeError(f"static/{name} asks for {target}: it is not in static/")


def _beside(name: str, target: str) -> str | None:
    """Return the file that a relative address in a style means, None outside."""
    if ":" in target or target.startswith("/"):
        return None
    parts = list(Path(name).parent.parts)
    for part in target.partition("#")[0].split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _check_template(path: Path, root: Path, files: Mapping[str, bytes]) -> None:
    name = path.relative_to(root).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
        Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(text)
    except (TemplateSyntaxError, UnicodeDecodeError) as error:
        raise ThemeError(f"templates/{name}: {error}") from None
    if _INLINE.search(text):
        raise ThemeError(
            f"templates/{name}: no script, inline style, |safe or outside address"
        )
    for wanted in _NAMED.findall(text):
        if wanted not in files:
            raise ThemeError(f"templates/{name} asks for {wanted}: not in static/")
