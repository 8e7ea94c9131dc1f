//! Daily summaries: adding to them, summing them up again, and summing them up over stretches of days.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use spotter_domain::StoreError;
use spotter_domain::account::WeekStart;
use spotter_domain::id::AccountId;
use spotter_domain::page::PageRequest;
use spotter_domain::progress::{Day, Period, Summary};
use spotter_domain::workout::Volume;

use super::stretch::{self, read_day};
use crate::Backend;
use crate::batch::{self, Kind};
use crate::columns::Columns;
use crate::row::Row;
use crate::sql::Sql;

const TABLE: &str = "daily_summaries";

const COLUMNS: &str = "day, sessions, sets, reps, volume, seconds, distance";

/// The sums of several days, of the types that one day has them in.
pub(super) const SUMS: &str = "CAST(coalesce(sum(sessions), 0) AS integer) AS sessions, \
                               CAST(coalesce(sum(sets), 0) AS integer) AS sets, \
                               CAST(coalesce(sum(reps), 0) AS bigint) AS reps, \
                               CAST(coalesce(sum(volume), 0) AS bigint) AS volume, \
                               CAST(coalesce(sum(seconds), 0) AS bigint) AS seconds, \
                               CAST(coalesce(sum(distance), 0) AS bigint) AS distance";

const REBUILT: [(&str, Kind); 2] = [("day", Kind::Integer), ("month", Kind::Integer)];

#[derive(Serialize)]
struct DayLine {
    day: i32,
    month: i32,
}

impl TryFrom<Row> for Summary {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        read_sums(&row, read_day(&row, "day")?)
    }
}

/// The sums of a row, of the stretch that begins on a day.
pub(super) fn read_sums(row: &Row, day: Day) -> Result<Summary, StoreError> {
    Ok(Summary {
        day,
        sessions: row.int("sessions")?,
        sets: row.int("sets")?,
        reps: row.big("reps")?,
        volume: Volume::from_steps(row.get("volume")?),
        seconds: row.big("seconds")?,
        distance: row.big("distance")?,
    })
}

/// Each day once: one statement can't write a row twice.
pub(super) fn each_once(days: &[(AccountId, Summary)]) -> Vec<(AccountId, Summary)> {
    let mut each: BTreeMap<(AccountId, Day), Summary> = BTreeMap::new();
    for (account, summary) in days {
        let key = (*account, summary.day);
        each.entry(key).or_insert_with(|| Summary::empty(summary.day)).add(summary);
    }
    each.into_iter().map(|((account, _), summary)| (account, summary)).collect()
}

/// Each day of a person is among `days` only once.
pub(super) fn add(backend: Backend, days: &[(AccountId, Summary)]) -> Sql {
    let sums = || days.iter().map(|(_, summary)| summary);
    let rows = Columns::new(backend)
        .uuids("account_id", days.iter().map(|(account, _)| account.uuid()))
        .integers("day", sums().map(|summary| summary.day.number()))
        .integers("month", sums().map(|summary| summary.day.month().number()))
        .counts("sessions", sums().map(|summary| summary.sessions))
        .counts("sets", sums().map(|summary| summary.sets))
        .bigs("reps", sums().map(|summary| summary.reps))
        .longs("volume", sums().map(|summary| summary.volume.steps()))
        .bigs("seconds", sums().map(|summary| summary.seconds))
        .bigs("distance", sums().map(|summary| summary.distance));
    let text = format!(
        "INSERT INTO daily_summaries AS d ({names}) SELECT {names} FROM {} WHERE TRUE \
         ON CONFLICT (account_id, day) DO UPDATE SET \
         sessions = d.sessions + excluded.sessions, sets = d.sets + excluded.sets, \
         reps = d.reps + excluded.reps, volume = d.volume + excluded.volume, \
         seconds = d.seconds + excluded.seconds, distance = d.distance + excluded.distance",
        rows.rows("r", 1),
        names = rows.names()
    );
    rows.bind(Sql::new(backend, TABLE, "add", text))
}

pub(super) fn forget(backend: Backend, account: AccountId, days: &BTreeSet<Day>) -> Sql {
    let text = match backend {
        Backend::Sqlite => {
            "DELETE FROM daily_summaries WHERE account_id = $1 AND day IN (SELECT value FROM json_each($2))"
        }
        Backend::Postgres => "DELETE FROM daily_summaries WHERE account_id = $1 AND day = ANY($2)",
    };
    let days = days.iter().map(|day| day.number());
    Sql::new(backend, TABLE, "forget", text).uuid(account.uuid()).numbers(days)
}

/// Sums days up that have no summary.
pub(crate) fn rebuild(backend: Backend, account: AccountId, days: &BTreeSet<Day>) -> Result<Sql, StoreError> {
    let rows = batch::rows(backend, 1, &REBUILT);
    // A cross join makes SQLite begin with the days. PostgreSQL is told of them once more: it can't see how
    // few a document has, and would rather read all that the person ever did.
    let only = match backend {
        Backend::Sqlite => "",
        Backend::Postgres => " AND s.day = ANY($3)",
    };
    let text = format!(
        "INSERT INTO daily_summaries (account_id, month, {COLUMNS}) \
         SELECT s.account_id, r.month, s.day, count(*), sum(s.sets), sum(s.reps), sum(s.volume), \
         sum(s.seconds), sum(s.distance) FROM {rows} CROSS JOIN workout_sessions s \
         WHERE s.account_id = $2 AND s.day = r.day{only} GROUP BY s.account_id, s.day, r.month"
    );
    let lines: Vec<DayLine> =
        days.iter().map(|day| DayLine { day: day.number(), month: day.month().number() }).collect();
    let sql = Sql::new(backend, TABLE, "rebuild", text).rows(&lines)?.uuid(account.uuid());
    Ok(match backend {
        Backend::Sqlite => sql,
        Backend::Postgres => sql.numbers(lines.iter().map(|line| line.day)),
    })
}

pub(super) fn page(backend: Backend, account: AccountId, after: Option<Day>, limit: u16) -> Sql {
    let text = format!(
        "SELECT {COLUMNS} FROM daily_summaries WHERE account_id = $1 AND day > $2 ORDER BY day LIMIT $3"
    );
    let after = after.map_or(-1, Day::number);
    Sql::new(backend, TABLE, "page", text).uuid(account.uuid()).int(after).int(limit)
}

pub(super) fn clear(backend: Backend, account: AccountId) -> Sql {
    let text = "DELETE FROM daily_summaries WHERE account_id = $1";
    Sql::new(backend, TABLE, "clear", text).uuid(account.uuid())
}

pub(crate) fn stretches(
    backend: Backend,
    account: AccountId,
    period: Period,
    week_start: WeekStart,
    (from, to): (Day, Day),
    page: PageRequest<Day>,
) -> Sql {
    let begin = stretch::begin(period, week_start);
    let last = match page.after.map(|after| Day::from_number(after.number() - 1)) {
        // Those that begin before the one that the page before ended with.
        Some(Ok(before)) => stretch::end(period, before, week_start).min(to).number(),
        // Nothing begins before the first day of all.
        Some(Err(_)) => -1,
        None => to.number(),
    };
    let text = format!(
        "SELECT {begin} AS day, {SUMS} FROM daily_summaries \
         WHERE account_id = $1 AND day >= $2 AND day <= $3 GROUP BY 1 ORDER BY 1 DESC LIMIT $4"
    );
    Sql::new(backend, TABLE, "stretches", text)
        .uuid(account.uuid())
        .int(from.number())
        .int(last)
        .big(page.limit.with_lookahead())
}
