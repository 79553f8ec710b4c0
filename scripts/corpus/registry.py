"""All layouts together."""

from .layouts import Layout
from .layouts_html import HTML_LAYOUTS
from .layouts_text import TEXT_LAYOUTS

LAYOUTS: dict[str, Layout] = {layout.name: layout for layout in (*HTML_LAYOUTS, *TEXT_LAYOUTS)}
