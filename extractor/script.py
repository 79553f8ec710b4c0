"""The script of a text: traditional characters, radicals, look-alikes, invisible characters.

The only definition, for adapters and recognizers. All functions except `without_invisible` keep the length of
a text, so that offsets stay valid.
"""

from unicodedata import normalize

from extractor.patterns import kept_pattern, late_pattern

# Traditional characters and their simplified forms, as far as titles, agencies, labels and headings need
# them; not a converter for prose in general.
_TRADITIONAL = (
    "亞亚 佈布 佔占 來来 侖仑 係系 俬私 倉仓 個个 們们 倫伦 偉伟 備备 傢家 傳传 僅仅 僑侨 僕仆 價价 儀仪 "
    "億亿 優优 儲储 兒儿 兗兖 內内 兩两 冊册 凱凯 別别 則则 剛刚 創创 劃划 劍剑 動动 務务 勝胜 勞劳 勸劝 "
    "勻匀 匯汇 區区 參参 叢丛 吳吴 呂吕 員员 問问 啓启 啟启 單单 噹当 國国 圍围 園园 圖图 團团 埰采 執执 "
    "堯尧 報报 場场 塗涂 墊垫 墾垦 壇坛 壘垒 壠垅 壩坝 壯壮 壺壶 壽寿 夢梦 夾夹 婁娄 孫孙 學学 宮宫 寀采 "
    "實实 寧宁 審审 寬宽 寶宝 將将 專专 尋寻 對对 導导 屬属 岡冈 峯峰 島岛 峽峡 崍崃 崗岗 嵐岚 嶗崂 嶧峄 "
    "嶨峃 嶺岭 嶼屿 嶽岳 巒峦 巖岩 師师 帶带 幹干 庫库 廂厢 廈厦 廠厂 廢废 廣广 廬庐 廳厅 張张 強强 彌弥 "
    "彥彦 後后 徑径 從从 復复 徵征 恆恒 愛爱 態态 慶庆 憑凭 應应 懷怀 戶户 捲卷 採采 揚扬 撫抚 據据 敘叙 "
    "數数 於于 時时 晉晋 暉晖 書书 會会 東东 査查 條条 棗枣 棲栖 楊杨 業业 極极 榮荣 構构 樂乐 樅枞 樓楼 "
    "標标 樹树 樺桦 橋桥 機机 橫横 檔档 檢检 檯台 欄栏 權权 欒栾 欽钦 歷历 歸归 氣气 決决 沒没 況况 涇泾 "
    "涼凉 淥渌 淶涞 減减 渦涡 測测 渾浑 湞浈 湯汤 準准 溝沟 溫温 溮浉 滄沧 滎荥 滿满 漢汉 漣涟 漵溆 潁颍 "
    "潛潜 潤润 潯浔 澗涧 澠渑 澤泽 澱淀 濟济 濰潍 濱滨 瀋沈 瀏浏 瀘泸 瀾澜 灘滩 灣湾 灤滦 為为 烏乌 無无 "
    "煙烟 煩烦 熱热 燈灯 營营 爐炉 爲为 爾尔 猶犹 獅狮 獨独 獲获 獻献 現现 琿珲 瑤瑶 瑪玛 環环 瓊琼 甕瓮 "
    "產产 畢毕 當当 疇畴 疊叠 療疗 發发 監监 盤盘 盧卢 眞真 眾众 硯砚 碩硕 碭砀 確确 礦矿 礬矾 祕秘 祿禄 "
    "禪禅 禮礼 稅税 種种 稱称 積积 穩稳 穫获 窪洼 競竞 箇个 節节 範范 簡简 糧粮 糾纠 紀纪 紅红 納纳 紙纸 "
    "級级 細细 紹绍 組组 結结 絡络 統统 絳绛 綏绥 經经 綜综 綠绿 綫线 維维 網网 綿绵 緊紧 線线 編编 縉缙 "
    "縣县 總总 績绩 織织 繫系 繳缴 繼继 續续 罰罚 羅罗 羣群 義义 習习 聖圣 聞闻 聯联 聲声 聶聂 職职 肅肃 "
    "脫脱 膠胶 臘腊 臥卧 臨临 臺台 與与 興兴 舉举 舊旧 荊荆 莊庄 華华 萊莱 萬万 葉叶 著着 蒼苍 蓋盖 蓮莲 "
    "蔘参 蔭荫 蕪芜 蕭萧 薊蓟 薌芗 薩萨 藍蓝 藥药 藺蔺 蘄蕲 蘆芦 蘇苏 蘊蕴 蘭兰 蘿萝 處处 號号 衆众 術术 "
    "衕同 衛卫 裏里 補补 製制 複复 見见 規规 視视 覺觉 覽览 觀观 訂订 計计 訊讯 訓训 託托 訟讼 訥讷 訪访 "
    "設设 許许 訴诉 註注 詔诏 詢询 話话 誌志 認认 誤误 說说 誼谊 調调 談谈 請请 諸诸 諾诺 謀谋 謙谦 講讲 "
    "謝谢 謨谟 證证 識识 譙谯 譜谱 議议 護护 讀读 讓让 豐丰 貝贝 貞贞 負负 財财 貢贡 貧贫 責责 貴贵 費费 "
    "貼贴 賀贺 資资 賈贾 賓宾 賚赉 賢贤 質质 購购 賽赛 贊赞 贛赣 趙赵 踰逾 車车 軍军 載载 輝辉 輪轮 輯辑 "
    "輸输 輿舆 轄辖 轉转 辦办 農农 迴回 這这 連连 進进 遊游 運运 過过 達达 違违 遙遥 遜逊 遞递 遠远 遷迁 "
    "遼辽 邁迈 還还 邊边 郟郏 郵邮 鄆郓 鄉乡 鄒邹 鄖郧 鄧邓 鄭郑 鄰邻 鄲郸 鄴邺 醫医 鉛铅 銀银 銅铜 鋒锋 "
    "鋼钢 錄录 錢钱 錦锦 錫锡 錯错 錶表 鍾钟 鎣蓥 鎮镇 鏈链 鏡镜 鐘钟 鐵铁 鑲镶 長长 門门 開开 間间 閔闵 "
    "閘闸 閣阁 閤合 閩闽 閬阆 閱阅 閲阅 閶阊 閻阎 關关 闢辟 陘陉 陝陕 陰阴 陳陈 陸陆 陽阳 隊队 階阶 隨随 "
    "險险 隱隐 隴陇 隻只 雙双 雜杂 雞鸡 離离 難难 雲云 電电 靈灵 靜静 鞏巩 韓韩 響响 頂顶 項项 順顺 預预 "
    "頗颇 領领 頭头 頻频 題题 額额 願愿 類类 風风 餘余 館馆 饒饶 馬马 駁驳 駐驻 騰腾 驊骅 驗验 驛驿 體体 "
    "髮发 鬱郁 魚鱼 魯鲁 鮁鲅 鮮鲜 鯉鲤 鳩鸠 鳳凤 鳴鸣 鴨鸭 鶴鹤 鷹鹰 鹹咸 鹼碱 鹽盐 麗丽 麥麦 麪面 麫面 "
    "麵面 黃黄 點点 黨党 齊齐 齣出 龍龙"
)
# The block CJK Radicals Supplement, by Unicode's EquivalentUnifiedIdeograph: unlike the Kangxi radicals these
# have no compatibility decomposition.
_SUPPLEMENT = (
    "⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺇𠘨 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尢 ⺑𡯂 ⺒巳 ⺓幺 ⺔彑 "
    "⺕彐 ⺖忄 ⺗心 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 ⺨犭 ⺩王 "
    "⺪𤴔 ⺫目 ⺬示 ⺭礻 ⺮𥫗 ⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺳㓁 ⺴冗 ⺵𦉫 ⺶羊 ⺷𦍌 ⺸𦍋 ⺹耂 ⺺肀 ⺻聿 ⺼肉 ⺽𦥑 "
    "⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇𧢲 ⻈讠 ⻉贝 ⻊𧾷 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏邑 ⻐钅 ⻑長 "
    "⻒镸 ⻓长 ⻔门 ⻕𨸏 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞𩙿 ⻟飠 ⻠饣 ⻡𩠐 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 "
    "⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟"
)

