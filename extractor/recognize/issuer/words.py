"""The words of titles and agency names, folded so that one pattern finds every way to print them.

Folding never changes the length of a text: an offset in the folded text is an offset in the
text as printed.
"""

import re

# One traditional character a position, its simplified twin at the same position below: the
# characters of division names, agency names and titles, for mirrors in traditional script.
_TRADITIONAL = (
    "萬業叢東兩個豐臨爲為麗義烏樂習鄉於雲亞產僕從侖倉儀們優會偉倫體餘僑儲兒兗黨蘭關興內岡冊軍農冲況準涼鳳憑凱劃則剛別劍勸辦務動勻區醫華單盧臥衛廠廳歷廂"
    "廈縣參雙發敘疊臺葉後呂啓啟吳員鹹響團園圍國圖聖場壇壩壠壘墾墊壯壺處備復頭夾婁孫學寧寶審宮寬賓尋壽將爾堯嶼崗嵐島巖嶺嶽嶨嶧峽巒峯嶗崍鞏師帶幹廣莊慶廬"
    "庫應開張彌強歸當彥徵懷態總恆戶託執揚撫報據數無舊時晉暉術機雜權條來楊極構樅棗樹棲欒檔橋樺夢檢樓橫畢氣匯漢湯溝滄瀘澤涇窪湞溮濟瀏渾潯塗淶漣渦潤澗澱淥"
    "澠溫遊灣漵滿灤濱灘濰潛瀾瀋燈靈爐點煙煩愛猶獨獅獻瑪環現琿瓊瑤甕電疇療鹽監蓋盤礬礦碭硯碩確鹼禮祿禪離積稱稅競簡類糧紅級納細織紹經結絳統綏績維綿綜綠編"
    "縉網羅羣聶聯肅勝膠脫臘騰輿節薌蕪蘆蒼蘇範荊榮滎蔭藥萊蓮獲蘿營蕭薩藍薊鎣藺蘄蘊觀規視覺計讓訊訥許設訪識詔請諸諾讀調誼謀謨謝謙譙譜貝貞貢財賢質貧貴費賀"
    "賈資賚賽贊贛趙車轉輪載輝輸轄邊遼達遷邁運進遠連遜遙鄧郵鄒鄴鄰鬱郟鄭鄆鄖鄲裏鍾鐘鋼欽錢鐵鉛銅銀鋒錯錫錦鎮鏡鑲長門間閔閘聞閩閣閬閶閻陽陰陸隴陳陘陝隨靜"
    "韓頂項順頗潁額風饒館馬駐驛驊驗魚魯鮁鮮鯉鳩雞鳴鴨鶴鷹麥黃齊龍"
)
_SIMPLIFIED = (
    "万业丛东两个丰临为为丽义乌乐习乡于云亚产仆从仑仓仪们优会伟伦体余侨储儿兖党兰关兴内冈册军农冲况准凉凤凭凯划则刚别剑劝办务动匀区医华单卢卧卫厂厅历厢"
    "厦县参双发叙叠台叶后吕启启吴员咸响团园围国图圣场坛坝垅垒垦垫壮壶处备复头夹娄孙学宁宝审宫宽宾寻寿将尔尧屿岗岚岛岩岭岳峃峄峡峦峰崂崃巩师带干广庄庆庐"
    "库应开张弥强归当彦征怀态总恒户托执扬抚报据数无旧时晋晖术机杂权条来杨极构枞枣树栖栾档桥桦梦检楼横毕气汇汉汤沟沧泸泽泾洼浈浉济浏浑浔涂涞涟涡润涧淀渌"
    "渑温游湾溆满滦滨滩潍潜澜沈灯灵炉点烟烦爱犹独狮献玛环现珲琼瑶瓮电畴疗盐监盖盘矾矿砀砚硕确碱礼禄禅离积称税竞简类粮红级纳细织绍经结绛统绥绩维绵综绿编"
    "缙网罗群聂联肃胜胶脱腊腾舆节芗芜芦苍苏范荆荣荥荫药莱莲获萝营萧萨蓝蓟蓥蔺蕲蕴观规视觉计让讯讷许设访识诏请诸诺读调谊谋谟谢谦谯谱贝贞贡财贤质贫贵费贺"
    "贾资赉赛赞赣赵车转轮载辉输辖边辽达迁迈运进远连逊遥邓邮邹邺邻郁郏郑郓郧郸里钟钟钢钦钱铁铅铜银锋错锡锦镇镜镶长门间闵闸闻闽阁阆阊阎阳阴陆陇陈陉陕随静"
    "韩顶项顺颇颍额风饶馆马驻驿骅验鱼鲁鲅鲜鲤鸠鸡鸣鸭鹤鹰麦黄齐龙"
)
_PLAIN = dict(
    zip(
        _TRADITIONAL + "０１２３４５６７８９()[]｜:;,﹕",
        _SIMPLIFIED + "0123456789（）〔〕|：；，：",
        strict=True,
    )
)
_UNFOLDED = re.compile(f"[{re.escape(''.join(_PLAIN))}]")
_CHINESE_DIGITS = str.maketrans("〇○Ｏ零一二三四五六七八九", "0000123456789")

