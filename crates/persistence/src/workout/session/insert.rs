//! Writing workout sessions with their blocks.

use spotter_domain::id::{AccountId, ImportId, TemplateId, WorkoutSessionId};
use spotter_domain::progress::{BlockFigures, DerivedSession};
use spotter_domain::text::{Notes, Title};
use spotter_domain::workout::{Block, NewSession, Weight};

use super::{block, head};
use crate::Backend;
use crate::columns::{self, Columns};
use crate::sql::Sql;
use crate::workout::sets;

/// How many rows one statement writes at most: more than a batch of workout sessions of people has.
pub(super) const PORTION: usize = 50_000;

/// A block on its way into the store.
pub(super) struct BlockLine<'a> {
    derived: &'a DerivedSession,
    position: i32,
    block: &'a Block,
    figures: &'a BlockFigures,
}

impl BlockLine<'_> {
    pub(super) fn session(&self) -> WorkoutSessionId {
        self.derived.session.id
    }
}

/// The blocks of a workout session, to be written.
pub(super) fn lines(derived: &DerivedSession) -> impl Iterator<Item = BlockLine<'_>> {
    let blocks = derived.session.blocks.as_slice().iter().zip(&derived.blocks);
    (0..).zip(blocks).map(|(position, (block, figures))| BlockLine { derived, position, block, figures })
}

pub(super) fn sessions(backend: Backend, new: &[NewSession]) -> Sql {
    let derived = || new.iter().map(|new| &new.derived);
    let sessions = || derived().map(|derived| &derived.session);
    let rows = Columns::new(backend)
        .uuids("account_id", sessions().map(|session| session.account.uuid()))
        .uuids("id", sessions().map(|session| session.id.uuid()))
        .texts_or_null("title", sessions().map(|session| session.title.as_ref().map(Title::as_str)))
        .texts_or_null("notes", sessions().map(|session| session.notes.as_ref().map(Notes::as_str)))
        .times("started_at", sessions().map(|session| session.span.started_at()))
        .times_or_null("ended_at", sessions().map(|session| session.span.ended_at()))
        .uuids_or_null("template_id", sessions().map(|session| session.template.map(TemplateId::uuid)))
        .uuids_or_null("import_id", sessions().map(|session| session.import.map(ImportId::uuid)))
        .uuids_or_null("source_key", new.iter().map(|new| new.source.map(|source| source.0)))
        .counts("version", sessions().map(|session| session.version))
        .times("created_at", sessions().map(|session| session.created_at))
        .integers("day", derived().map(|derived| derived.day.number()))
        .counts("sets", derived().map(|derived| derived.totals.sets))
        .counts("reps", derived().map(|derived| derived.totals.reps))
        .longs("volume", derived().map(|derived| derived.totals.volume.steps()))
        .counts("seconds", sessions().map(|session| session.span.seconds()))
        .bigs("distance", derived().map(|derived| derived.totals.distance));
    columns::insert(backend, (head::TABLE, "insert_many"), rows)
}

pub(super) fn blocks(backend: Backend, lines: &[BlockLine<'_>]) -> Sql {
    let sessions = || lines.iter().map(|line| &line.derived.session);
    let blocks = || lines.iter().map(|line| line.block);
    let totals = || lines.iter().map(|line| &line.figures.totals);
    let rows = Columns::new(backend)
        .uuids("account_id", sessions().map(|session| session.account.uuid()))
        .uuids("session_id", sessions().map(|session| session.id.uuid()))
        .integers("position", lines.iter().map(|line| line.position))
        .uuids("exercise_id", blocks().map(|block| block.exercise.uuid()))
        .integers_or_null("superset", blocks().map(|block| block.superset.map(i32::from)))
        .texts_or_null("notes", blocks().map(|block| block.notes.as_ref().map(Notes::as_str)))
        .texts("sets", blocks().map(|block| sets::write(&block.sets)))
        .integers("day", lines.iter().map(|line| line.derived.day.number()))
        .counts("working_sets", totals().map(|totals| totals.sets))
        .counts("reps", totals().map(|totals| totals.reps))
        .longs("volume", totals().map(|totals| totals.volume.steps()))
        .bigs("distance", totals().map(|totals| totals.distance))
        .integers_or_null(
            "one_rep_max",
            lines.iter().map(|line| line.figures.one_rep_max.map(Weight::steps)),
        );
    columns::insert(backend, (block::TABLE, "insert_many"), rows)
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
