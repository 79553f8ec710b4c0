"""The three editions of the standard form as they are printed: codes, labels, nesting."""

from msgspec import Struct

Edition = str  # "2021", "2019", "2014"


class Item(Struct, frozen=True):
    """One block of table 二: an item of article 20 with its columns and rows."""

    title: str
    columns: tuple[tuple[str, str], ...]  # code, label
    rows: tuple[tuple[str, str], ...]


class RequestRow(Struct, frozen=True):
    """One row of table 三. `outcome` rows stand under 三、本年度办理结果."""

    code: str
    label: str
    group: str = ""
    outcome: bool = True


class Indicator(Struct, frozen=True):
    """One row of the 2014 table; rows without a unit are headings and have no code."""

    code: str
    label: str
    unit: str = ""


_DECISIONS = (("decisions", "本年处理决定数量"),)
_CHANGES = (("items_last_year", "上一年项目数量"), ("change", "本年增/减"), ("decisions", "处理决定数量"))
_FINES = (("penalties", "行政处罚"), ("coercion", "行政强制"))

PROACTIVE: dict[Edition, tuple[Item, ...]] = {
    "2021": (
        Item(
            "第二十条第（一）项",
            (("issued", "本年制发件数"), ("repealed", "本年废止件数"), ("in_force", "现行有效件数")),
            (("regulations", "规章"), ("normative_documents", "行政规范性文件")),
        ),
        Item("第二十条第（五）项", _DECISIONS, (("licensing", "行政许可"),)),
        Item("第二十条第（六）项", _DECISIONS, _FINES),
        Item(
            "第二十条第（八）项",
            (("amount", "本年收费金额（单位：万元）"),),
            (("fees", "行政事业性收费"),),
        ),
    ),
    "2019": (
        Item(
            "第二十条第（一）项",
            (
                ("made", "本年新制作数量"),
                ("newly_disclosed", "本年新公开数量"),
                ("disclosed_total", "对外公开总数量"),
            ),
            (("regulations", "规章"), ("normative_documents", "规范性文件")),
        ),
        Item(
            "第二十条第（五）项",
            _CHANGES,
            (("licensing", "行政许可"), ("other_services", "其他对外管理服务事项")),
        ),
        Item("第二十条第（六）项", _CHANGES, _FINES),
        Item("第二十条第（八）项", _CHANGES[:2], (("fees", "行政事业性收费"),)),
        Item(
            "第二十条第（九）项",
            (("items", "采购项目数量"), ("amount", "采购总金额")),
            (("procurement", "政府集中采购"),),
        ),
    ),
}

CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
APPLICANTS = (
    ("natural_person", "自然人"),
    ("business", "商业企业"),
    ("research", "科研机构"),
    ("social_organization", "社会公益组织"),
    ("legal_service", "法律服务机构"),
    ("other_organization", "其他"),
    ("total", "总计"),
)
PARTS = tuple(code for code, _ in APPLICANTS[:-1])