CJK = "一-鿿"
YEAR = r"(?:20\d\d|二[〇○Ｏ零][〇○Ｏ零一二三四][〇○Ｏ零一二三四五六七八九])"
# What a report of this kind is called: 政府信息公开工作年度报告, 信息公开年报, 政府信息公开年度工作报告…
CORE = (
    rf"(?:政府|政务)*(?:（机关）)?(?:信息|资讯)公开(?:工作)?(?:情况)?(?:的)?(?:{YEAR}(?=年度))?"
    r"(?:年度工作报告|年度报告|工作年度报告|年度情况报告|工作报告|情况报告|报告|工作年报|年报)"
)
TOWNSHIP = re.compile("(?:镇|乡|街道|苏木)(?:人民政府|政府|办事处|办|党政办|党委)?(?:办公室)?$|街道办事处")
# 区审计局, 自治区应急管理厅: a rank that names no place.
RELATIVE = re.compile("^(?:自治区|[省市县区旗州盟])(?=..)(?!中区|北区|南区|东区)")
_ENDING = re.compile(
    "(?:人民政府|政府|行署|公署|管委会|委员会|委|局|厅|署|部|办公室|办公厅|办|街道|办事处|镇|乡|苏木|"
    "海关|关区|"
    "支队|总队|大队|调查队|中心|院|银行|所|馆|站|室|会|社|联合会|公司|集团|学校|大学|中学|小学|医院|司|处|台|旗|区|"
    "市|县|州|盟|省|"
    "场|兵团|团|师|气象部门|）)$"
)
_AGENCY = re.compile(rf"(?:[{CJK}·、]|（[{CJK}]{{1,12}}）){{2,36}}")
# Words that stand in sentences and never in the name of an agency.
_PROSE = re.compile(
    "根据|依据|按照|公布|发布|公开(?!办|领导)|编制|要求|关于|现将|报告|通知|条例|"
    "我[局委镇乡县市区办厅院街部旗州省盟室队馆站所]|本[局委镇乡机单级部]|"
    "工作(?!部|局|办|委)|首页|年度|栏目|来源|如下|以及|负责|严格|落实|深入|贯彻|认真|专栏|门户|网站|"
    "领导小组|有关|规定|印发|全[市县区省镇乡]|各|"
    "其中|包括|图解|读懂|解读|联系|电话|地址|联合(?!社|会)|组织全|指导|会同|充分|党员|推进|党组|^[的了及由在与是为被]|[的了]$"
)


def fold(text: str) -> str:
    """Return the text with full-width digits, brackets and traditional characters made plain.

    >>> fold("廣州市國資委２０２０年(修改)")
    '广州市国资委2020年（修改）'
    """
    return _UNFOLDED.sub(lambda found: _PLAIN[found.group()], text)


def read_year(text: str) -> int:
    """Return the year of four digits, Arabic or Chinese.

    >>> read_year("二〇二一"), read_year("2019")
    (2021, 2019)
    """
    return int(text.translate(_CHINESE_DIGITS))


def is_agency(name: str) -> bool:
    """Say whether a folded text without blanks reads as the name of a body or of an area.

    >>> is_agency("云岭县档案局"), is_agency("政务公开"), is_agency("根据有关规定的局")
    (True, False, False)
    """
    if not 2 <= len(name) <= 36 or _ENDING.search(name) is None:
        return False
    return _AGENCY.fullmatch(name) is not None and _PROSE.search(name) is None
