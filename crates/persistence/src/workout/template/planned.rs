//! The blocks of templates.

use serde::Serialize;
use spotter_domain::StoreError;
use spotter_domain::account::DefaultRest;
use spotter_domain::id::{AccountId, TemplateId};
use spotter_domain::text::Notes;
use spotter_domain::workout::{
    Percentage, PlannedBlock, Progression, RepRange, Reps, Target, TargetLoad, Template, Weight,
};
use uuid::Uuid;

use crate::Backend;
use crate::batch::{self, Kind};
use crate::row::Row;
use crate::sql::Sql;
use crate::workout::exercise;

const TABLE: &str = "planned_blocks";

/// The columns of a block beside its template and its exercise's name, in a query that calls the table `b` and
/// may have the columns of a template or of an account, too.
pub(super) const READ: &str = "b.position, b.exercise_id, b.superset, b.notes AS block_notes, b.sets, \
                               b.least_reps, b.most_reps, b.load_weight, b.load_percent, b.rest, \
                               b.progression AS block_progression";

const COLUMNS: [(&str, Kind); 12] = [
    ("template_id", Kind::Uuid),
    ("position", Kind::Integer),
    ("exercise_id", Kind::Uuid),
    ("superset", Kind::Integer),
    ("notes", Kind::Text),
    ("sets", Kind::Integer),
    ("least_reps", Kind::Integer),
    ("most_reps", Kind::Integer),
    ("load_weight", Kind::Integer),
    ("load_percent", Kind::Integer),
    ("rest", Kind::Integer),
    ("progression", Kind::Text),
];

#[derive(Serialize)]
struct Line<'a> {
    template_id: Uuid,
    position: usize,
    exercise_id: Uuid,
    superset: Option<u16>,
    notes: Option<&'a str>,
    sets: u8,
    least_reps: u16,
    most_reps: u16,
    load_weight: Option<i32>,
    load_percent: Option<u8>,
    rest: Option<u16>,
    progression: String,
}

fn line(template: TemplateId, (position, block): (usize, &PlannedBlock)) -> Result<Line<'_>, StoreError> {
    let (load_weight, load_percent) = match block.target.load {
        TargetLoad::Open => (None, None),
        TargetLoad::Weight(weight) => (Some(weight.steps()), None),
        TargetLoad::OfOneRepMax(part) => (None, Some(part.get())),
    };
    let progression = serde_json::to_string(&block.progression).map_err(|error| StoreError::Corrupt {
        table: TABLE,
        column: "progression",
        id: template.to_string(),
        detail: error.to_string(),
    })?;
    Ok(Line {
        template_id: template.uuid(),
        position,
        exercise_id: block.exercise.uuid(),
        superset: block.superset,
        notes: block.notes.as_ref().map(Notes::as_str),
        sets: block.target.sets,
        least_reps: block.target.reps.least().get(),
        most_reps: block.target.reps.most().get(),
        load_weight,
        load_percent,
        rest: block.rest.map(DefaultRest::seconds),
        progression,
    })
}

fn load(row: &Row) -> Result<TargetLoad, StoreError> {
    match (row.get::<Option<i32>>("load_weight")?, row.int_or_null("load_percent")?) {
        (None, None) => Ok(TargetLoad::Open),
        (Some(steps), None) => row.valid("load_weight", Weight::from_steps(steps)).map(TargetLoad::Weight),
        (None, Some(percent)) => {
            row.valid("load_percent", Percentage::new(percent)).map(TargetLoad::OfOneRepMax)
        }
        (Some(_), Some(_)) => Err(row.corrupt("load_percent", "there is a weight, too")),
    }
}

pub(super) fn read(row: &Row) -> Result<PlannedBlock, StoreError> {
    let reps = |column| row.valid(column, Reps::new(row.get::<i32>(column)?.into()));
    let rest = row.int_or_null("rest")?.map(DefaultRest::new).transpose();
    let progression: Progression = row.json_text("block_progression")?;
    Ok(PlannedBlock {
        exercise: row.id("exercise_id")?,
        superset: row.int_or_null("superset")?,
        notes: row.parse_or_null("block_notes", Notes::parse)?,
        target: Target {
            sets: row.int("sets")?,
            reps: row.valid("least_reps", RepRange::new(reps("least_reps")?, reps("most_reps")?))?,
            load: load(row)?,
        },
        rest: row.valid("rest", rest)?,
        progression,
    })
}

pub(super) fn insert(backend: Backend, template: &Template) -> Result<Sql, StoreError> {
    let blocks = template.blocks.as_slice().iter().enumerate();
    let lines = blocks.map(|block| line(template.id, block)).collect::<Result<Vec<_>, _>>()?;
    let text = batch::insert_owned(backend, TABLE, "account_id", &COLUMNS);
    Ok(Sql::new(backend, TABLE, "insert", text).rows(&lines)?.uuid(template.account.uuid()))
}

pub(super) fn delete(backend: Backend, account: AccountId, template: TemplateId) -> Sql {
    let text = "DELETE FROM planned_blocks WHERE account_id = $1 AND template_id = $2";
    Sql::new(backend, TABLE, "delete", text).uuid(account.uuid()).uuid(template.uuid())
}

/// A block that makes no sense is named by its template.
pub(super) fn of_templates(
    backend: Backend,
    account: AccountId,
    templates: impl Iterator<Item = TemplateId>,
) -> Sql {
    let text = format!(
        "SELECT b.template_id AS id, {READ}, {} FROM planned_blocks b WHERE b.account_id = $1 AND {}",
        exercise::name_of("b.exercise_id"),
        backend.any_of("b.template_id", 2)
    );
    Sql::new(backend, TABLE, "of_templates", text).uuid(account.uuid()).ids(templates.map(TemplateId::uuid))
}
