//! What is derived from workout sessions, as it is stored.

use std::collections::BTreeMap;

use serde::Serialize;
use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, WorkoutSessionId};
use spotter_domain::progress::{BlockFigures, Day, DerivedSession, Totals};
use spotter_domain::workout::{Block, Volume, Weight};
use uuid::Uuid;

use super::{block, head};
use crate::Backend;
use crate::batch::{self, Kind};
use crate::row::Row;
use crate::sql::Sql;

const SESSION: [(&str, Kind); 7] = [
    ("id", Kind::Uuid),
    ("day", Kind::Integer),
    ("sets", Kind::Integer),
    ("reps", Kind::Integer),
    ("volume", Kind::BigInteger),
    ("seconds", Kind::Integer),
    ("distance", Kind::BigInteger),
];

const BLOCK: [(&str, Kind); 8] = [
    ("session_id", Kind::Uuid),
    ("position", Kind::Integer),
    ("day", Kind::Integer),
    ("working_sets", Kind::Integer),
    ("reps", Kind::Integer),
    ("volume", Kind::BigInteger),
    ("distance", Kind::BigInteger),
    ("one_rep_max", Kind::Integer),
];

#[derive(Serialize)]
struct SessionLine {
    id: Uuid,
    day: i32,
    sets: u32,
    reps: u32,
    volume: i64,
    seconds: u32,
    distance: u64,
}

impl From<&DerivedSession> for SessionLine {
    fn from(derived: &DerivedSession) -> Self {
        Self {
            id: derived.session.id.uuid(),
            day: derived.day.number(),
            sets: derived.totals.sets,
            reps: derived.totals.reps,
            volume: derived.totals.volume.steps(),
            seconds: derived.session.span.seconds(),
            distance: derived.totals.distance,
        }
    }
}

#[derive(Serialize)]
pub(super) struct BlockLine {
    session_id: Uuid,
    position: usize,
    day: i32,
    working_sets: u32,
    reps: u32,
    volume: i64,
    distance: u64,
    one_rep_max: Option<i32>,
}

/// What is derived from each block of a workout session, to be written.
pub(super) fn lines(derived: &DerivedSession) -> impl Iterator<Item = BlockLine> {
    derived.blocks.iter().enumerate().map(|(position, figures)| BlockLine {
        session_id: derived.session.id.uuid(),
        position,
        day: derived.day.number(),
        working_sets: figures.totals.sets,
        reps: figures.totals.reps,
        volume: figures.totals.volume.steps(),
        distance: figures.totals.distance,
        one_rep_max: figures.one_rep_max.map(Weight::steps),
    })
}

pub(super) fn save_sessions(
    backend: Backend,
    account: AccountId,
    sessions: &[DerivedSession],
) -> Result<Sql, StoreError> {
    let lines: Vec<SessionLine> = sessions.iter().map(SessionLine::from).collect();
    let text = batch::update_owned(backend, head::TABLE, "account_id", &SESSION, 1);
    let sql = Sql::new(backend, head::TABLE, "save_derived", text);
    Ok(sql.rows(&lines)?.uuid(account.uuid()).only(lines.iter().map(|line| line.id)))
}

pub(super) fn save_blocks(
    backend: Backend,
    account: AccountId,
    lines: &[BlockLine],
) -> Result<Sql, StoreError> {
    let mut sessions: Vec<Uuid> = lines.iter().map(|line| line.session_id).collect();
    sessions.dedup();
    let text = batch::update_owned(backend, block::TABLE, "account_id", &BLOCK, 2);
    let sql = Sql::new(backend, block::TABLE, "save_derived", text);
    Ok(sql.rows(lines)?.uuid(account.uuid()).only(sessions))
}

pub(super) fn page(backend: Backend, account: AccountId, after: Option<WorkoutSessionId>, limit: u16) -> Sql {
    let text = format!(
        "SELECT {}, day, sets, reps, volume, distance FROM workout_sessions \
         WHERE account_id = $1 AND id > $2 ORDER BY id LIMIT $3",
        head::COLUMNS
    );
    Sql::new(backend, head::TABLE, "stored_derived", text)
        .uuid(account.uuid())
        .uuid(head::or_first(after))
        .int(limit)
}

pub(super) fn blocks(backend: Backend, account: AccountId, sessions: &[Row]) -> Result<Sql, StoreError> {
    let text = format!(
        "SELECT {}, b.day, b.working_sets, b.reps, b.volume, b.distance, b.one_rep_max \
         FROM workout_blocks b WHERE b.account_id = $1 AND {}",
        block::COLUMNS,
        backend.any_of("b.session_id", 2)
    );
    let ids = sessions.iter().map(|row| row.get::<Uuid>("id")).collect::<Result<Vec<_>, _>>()?;
    Ok(Sql::new(backend, block::TABLE, "stored_derived", text).uuid(account.uuid()).ids(ids))
}

struct DerivedBlock {
    block: Block,
    day: Day,
    figures: BlockFigures,
}

fn totals(row: &Row, sets: &'static str) -> Result<Totals, StoreError> {
    Ok(Totals {
        sets: row.int(sets)?,
        reps: row.int("reps")?,
        volume: Volume::from_steps(row.get("volume")?),
        distance: row.big("distance")?,
    })
}

fn day(row: &Row) -> Result<Day, StoreError> {
    row.valid("day", Day::from_number(row.get("day")?))
}

fn read_block(row: &Row) -> Result<DerivedBlock, StoreError> {
    let one_rep_max = row.get::<Option<i32>>("one_rep_max")?.map(Weight::from_steps).transpose();
    let figures = BlockFigures {
        totals: totals(row, "working_sets")?,
        one_rep_max: row.valid("one_rep_max", one_rep_max)?,
    };
    Ok(DerivedBlock { block: block::read(row)?, day: day(row)?, figures })
}

/// Workout sessions with what is stored as derived from them.
pub(super) fn join(sessions: &[Row], blocks: Vec<Row>) -> Result<Vec<DerivedSession>, StoreError> {
    let mut blocks: BTreeMap<WorkoutSessionId, Vec<DerivedBlock>> = block::by_session(blocks, read_block)?;
    let read = |row: &Row| {
        let own = blocks.remove(&row.id("id")?).unwrap_or_default();
        let own_day = day(row)?;
        // The day is stored with each block, too: where they differ, the wrong one shows.
        let day = own.iter().map(|block| block.day).find(|day| *day != own_day).unwrap_or(own_day);
        let figures = own.iter().map(|block| block.figures).collect();
        let blocks = own.into_iter().map(|block| block.block).collect();
        let session = head::Head::try_from(row)?.with(blocks)?;
        Ok(DerivedSession { session, day, totals: totals(row, "sets")?, blocks: figures })
    };
    sessions.iter().map(read).collect()
}
