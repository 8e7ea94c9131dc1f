//! Writing workout sessions with their blocks.

use serde::Serialize;
use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ImportId, TemplateId, WorkoutSessionId};
use spotter_domain::progress::{BlockFigures, DerivedSession};
use spotter_domain::text::{Notes, Title};
use spotter_domain::workout::{Block, NewSession, Weight};
use uuid::Uuid;

use super::{block, head};
use crate::batch::{self, Kind};
use crate::sql::Sql;
use crate::workout::sets;
use crate::{Backend, time};

/// How many rows one statement writes at most.
pub(super) const PORTION: usize = 2_000;

const SESSION: [(&str, Kind); 16] = [
    ("id", Kind::Uuid),
    ("title", Kind::Text),
    ("notes", Kind::Text),
    ("started_at", Kind::Time),
    ("ended_at", Kind::Time),
    ("template_id", Kind::Uuid),
    ("import_id", Kind::Uuid),
    ("source_key", Kind::Uuid),
    ("version", Kind::Integer),
    ("created_at", Kind::Time),
    ("day", Kind::Integer),
    ("sets", Kind::Integer),
    ("reps", Kind::Integer),
    ("volume", Kind::BigInteger),
    ("seconds", Kind::Integer),
    ("distance", Kind::BigInteger),
];

const BLOCK: [(&str, Kind); 12] = [
    ("session_id", Kind::Uuid),
    ("position", Kind::Integer),
    ("exercise_id", Kind::Uuid),
    ("superset", Kind::Integer),
    ("notes", Kind::Text),
    ("sets", Kind::Text),
    ("day", Kind::Integer),
    ("working_sets", Kind::Integer),
    ("reps", Kind::Integer),
    ("volume", Kind::BigInteger),
    ("distance", Kind::BigInteger),
    ("one_rep_max", Kind::Integer),
];

#[derive(Serialize)]
struct SessionLine<'a> {
    id: Uuid,
    title: Option<&'a str>,
    notes: Option<&'a str>,
    started_at: String,
    ended_at: Option<String>,
    template_id: Option<Uuid>,
    import_id: Option<Uuid>,
    source_key: Option<Uuid>,
    version: u32,
    created_at: String,
    day: i32,
    sets: u32,
    reps: u32,
    volume: i64,
    seconds: u32,
    distance: u64,
}

impl<'a> From<&'a NewSession> for SessionLine<'a> {
    fn from(new: &'a NewSession) -> Self {
        let DerivedSession { session, day, totals, .. } = &new.derived;
        Self {
            id: session.id.uuid(),
            title: session.title.as_ref().map(Title::as_str),
            notes: session.notes.as_ref().map(Notes::as_str),
            started_at: time::to_text(session.span.started_at()),
            ended_at: session.span.ended_at().map(time::to_text),
            template_id: session.template.map(TemplateId::uuid),
            import_id: session.import.map(ImportId::uuid),
            source_key: new.source.map(|source| source.0),
            version: session.version,
            created_at: time::to_text(session.created_at),
            day: day.number(),
            sets: totals.sets,
            reps: totals.reps,
            volume: totals.volume.steps(),
            seconds: session.span.seconds(),
            distance: totals.distance,
        }
    }
}

#[derive(Serialize)]
pub(super) struct BlockLine<'a> {
    session_id: Uuid,
    position: usize,
    exercise_id: Uuid,
    superset: Option<u16>,
    notes: Option<&'a str>,
    sets: String,
    day: i32,
    working_sets: u32,
    reps: u32,
    volume: i64,
    distance: u64,
    one_rep_max: Option<i32>,
}

/// The blocks of a workout session, to be written.
pub(super) fn lines(derived: &DerivedSession) -> impl Iterator<Item = BlockLine<'_>> {
    let blocks = derived.session.blocks.as_slice().iter().zip(&derived.blocks).enumerate();
    blocks.map(|(position, (block, figures)): (usize, (&Block, &BlockFigures))| BlockLine {
        session_id: derived.session.id.uuid(),
        position,
        exercise_id: block.exercise.uuid(),
        superset: block.superset,
        notes: block.notes.as_ref().map(Notes::as_str),
        sets: sets::write(&block.sets),
        day: derived.day.number(),
        working_sets: figures.totals.sets,
        reps: figures.totals.reps,
        volume: figures.totals.volume.steps(),
        distance: figures.totals.distance,
        one_rep_max: figures.one_rep_max.map(Weight::steps),
    })
}

pub(super) fn sessions(backend: Backend, account: AccountId, new: &[NewSession]) -> Result<Sql, StoreError> {
    let lines: Vec<SessionLine<'_>> = new.iter().map(SessionLine::from).collect();
    let text = batch::insert_owned(backend, head::TABLE, "account_id", &SESSION);
    Ok(Sql::new(backend, head::TABLE, "insert_many", text).rows(&lines)?.uuid(account.uuid()))
}

pub(super) fn blocks(backend: Backend, account: AccountId, new: &[BlockLine<'_>]) -> Result<Sql, StoreError> {
    let text = batch::insert_owned(backend, block::TABLE, "account_id", &BLOCK);
    Ok(Sql::new(backend, block::TABLE, "insert_many", text).rows(new)?.uuid(account.uuid()))
}

/// What a workout session is recognised by stays.
pub(super) fn update(backend: Backend, derived: &DerivedSession) -> Sql {
    let text = "UPDATE workout_sessions SET title = $3, notes = $4, started_at = $5, ended_at = $6, \
                template_id = $7, import_id = $8, version = $9, day = $10, sets = $11, reps = $12, \
                volume = $13, seconds = $14, distance = $15 \
                WHERE account_id = $1 AND id = $2 AND version = $9 - 1";
    let DerivedSession { session, day, totals, .. } = derived;
    Sql::new(backend, head::TABLE, "replace", text)
        .uuid(session.account.uuid())
        .uuid(session.id.uuid())
        .text_or_null(session.title.as_ref().map(Title::as_str))
        .text_or_null(session.notes.as_ref().map(Notes::as_str))
        .time(session.span.started_at())
        .time_or_null(session.span.ended_at())
        .uuid_or_null(session.template.map(TemplateId::uuid))
        .uuid_or_null(session.import.map(ImportId::uuid))
        .int(session.version)
        .int(day.number())
        .int(totals.sets)
        .int(totals.reps)
        .int(totals.volume.steps())
        .int(session.span.seconds())
        .big(totals.distance)
}

pub(super) fn delete_blocks(backend: Backend, account: AccountId, session: WorkoutSessionId) -> Sql {
    let text = "DELETE FROM workout_blocks WHERE account_id = $1 AND session_id = $2";
    Sql::new(backend, block::TABLE, "delete", text).uuid(account.uuid()).uuid(session.uuid())
}
