"""Lists of Chinese, Japanese and Korean names, which have no initials."""

import pytest

from blog.citations.parsers.east_asian_names import east_asian_names
from blog.citations.parsers.reference_line import read_reference


def person(family, given):
    return {"family": family, "given": given}


def whole(*names):
    return [{"literal": name} for name in names]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("박서준, 최은영", whole("박서준", "최은영")),
        ("박서준,최은영,윤도현", whole("박서준", "최은영", "윤도현")),
        ("박서준, 최은영, & 윤도현", whole("박서준", "최은영", "윤도현")),
        ("박서준·최은영", whole("박서준", "최은영")),
        ("박서준・최은영", whole("박서준", "최은영")),
        ("박서준; 최은영", whole("박서준", "최은영")),
        ("박서준 외", whole("박서준", "others")),
        ("박서준, 최은영 외 2인", whole("박서준", "최은영", "others")),
        ("박, 서준", [person("박", "서준")]),
        ("남궁, 서준", [person("남궁", "서준")]),
        ("陈丽华，赵刚", whole("陈丽华", "赵刚")),
        ("陈丽华、赵刚", whole("陈丽华", "赵刚")),
        ("陈丽华・赵刚", whole("陈丽华", "赵刚")),
        ("陈丽华；赵刚", whole("陈丽华", "赵刚")),
        ("陳麗華, & 趙剛", whole("陳麗華", "趙剛")),
        ("陈丽华, 赵刚, 等", whole("陈丽华", "赵刚", "others")),
        ("陈丽华等", whole("陈丽华", "others")),
        ("陈, 丽华", [person("陈", "丽华")]),
        ("陈, 丽华, & 赵, 刚", [person("陈", "丽华"), person("赵", "刚")]),
        ("欧阳, 丽华", [person("欧阳", "丽华")]),
        ("伊藤美咲・中村大輔", whole("伊藤美咲", "中村大輔")),
        ("伊藤美咲、中村大輔、加藤一", whole("伊藤美咲", "中村大輔", "加藤一")),
        ("伊藤 美咲・中村 大輔", whole("伊藤 美咲", "中村 大輔")),
        ("伊藤美咲, 中村大輔", whole("伊藤美咲", "中村大輔")),
        ("伊藤, 美咲, & 中村, 大輔", [person("伊藤", "美咲"), person("中村", "大輔")]),
        ("伊藤美咲 他", whole("伊藤美咲", "others")),
        ("ジョン・デューイ", whole("ジョン・デューイ")),
        ("约翰·杜威特先生", whole("约翰·杜威特先生")),
        ("文部科学省・厚生労働省", whole("文部科学省", "厚生労働省")),
        ("국립국어원, 교육부", whole("국립국어원", "교육부")),
        ("한국 교육 개발원", whole("한국 교육 개발원")),
        ("나", whole("나")),
    ],
)
def test_names_are_parted_where_they_end(text, people):
    assert east_asian_names(text) == people


@pytest.mark.parametrize(
    "text",
    [
        "伊藤, 美咲",
        "長谷川, 健太郎",
        "デューイ, ジョン",
        "듀이, 존",
        "박서준 최은영",
        "박서준과 최은영",
        "陈丽华和赵刚",
        "陈丽华 赵刚",
        "陈丽华·赵刚",
        "教育・文化研究所",
        "陈丽华,, 赵刚, 周",
    ],
)
def test_a_list_that_may_be_read_in_two_ways_is_not_read(text):
    assert east_asian_names(text) == []
    assert read_reference(f"{text} (2015). Ties of towns. Moor Press.") == {}


@pytest.mark.parametrize("text", ["", "Luna, A.", "陈丽华, & Luna, A.", "محمد، علي"])
def test_other_lists_are_left_to_others(text):
    assert east_asian_names(text) is None


@pytest.mark.parametrize(
    "line",
    [
        "陈丽华，赵刚（2015）。关系的形成。北京：商务印书馆。",
        "陈丽华、赵刚（2015）。关系的形成。北京：商务印书馆。",
        "陈丽华, 赵刚 (2015). 关系的形成. 商务印书馆.",
        "陈丽华・赵刚 (2015). 关系的形成. 商务印书馆.",
    ],
)
def test_both_authors_of_a_line_are_read(line):
    assert read_reference(line)["author"] == whole("陈丽华", "赵刚")


@pytest.mark.parametrize("between", [", ", "·", "ㆍ", "・", "; ", ", & "])
def test_every_separator_of_korean_lines_parts_two_authors(between):
    record = read_reference(f"박서준{between}최은영 (2015). 관계의 형성. 한빛.")

    assert record["author"] == whole("박서준", "최은영")


def test_names_in_two_scripts_are_all_read():
    record = read_reference("陈丽华, & Luna, A. (2015). Ties. Moor Press.")

    assert record["author"] == [*whole("陈丽华"), person("Luna", "A.")]
