"""Which offsets and civil days Python's zoneinfo finds around every clock change of every zone, 1990 to 2035.

Reads nothing. Prints one JSON object:
  python     the interpreter's version
  iana       the release of the zone data
  zones      name -> {"first": offset at the beginning, "changes": [[first second of the new offset, offset before, offset after]]}
  days       [[zone, change, [per day start 0..6: [[first second, "YYYY-MM-DD"]]]]] for each different change once:
             the runs of equal civil days from 30 hours before the change to 30 hours after it
"""

import json
import struct
import sys
from datetime import date, datetime, timedelta, timezone
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

import tzdata

FIRST = int(datetime(1990, 1, 1, tzinfo=timezone.utc).timestamp())
LAST = int(datetime(2036, 1, 1, tzinfo=timezone.utc).timestamp())
WEEK = 7 * 86_400
AROUND = 30 * 3_600
STEP = 900


def offset(zone, at):
    return int(datetime.fromtimestamp(at, zone).utcoffset().total_seconds())


def first_second(low, high, differs):
    """The first second in (low, high] for which differs() is true, when it is false at low and true at high."""
    while high - low > 1:
        middle = (low + high) // 2
        if differs(middle):
            high = middle
        else:
            low = middle
    return high


def written_changes(name):
    """The changes that stand in the zone's file (RFC 9636), so that none shorter than a week is missed."""
    data = resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()
    counts = struct.unpack(">6l", data[20:44])
    isut, isstd, leap, times, types, chars = counts
    start = 44 + times * 5 + types * 6 + chars + leap * 8 + isstd + isut
    assert data[start : start + 4] == b"TZif"
    times = struct.unpack(">l", data[start + 32 : start + 36])[0]
    return struct.unpack(f">{times}q", data[start + 44 : start + 44 + 8 * times])


def changes(name, zone):
    marks = {at for at in written_changes(name) if FIRST < at < LAST}
    marks.update(at - 1 for at in list(marks))
    marks.update(range(FIRST, LAST, WEEK))
    found = []
    before_at = FIRST
    for at in sorted(marks | {LAST - 1}):
        before, after = offset(zone, before_at), offset(zone, at)
        if before != after:
            there = first_second(before_at, at, lambda middle: offset(zone, middle) != before)
            found.append([there, before, after])
        before_at = at
    return found


def civil_day(zone, at, day_start):
    wall = datetime.fromtimestamp(at, zone)
    day = wall.date()
    return day if wall.hour >= day_start else day - timedelta(days=1)


def days_around(zone, change, day_start):
    runs = [[change - AROUND, civil_day(zone, change - AROUND, day_start)]]
    quarters = range((change - AROUND) // STEP * STEP + STEP, change + AROUND, STEP)
    # A clock put back at 00:01 shows the new day for a single minute.
    points = sorted({change - AROUND, change - 1, change, *quarters})
    for earlier, later in zip(points, points[1:]):
        now = civil_day(zone, later, day_start)
        if now != runs[-1][1]:
            last = runs[-1][1]
            there = first_second(earlier, later, lambda at: civil_day(zone, at, day_start) != last)
            runs.append([there, now])
    return [[at, day.isoformat()] for at, day in runs]


def main():
    zones, days, seen = {}, [], set()
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        found = changes(name, zone)
        zones[name] = {"first": offset(zone, FIRST), "changes": found}
        for change in found:
            if tuple(change) not in seen:
                seen.add(tuple(change))
                runs = [days_around(zone, change[0], start) for start in range(7)]
                days.append([name, change[0], runs])
    json.dump(
        {
            "python": sys.version.split()[0],
            "iana": tzdata.IANA_VERSION,
            "zones": zones,
            "days": days,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
