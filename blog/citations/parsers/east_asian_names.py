"""
Part the names of a Chinese, Japanese or Korean list, which have no initials and often no spaces.

“、” and “・” part names. A comma parts names, “王小明, 李华”, or a family from its given name,
“王, 小明”: the lengths and the commonest families tell, and where they do not, nothing is parted.
"""

import re

from blog.citations.csl.names import EAST_ASIAN

# Nine of ten people in China have one of these, in either script.
CHINESE_FAMILIES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖"
    "萧蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹"
    "鄒孟熊秦邱江尹薛闫段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴武戴莫孔向汤湯"
)
KOREAN_FAMILIES = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구나민진지엄채원천방공현"
    "함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용류림리라"
)
FAMILIES_OF_TWO = frozenset(
    ("남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방", "欧阳", "歐陽", "司马", "司馬")
    + ("上官", "诸葛", "諸葛", "司徒", "端木")
)
BODY = re.compile(
    r"(?:[所会會省部院社局庁厅廳署처청부원]|大学|大學|学校|學校|公司|中心|协会|協会|协會|센터|학회|학교|은행|재단)$"
)
HANGUL = re.compile("[\uac00-\ud7af]+")
HAN = re.compile("[\u3400-\u9fff々]+")
WITH_KANA = re.compile("[\u3040-\u30ff\u3400-\u9fff々]+")
KATAKANA = "\u30a1-\u30fa\u30fc"
CONJUNCTION = r"&|＆|\b(?:and|und|et)\b"
COMMA = re.compile(rf"(?:\s*[,，]\s*(?={CONJUNCTION})|\s*)({CONJUNCTION}|[,，])\s*")
SPACE = re.compile(r"\s+")
# The dot of “マーク・グラノヴェター” is inside the name of one person.
NAME_SIGN = re.compile(rf"\s*[、;；/／]\s*|\s*(?<![{KATAKANA}])[・･ㆍ•](?![{KATAKANA}])\s*")
DOT = re.compile(r"\s*[·‧]\s*")  # of foreign names in Chinese, 马克斯·韦伯; parts names in Korean
JOINING_WORD = re.compile(r"\s*[和与與及]\s*|(?<=\S)[과와]\s+|\s+및\s+|\s*と\s*")
OTHERS = re.compile(r"\s*(?:[,，、]\s*)?(?:(?<!\w)등|等人?|他|ほか|\b외(?:\s?\d+\s?[인명])?)$")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def east_asian_names(text: str) -> list[dict] | None:
    """Return the CSL names of a list; [] if it is not sure where they end, None if it is no such.

    A list that also has names in Latin letters is none.
    """
    text = " ".join(text.split()).strip(" ,;.，、；")
    if not EAST_ASIAN.search(text) or LATIN.search(re.sub(r"\b(?:and|und|et)\b", "", text)):
        return None
    names = OTHERS.sub("", text)
    people = _people(names)
    return people + [{"literal": "others"}] * bool(people and names != text)


def _people(text: str) -> list[dict]:
    if NAME_SIGN.search(text):
        return _between_marks([part for part in NAME_SIGN.split(text) if part])
    if COMMA.search(text):
        return _between_commas(text)
    if len(parts := DOT.split(text)) > 1 and _may_be_several(parts):
        return _whole(parts) if all(map(HANGUL.fullmatch, parts)) else []
    for sign in (JOINING_WORD, SPACE):
        if len(parts := sign.split(text)) > 1 and all(map(_is_whole, parts)):
            return []
    return _whole([text])


def _between_marks(parts: list[str]) -> list[dict]:
    if any(map(COMMA.search, parts)):
        return []
    are_bodies = {bool(BODY.search(part)) for part in parts}  # “教育・文化研究所” is one
    return _whole(parts) if len(are_bodies) == 1 or all(map(_is_whole, parts)) else []


def _between_commas(text: str) -> list[dict]:
    pieces = COMMA.split(text)  # names, and the conjunctions between them
    parts, conjunctions = pieces[::2], [sign.strip(",，") for sign in pieces[1::2]]
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    if not all(parts):
        return []
    if len(parts) % 2 or (len(parts) == 2 and conjunctions[0]) or all(map(BODY.search, parts)):
        return _whole(parts)
    is_before_a_pair = len(parts) > 2 and bool(conjunctions[-2])
    if is_before_a_pair or all(_is_family_alone(family) for family, _given in pairs):
        return [{"family": family, "given": given} for family, given in pairs]
    if all(map(_is_whole, parts)) and len(parts[0]) > 2:
        return _whole(parts)
    return []


def _may_be_several(parts: list[str]) -> bool:
    """Return whether names beside a dot may be several people’s, and not 马克·格兰诺维特."""
    return all(map(_is_whole, parts)) and len({len(part) > 3 for part in parts}) == 1


def _is_family_alone(name: str) -> bool:
    return len(name) == 1 or name in FAMILIES_OF_TWO


def _is_whole(name: str) -> bool:
    """Return whether a name has both its parts: 王小明, 김철수, 山田太郎; 山田 and 太郎 may not."""
    if HANGUL.fullmatch(name):
        is_of_two = name[:2] in FAMILIES_OF_TWO and len(name) > 2
        return is_of_two or (len(name) in {2, 3} and name[0] in KOREAN_FAMILIES)
    if HAN.fullmatch(name) and len(name) in {2, 3}:
        return name[0] in CHINESE_FAMILIES
    return len(name) > 3 and bool(WITH_KANA.fullmatch(name) and HAN.search(name))


def _whole(names: list[str]) -> list[dict]:
    return [{"literal": name} for name in names]