_REFUSED = "（三）不予公开"
_UNAVAILABLE = "（四）无法提供"
_REJECTED = "（五）不予处理"
_OTHER = "（六）其他处理"
_BEFORE_OTHER = (
    RequestRow("new", "一、本年新收政府信息公开申请数量", outcome=False),
    RequestRow("carried_in", "二、上年结转政府信息公开申请数量", outcome=False),
    RequestRow("granted", "（一）予以公开"),
    RequestRow("partly_granted", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    RequestRow("refused_state_secret", "1.属于国家秘密", _REFUSED),
    RequestRow("refused_by_law", "2.其他法律行政法规禁止公开", _REFUSED),
    RequestRow("refused_security_stability", "3.危及“三安全一稳定”", _REFUSED),
    RequestRow("refused_third_party", "4.保护第三方合法权益", _REFUSED),
    RequestRow("refused_internal_affairs", "5.属于三类内部事务信息", _REFUSED),
    RequestRow("refused_process_information", "6.属于四类过程性信息", _REFUSED),
    RequestRow("refused_enforcement_file", "7.属于行政执法案卷", _REFUSED),
    RequestRow("refused_administrative_query", "8.属于行政查询事项", _REFUSED),
    RequestRow("unavailable_not_held", "1.本机关不掌握相关政府信息", _UNAVAILABLE),
    RequestRow("unavailable_needs_creation", "2.没有现成信息需要另行制作", _UNAVAILABLE),
    RequestRow("unavailable_unclear", "3.补正后申请内容仍不明确", _UNAVAILABLE),
    RequestRow("rejected_petition", "1.信访举报投诉类申请", _REJECTED),
    RequestRow("rejected_duplicate", "2.重复申请", _REJECTED),
    RequestRow("rejected_publication", "3.要求提供公开出版物", _REJECTED),
    RequestRow("rejected_excessive", "4.无正当理由大量反复申请", _REJECTED),
    RequestRow("rejected_confirm_reissue", "5.要求行政机关确认或重新出具已获取信息", _REJECTED),
)
_AFTER_OTHER = (
    RequestRow("handled_total", "（七）总计"),
    RequestRow("carried_out", "四、结转下年度继续办理", outcome=False),
)
RESULTS = "三、本年度办理结果"
REQUESTS: dict[Edition, tuple[RequestRow, ...]] = {
    "2021": (
        *_BEFORE_OTHER,
        RequestRow(
            "other_no_correction", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", _OTHER
        ),
        RequestRow(
            "other_fee_unpaid",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            _OTHER,
        ),
        RequestRow("other_misc", "3.其他", _OTHER),
        *_AFTER_OTHER,
    ),
    "2019": (*_BEFORE_OTHER, RequestRow("other", _OTHER), *_AFTER_OTHER),
}

OUTCOMES = (
    ("upheld", "结果维持"),
    ("corrected", "结果纠正"),
    ("other", "其他结果"),
    ("pending", "尚未审结"),
    ("total", "总计"),
)
DISPUTES = (
    ("review", "行政复议"),
    ("litigation_direct", "未经复议直接起诉"),
    ("litigation_after_review", "复议后起诉"),
)

STATISTICS = (
    Indicator("", "一、主动公开情况"),
    Indicator("proactive_total", "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条"),
    Indicator("proactive_normative", "其中：主动公开规范性文件数", "条"),
    Indicator("normative_made", "制发规范性文件总数", "件"),
    Indicator("", "（二）通过不同渠道和方式公开政府信息的情况"),
    Indicator("via_gazette", "1.政府公报公开政府信息数", "条"),
    Indicator("via_website", "2.政府网站公开政府信息数", "条"),
    Indicator("via_weibo", "3.政务微博公开政府信息数", "条"),
    Indicator("via_wechat", "4.政务微信公开政府信息数", "条"),
    Indicator("via_other", "5.其他方式公开政府信息数", "条"),
    Indicator("", "二、回应解读情况"),
    Indicator(
        "responses_total", "（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）", "次"
    ),
    Indicator("", "（二）通过不同渠道和方式回应解读的情况"),
    Indicator("press_conferences", "1.参加或举办新闻发布会总次数", "次"),
    Indicator("press_conferences_by_head", "其中：主要负责同志参加新闻发布会次数", "次"),
    Indicator("online_interviews", "2.政府网站在线访谈次数", "次"),
    Indicator("online_interviews_by_head", "其中：主要负责同志参加政府网站在线访谈次数", "次"),
    Indicator("policy_interpretations", "3.政策解读稿件发布数", "篇"),
    Indicator("weibo_wechat_responses", "4.微博微信回应事件数", "次"),
    Indicator("other_responses", "5.其他方式回应事件数", "次"),
    Indicator("", "三、依申请公开情况"),
    Indicator("received", "（一）收到申请数", "件"),
    Indicator("received_in_person", "1.当面申请数", "件"),
    Indicator("received_fax", "2.传真申请数", "件"),
    Indicator("received_online", "3.网络申请数", "件"),
    Indicator("received_letter", "4.信函申请数", "件"),
    Indicator("concluded", "（二）申请办结数", "件"),
    Indicator("concluded_on_time", "1.按时办结数", "件"),
    Indicator("concluded_extended", "2.延期办结数", "件"),
    Indicator("replied", "（三）申请答复数", "件"),
    Indicator("replied_already_public", "1.属于已主动公开范围数", "件"),
    Indicator("replied_granted", "2.同意公开答复数", "件"),
    Indicator("replied_partly_granted", "3.同意部分公开答复数", "件"),
    Indicator("replied_refused", "4.不同意公开答复数", "件"),
    Indicator("refused_state_secret", "其中：涉及国家秘密", "件"),
    Indicator("refused_trade_secret", "涉及商业秘密", "件"),
    Indicator("refused_privacy", "涉及个人隐私", "件"),
    Indicator("refused_security_stability", "危及国家安全、公共安全、经济安全和社会稳定", "件"),
    Indicator("refused_not_government_information", "不是《条例》所指政府信息", "件"),
    Indicator("refused_other_law", "法律法规规定的其他情形", "件"),
    Indicator("replied_not_this_body", "5.不属于本行政机关公开数", "件"),
    Indicator("replied_nonexistent", "6.申请信息不存在数", "件"),
    Indicator("replied_needs_correction", "7.告知作出更改补充数", "件"),
    Indicator("replied_other_channel", "8.告知通过其他途径办理数", "件"),
    Indicator("review", "四、行政复议数量", "件"),
    Indicator("review_upheld", "（一）维持具体行政行为数", "件"),
    Indicator("review_corrected", "（二）被依法纠错数", "件"),
    Indicator("review_other", "（三）其他情形数", "件"),
    Indicator("litigation", "五、行政诉讼数量", "件"),
    Indicator("litigation_upheld", "（一）维持具体行政行为或者驳回原告诉讼请求数", "件"),
    Indicator("litigation_corrected", "（二）被依法纠错数", "件"),
    Indicator("litigation_other", "（三）其他情形数", "件"),
    Indicator("complaints", "六、举报投诉数量", "件"),
    Indicator("fees", "七、依申请公开信息收取的费用", "万元"),
    Indicator("", "八、机构建设和保障经费情况"),
    Indicator("offices", "（一）政府信息公开工作专门机构数", "个"),
    Indicator("reading_points", "（二）设置政府信息公开查阅点数", "个"),
    Indicator("staff", "（三）从事政府信息公开工作人员数", "人"),
    Indicator("staff_full_time", "1.专职人员数（不包括政府公报及政府网站工作人员数）", "人"),
    Indicator("staff_part_time", "2.兼职人员数", "人"),
    Indicator(
        "budget",
        "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）",
        "万元",
    ),
    Indicator("", "九、政府信息公开会议和培训情况"),
    Indicator("meetings", "（一）召开政府信息公开工作会议或专题会议数", "次"),
    Indicator("training_sessions", "（二）举办各类培训班数", "次"),
    Indicator("people_trained", "（三）接受培训人员数", "人次"),
)


def cell_ids(table: str, edition: Edition) -> tuple[str, ...]:
    """Return every standard cell id of one table, in printed order."""
    if table == "proactive":
        items = PROACTIVE[edition]
        return tuple(f"{table}.{r}.{c}" for item in items for r, _ in item.rows for c, _ in item.columns)
    if table == "requests":
        return tuple(f"{table}.{row.code}.{c}" for row in REQUESTS[edition] for c, _ in APPLICANTS)
    if table == "disputes":
        return tuple(f"{table}.{r}.{c}" for r, _ in DISPUTES for c, _ in OUTCOMES)
    return tuple(f"{table}.{i.code}.value" for i in STATISTICS if i.code)


def outcome_codes(edition: Edition) -> tuple[str, ...]:
    """Return the row codes that （七）总计 sums."""
    return tuple(r.code for r in REQUESTS[edition] if r.outcome and r.code != "handled_total")