# A long text with fewer ideographs is in another language: the title of a report, its headings and tables
# have more, and menus of languages or names of authors have not.
FEWEST_IDEOGRAPHS = 24
LONG_TEXT = 1000  # characters; a shorter text may have fewer, such as that of cover sheets

TO_SIMPLIFIED: dict[int, str] = {ord(pair[0]): pair[1] for pair in _TRADITIONAL.split()}
_TO_SIMPLIFY = kept_pattern(f"[{''.join(map(chr, TO_SIMPLIFIED))}]")
_IDEOGRAPHS: dict[int, str] = {ord(pair[0]): pair[1] for pair in _SUPPLEMENT.split()}
# A class of radicals and compatibility characters that stand for ideographs.
STAND_INS = "\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f"
_STAND_IN = kept_pattern(f"[{STAND_INS}]")
_TWICE = kept_pattern(f"([{STAND_INS}])(.)")

# Characters that are invisible and do not move others. Overrides of the direction (U+202D, U+202E) do, and
# are not included.
INVISIBLE = "".join(
    map(
        chr,
        [
            0xAD,
            0x34F,
            *range(0x180B, 0x180F),
            *range(0x200B, 0x2010),
            *range(0x202A, 0x202D),
            *range(0x2060, 0x2065),
            *range(0x2066, 0x206A),
            *range(0xFE00, 0xFE10),
            0xFEFF,
            *range(0xE0000, 0xE01F0),
        ],
    )
)
_NO_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
# Digits and points between an override of the direction and its end.
_OVERRIDDEN = late_pattern("([\u202d\u202e])([0-9０-９.,，．%]*)(?:\u202c|$)")
_STRUCK = late_pattern("(?:[0-9０-９.,，．][\u0335\u0336]\\s?)+")


