"""Pages around an article, in the manner of the families of government sites."""

from html import escape

from .draft import Draft

_NAVIGATION = "".join(
    f'<li><a href="/{slug}/">{name}</a></li>'
    for slug, name in (("xw", "要闻动态"), ("zwgk", "政务公开"), ("bsfw", "办事服务"), ("hdjl", "互动交流"))
)


def _other_years(draft: Draft) -> str:
    agency, year = draft.truth.agency.name, draft.truth.year
    return "".join(
        f'<li><a href="./t{y + 1}0115_{y}.html" title="{agency}{y}年政府信息公开工作年度报告">'
        f"{agency}{y}年政府信息公开工作年度报告</a><span>{y + 1}-01-15</span></li>"
        for y in range(year - 4, year)
    )


def _head(draft: Draft, metas: str) -> str:
    title = escape("".join(draft.title))
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8">\n<title>{title}-政府门户网站</title>\n{metas}'
        "<style>.nav{float:left}.TRS_Editor P{line-height:2}</style></head><body>\n"
    )


def _metas(draft: Draft) -> str:
    title, agency = escape("".join(draft.title)), draft.truth.agency.name
    day = f"{draft.truth.year + 1}-01-18"
    return (
        f'<meta name="ArticleTitle" content="{title}">\n<meta name="PubDate" content="{day} 10:20">\n'
        f'<meta name="ContentSource" content="{agency}">\n'
        '<meta name="ColumnName" content="政府信息公开年报">\n'
    )


_FOOTER = (
    '<div class="footer"><p>主办：云岭县人民政府办公室　承办：云岭县大数据中心</p>'
    "<p>网站标识码：9900000001　联系电话：0000-1234567</p></div>\n</body></html>\n"
)


def bare(draft: Draft, body: str) -> str:
    """Return a page with nothing but the article."""
    return f"{_head(draft, '')}{body}</body></html>\n"


def trs(draft: Draft, body: str) -> str:
    """Return the article in a page with navigation, breadcrumb, sidebar and share buttons."""
    return (
        f'{_head(draft, _metas(draft))}<div class="nav"><ul>{_NAVIGATION}</ul></div>\n'
        '<div class="position">当前位置：<a href="/">首页</a>&gt;<a href="/zwgk/">政务公开</a>'
        "&gt;年度报告</div>\n"
        f'<div class="sidebar"><h3>历年年报</h3><ul>{_other_years(draft)}</ul></div>\n'
        '<div class="share">分享：<a href="#">微信</a><a href="#">微博</a> 字体：[大 中 小] '
        "浏览次数：1204</div>\n"
        f'<div class="TRS_Editor">\n{body}</div>\n'
        '<script>createPageHTML(1, 0, "t20240118_88", "html");</script>\n' + _FOOTER
    )


def hanweb(draft: Draft, body: str) -> str:
    """Return the article between the comment marks of a Hanweb page, with a metadata table before it."""
    agency, year = draft.truth.agency.name, draft.truth.year
    return (
        f'{_head(draft, _metas(draft))}<div class="nav"><ul>{_NAVIGATION}</ul></div>\n'
        '<table class="xxgk_table"><tr><td>索引号</td><td>990000001/2024-00017</td><td>组配分类</td>'
        f"<td>政府信息公开年报</td></tr><tr><td>发布机构</td><td>{agency}</td><td>成文日期</td>"
        f"<td>{year + 1}-01-18</td></tr></table>\n"
        '<div id="zoom"><meta name="ContentStart"><!--<$[信息内容]>begin-->\n'
        f'{body}<!--<$[信息内容]>end--><meta name="ContentEnd"></div>\n'
        f'<div class="related"><h4>相关信息</h4><ul>{_other_years(draft)}</ul></div>\n{_FOOTER}'
    )


def ucap(draft: Draft, body: str) -> str:
    """Return the article in UCAPCONTENT tags, with a hidden copy of another year's opening."""
    return (
        f'{_head(draft, _metas(draft))}<ul class="menu">{_NAVIGATION}</ul>\n'
        '<div style="display:none"><p>2011年政府信息公开工作年度报告</p><p>一、概述</p>'
        "<p>全年公开信息9999条。</p></div>\n"
        f'<div id="zoomcon"><UCAPTITLE>{escape("".join(draft.title))}</UCAPTITLE>\n'
        f"<UCAPCONTENT>\n{body}</UCAPCONTENT></div>\n" + _FOOTER
    )


def vsb(draft: Draft, body: str) -> str:
    """Return the article inside the form that VSB pages wrap it in."""
    return (
        f'{_head(draft, "")}<div class="top"><ul>{_NAVIGATION}</ul></div>\n'
        '<form name="_newscontent_fromname">\n'
        f'<div id="vsb_content_2"><div class="v_news_content">\n{body}</div></div></form>\n'
        '<div class="pages">上一条：<a href="87.htm">关于元旦放假的通知</a> '
        '下一条：<a href="89.htm">预算公开</a></div>\n' + _FOOTER
    )


def layout_tables(draft: Draft, body: str) -> str:
    """Return the article inside nested layout tables, as sites of the 2000s have it."""
    return (
        f'{_head(draft, "")}<table width="1000" align="center"><tr><td colspan="2"><table><tr>'
        f"<td><a href='/'>首页</a></td><td><a href='/zwgk'>政务公开</a></td></tr></table></td></tr>\n"
        f'<tr><td width="200" valign="top"><ul>{_other_years(draft)}</ul></td>\n'
        f'<td valign="top"><table width="100%"><tr><td>{escape(draft.title[0])}</td></tr>'
        f"<tr><td>\n{body}</td></tr></table></td></tr>\n"
        '<tr><td colspan="2">版权所有：云岭县人民政府办公室</td></tr></table></body></html>\n'
    )
