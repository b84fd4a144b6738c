"""Reply logs as they come: every harmless spelling is read, and what is not read is named."""

import csv
import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.importers.reply_log import COLUMNS, Event, LogError, read_log

NOW = datetime(2026, 1, 6, tzinfo=UTC)
AT = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)  # 1767607200
LOG = "event_id,src,dst,ts,thread\n1,ana,ben,1767607200,Week one\n"
EVENTS = [Event("1", "ana", "ben", AT, "Week one")]


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    path = tmp_path_factory.mktemp("logs") / "log.csv"

    def reading(data, zone=UTC):
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read_log(path, now=NOW, zone=zone)

    return reading


@pytest.mark.parametrize(
    "text",
    [
        LOG.replace(",", ";"),
        LOG.replace(",", "\t"),
        LOG.replace(",", "|"),
        "sep=;\n" + LOG.replace(",", ";"),
        LOG.replace(",", ", "),
        LOG.replace("event_id,src", " event_id , src "),
        LOG.replace("event_id,src", "Event_ID,SRC"),
        LOG.replace("\n", "\r\n"),
        LOG.replace("\n", "\r"),
        LOG.rstrip("\n"),
        LOG + "\n,,,,\n",
        'event_id, "src", "dst", "ts", "thread"\n"1", "ana", "ben", "1767607200", "Week one"\n',
        "thread,ts,note,dst,src,event_id\nWeek one,1767607200,x,ben,ana,1\n",
    ],
)
def test_harmless_spellings_of_a_table_are_read(read, text):
    assert read(text) == EVENTS


@pytest.mark.parametrize(
    "data",
    [
        LOG.encode("utf-8-sig"),
        LOG.replace(",", "\t").encode("utf-16"),  # Excel's “Unicode text”, with its mark
        b"\xfe\xff" + LOG.encode("utf-16-be"),
    ],
)
def test_encodings_of_excel_are_read(read, data):
    assert read(data) == EVENTS


@pytest.mark.parametrize(
    "ts",
    [
        *("1767607200", "1767607200.0", "1767607200000", "1767607200000.0"),
        *("2026-01-05T10:00:00", "2026-01-05 10:00:00", "2026-01-05T10:00:00Z", "2026-01-05 10:00"),
        *("2026-01-05T11:00:00+01:00", "2026-01-05T02:00:00.000-08:00"),
    ],
)
def test_times_are_read_as_they_are_written(read, ts):
    assert read(LOG.replace("1767607200", ts)) == EVENTS


def test_a_decimal_comma_is_read_where_columns_are_between_semicolons(read):
    [event] = read(LOG.replace(",", ";").replace("1767607200", "1767607200,5"))

    assert event.at == AT.replace(microsecond=500_000)


def test_milliseconds_begin_where_seconds_would_be_in_a_far_year(read):
    last_seconds, first_milliseconds = "99999999999", "100000000000"

    with pytest.raises(LogError, match="5138-11-16 09:46 UTC is in the future"):
        read(LOG.replace("1767607200", last_seconds))
    [event] = read(LOG.replace("1767607200", first_milliseconds))

    assert event.at == datetime(1973, 3, 3, 9, 46, 40, tzinfo=UTC)


def test_a_time_without_a_zone_is_of_the_zone_of_the_course(read):
    zone = ZoneInfo("America/Vancouver")

    [local] = read(LOG.replace("1767607200", "2026-01-05T02:00"), zone)
    [named] = read(LOG.replace("1767607200", "2026-01-05T10:00Z"), zone)

    assert local == named == EVENTS[0]


def test_ids_that_a_data_frame_made_decimals_are_whole(read):
    assert read(LOG.replace("ana,ben", "360.0,444")) == [Event("1", "360", "444", AT, "Week one")]


def test_ids_that_were_guarded_against_spreadsheets_are_read(read):
    assert read(LOG.replace("ana,ben", "'-a,'_b")) == [Event("1", "-a", "_b", AT, "Week one")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("event_id src dst ts thread\n", "Line 1: .* Put commas, semicolons or tabs between"),
        ("1,ana,ben,1767607200,x\n", "Line 1: .* has to name the columns, and it is: 1, ana, ben"),
        ("id;src;dst;ts;thread\n", "lacks the column event_id. Its columns are: id, src, dst, ts"),
        ("\nevent_id,src,dst,ts,thread\n", "The first line is empty. It has to name the columns."),
        ("event_id,src,dst,ts,thread,ts\n", "Line 1: the heading has the column ts twice."),
        ("sep=;\nevent_id;src\n", "Line 2: the heading lacks the columns dst, ts, thread."),
        ("sep=;\n" + LOG.replace(",", ";") + "1;a;b;1;x\n", "Line 4: event_id 1 occurs twice."),
        (LOG + "2,ana,,1767607200,x\n", "Line 3: this line has 4 values; .* Empty: dst."),
        (LOG + '2,ana,ben,1767607200,"x\n', "Line 3: this is not a line of CSV"),
        (LOG.replace("1767607200", "1.7676E+09"), "a spreadsheet has shortened ts to '1.7676E"),
        (LOG.replace("1767607200", "05/01/2026"), "Line 2: ts must be Unix seconds .*, mil"),
        (LOG.replace("1767607200", "2026-13-05"), "or a time such as 2026-01-05T10:00:00, not"),
        (LOG.replace("1767607200", "-5"), "Line 2: ts must be"),
        (LOG.replace("Week", "Wéek").encode("latin-1"), "Line 2: this is not UTF-8"),
        (LOG.encode("utf-16-le"), "Line 1: this is not UTF-8"),
        (b"\xff\xfe" + LOG.encode("utf-16-le") + b"x", "Line 3: this is not UTF-8"),
    ],
)
def test_what_is_not_read_is_named_with_its_line(read, data, message):
    with pytest.raises(LogError, match=message):
        read(data)


ids = st.from_regex(r"[a-z0-9_-]{1,8}", fullmatch=True)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2026, 1, 5)).map(
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)
threads = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1)
events = st.lists(
    st.builds(Event, ids, ids, ids, moments, threads.map(str.strip).filter(bool)),
    min_size=1,
    max_size=4,
    unique_by=lambda event: event.key,
)
SPELLINGS = {
    "seconds": lambda at: str(int(at.timestamp())),
    "decimals": lambda at: f"{at.timestamp():.1f}",
    "milliseconds": lambda at: str(int(at.timestamp()) * 1000),
    "with a zone": lambda at: at.astimezone(ZoneInfo("Asia/Kathmandu")).isoformat(),
    "without a zone": lambda at: at.replace(tzinfo=None).isoformat(sep=" "),
}


@given(
    events,
    st.sampled_from(sorted(SPELLINGS)),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
    st.permutations(COLUMNS),
)
def test_a_log_is_the_same_in_every_spelling(read, log, spelling, delimiter, encoding, end, order):
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end)
    writer.writerow(order)
    for event in log:
        values = [
            event.key,
            event.source,
            event.target,
            SPELLINGS[spelling](event.at),
            event.thread,
        ]
        row = dict(zip(COLUMNS, values, strict=True))
        writer.writerow([row[name] for name in order])

    assert read(file.getvalue().encode(encoding)) == log