def simplified(text: str) -> str:
    """Return the text in simplified characters; the same object if nothing changes.

    >>> simplified("一、總體情況：政府資訊")
    '一、总体情况：政府信息'
    """
    if text.isascii() or not _TO_SIMPLIFY.search(text):
        return text
    return text.translate(TO_SIMPLIFIED).replace("资讯", "信息")


def has_stand_ins(text: str) -> bool:
    """Return whether a text has radicals or compatibility characters in place of ideographs."""
    return not text.isascii() and _STAND_IN.search(text) is not None


def in_common_ideographs(text: str) -> str:
    """Return the text with ideographs for radicals and compatibility characters that look like them.

    >>> in_common_ideographs("政府信息公开⼯作年度报告，⻓沙市⾏政")
    '政府信息公开工作年度报告，长沙市行政'
    """
    if not has_stand_ins(text):
        return text
    return _STAND_IN.sub(lambda found: _ideograph(found.group()), text)


def _ideograph(character: str) -> str:
    plain = _IDEOGRAPHS.get(ord(character)) or normalize("NFKC", character)
    return plain if len(plain) == 1 else character


def without_doubled_radicals(text: str) -> str:
    """Return the text with one ideograph where a font maps a glyph to both the radical and the ideograph.

    >>> without_doubled_radicals("⼦子公司"), without_doubled_radicals("父子子孙")
    ('子公司', '父子子孙')
    """
    if not has_stand_ins(text):
        return text
    return _TWICE.sub(lambda two: two[2] if _ideograph(two[1]) == two[2] else two.group(), text)


def without_invisible(text: str) -> str:
    """Return the text without invisible characters."""
    return text if text.isascii() else text.translate(_NO_INVISIBLE)


def as_displayed(text: str) -> str:
    """Return the text with its digits as a person sees them.

    Digits after an override of the direction are in reverse; those that characters strike out are left out
    if others replace them. Where that is not certain the characters stay, so that the text is no number.

    >>> as_displayed("\u202e71\u202c"), as_displayed("\u202d17\u202c"), as_displayed("8\u03363\u0336 75")
    ('17', '17', '75')
    >>> as_displayed("8\u03363\u0336") == "8\u03363\u0336"
    True
    """
    if "\u202e" in text or "\u202d" in text:
        text = _OVERRIDDEN.sub(lambda found: found[2][:: -1 if found[1] == "\u202e" else 1], text)
    if "\u0336" in text or "\u0335" in text:
        left = _STRUCK.sub("", text)
        text = left if any(map(str.isdigit, left)) else text
    return text
