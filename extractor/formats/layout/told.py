"""Notices about pages that look different from the text stored in them."""

from extractor.document import Locator, Notice


def unpainted_notice(page: int, count: int) -> Notice:
    """Return the notice that characters of a page are invisible and were not read."""
    message = f"第{page}页有{count}个字不显示（透明、遮盖、裁去或所在图层关闭），没有读取"
    return Notice("hidden-text", message, Locator(page=page))


def layer_notice(page: int) -> Notice:
    """Return the notice that the text of a page is a hidden layer over its picture."""
    message = f"第{page}页的文字是图像的文字层，与图像是否一致没有核对，其中的数字存疑"
    return Notice("text-layer", message, Locator(page=page))
