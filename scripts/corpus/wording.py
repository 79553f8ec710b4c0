"""Titles and headings as publishers vary them; the first of each list is the standard one."""

TITLES = {
    "agency_year": "{agency}{year}年政府信息公开工作年度报告",
    "agency_year_du": "{agency}{year}年度政府信息公开工作年度报告",
    "year_agency": "{year}年{agency}政府信息公开工作年度报告",
    "year_bare_agency": "{year}{agency}政府信息公开工作年度报告",
    "short": "{agency}{year}年政府信息公开年度报告",
    "year_only": "{year}年政府信息公开工作年度报告",
}

HEADINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "standard": {
        "overview": ("总体情况", "总体情况", "总体情况", "概述", "基本情况"),
        "proactive": ("主动公开政府信息情况", "主动公开政府信息情况", "主动公开政府信息的情况"),
        "requests": ("收到和处理政府信息公开申请情况",),
        "disputes": (
            "政府信息公开行政复议、行政诉讼情况",
            "政府信息公开行政复议、行政诉讼情况",
            "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        ),
        "problems": (
            "存在的主要问题及改进情况",
            "存在的主要问题及改进情况",
            "政府信息公开工作存在的主要问题及改进情况",
            "存在的主要问题和改进措施",
        ),
        "other": ("其他需要报告的事项", "其他需要报告的事项", "需要说明的其他事项"),
    },
    "2014": {
        "overview": ("概述", "总体情况"),
        "proactive": ("主动公开政府信息的情况", "主动公开政府信息情况"),
        "requests": ("依申请公开政府信息情况", "政府信息依申请公开办理情况"),
        "disputes": ("因政府信息公开申请行政复议、提起行政诉讼的情况",),
        "problems": ("政府信息公开工作存在的主要问题及改进情况", "存在的主要问题和改进措施"),
        "other": ("其他需要报告的事项",),
    },
}

PARTS_OF_OVERVIEW: dict[str, tuple[str, ...]] = {
    "proactive": ("主动公开情况", "主动公开", "主动公开方面", "主动公开政府信息情况", "政府信息主动公开情况"),
    "requests": ("依申请公开情况", "依申请公开", "依申请公开方面", "依申请公开办理情况"),
    "management": ("政府信息管理情况", "政府信息管理", "政府信息管理方面", "信息管理情况"),
    "platforms": ("政府信息公开平台建设情况", "平台建设", "平台建设情况", "平台建设方面"),
    "supervision": ("监督保障情况", "监督保障", "监督保障方面", "强化监督保障"),
}
