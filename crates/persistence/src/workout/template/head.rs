//! Templates without their blocks, and putting the two together.

use std::collections::{BTreeMap, BTreeSet};

use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, TemplateId};
use spotter_domain::page::PageRequest;
use spotter_domain::text::{ExerciseName, Notes, Title};
use spotter_domain::workout::{OwnedTemplate, PlannedBlock, PlannedBlocks, ShownTemplate, Template};
use uuid::Uuid;

use super::planned;
use crate::Backend;
use crate::account::repository::{athlete_columns, joined_athlete};
use crate::columns::{self, Columns};
use crate::row::Row;
use crate::sql::Sql;
use crate::workout::exercise;

pub(super) const TABLE: &str = "workout_templates";

pub(super) const COLUMNS: &str = "account_id, id, title, notes, version, created_at";

/// A template whose blocks are still to come.
pub(crate) struct Head(Template);

impl Head {
    pub(crate) fn id(&self) -> TemplateId {
        self.0.id
    }
}

impl TryFrom<Row> for Head {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Self::try_from(&row)
    }
}

impl TryFrom<&Row> for Head {
    type Error = StoreError;

    fn try_from(row: &Row) -> Result<Self, StoreError> {
        Ok(Self(Template {
            id: row.id("id")?,
            account: row.id("account_id")?,
            title: row.parse("title", Title::parse)?,
            notes: row.parse_or_null("notes", Notes::parse)?,
            blocks: PlannedBlocks::default(),
            version: row.int("version")?,
            created_at: row.time("created_at")?,
        }))
    }
}

pub(crate) fn by_id(backend: Backend, account: AccountId, id: TemplateId) -> Sql {
    let text = format!("SELECT {COLUMNS} FROM workout_templates WHERE account_id = $1 AND id = $2");
    Sql::new(backend, TABLE, "by_id", text).uuid(account.uuid()).uuid(id.uuid())
}

/// Those of people's templates that there are.
pub(crate) fn existing(backend: Backend, templates: &BTreeSet<(AccountId, TemplateId)>) -> Sql {
    let asked = Columns::new(backend)
        .uuids("account_id", templates.iter().map(|(account, _)| account.uuid()))
        .uuids("id", templates.iter().map(|(_, id)| id.uuid()));
    let theirs = "r.account_id = w.account_id AND r.id = w.id";
    let text = format!(
        "SELECT r.account_id, r.id FROM {}",
        columns::looked_up(backend, &asked.rows("w", 1), TABLE, theirs)
    );
    asked.bind(Sql::new(backend, TABLE, "existing", text))
}

pub(crate) fn list(backend: Backend, account: AccountId, page: PageRequest<TemplateId>) -> Sql {
    let after = if page.after.is_some() { " AND id > $3" } else { "" };
    let text =
        format!("SELECT {COLUMNS} FROM workout_templates WHERE account_id = $1{after} ORDER BY id LIMIT $2");
    let sql = Sql::new(backend, TABLE, "list", text).uuid(account.uuid()).big(page.limit.with_lookahead());
    match page.after {
        Some(after) => sql.uuid(after.uuid()),
        None => sql,
    }
}

/// The statement that reads the blocks of some templates, which are all of one person; none if there are no
/// templates.
pub(crate) fn blocks_of(backend: Backend, heads: &[Head]) -> Option<Sql> {
    let account = heads.first()?.0.account;
    Some(planned::of_templates(backend, account, heads.iter().map(Head::id)))
}

/// A template with the person who has it: a row for each of its blocks, or one without a block, or one without a
/// template.
pub(crate) fn owned(backend: Backend, account: AccountId, id: TemplateId) -> Sql {
    let text = format!(
        "SELECT {}, t.account_id, t.id, t.title, t.notes, t.version, t.created_at, {}, {} FROM accounts a \
         LEFT JOIN workout_templates t ON t.account_id = $1 AND t.id = $2 \
         LEFT JOIN planned_blocks b ON b.account_id = $1 AND b.template_id = t.id WHERE a.id = $1",
        athlete_columns(),
        planned::READ,
        exercise::name_of("b.exercise_id"),
    );
    Sql::new(backend, TABLE, "owned", text).uuid(account.uuid()).uuid(id.uuid())
}

pub(crate) fn read_owned(rows: Vec<Row>) -> Result<Option<OwnedTemplate>, StoreError> {
    let Some(first) = rows.first() else { return Ok(None) };
    let owner = joined_athlete(first)?;
    if first.get::<Option<Uuid>>("id")?.is_none() {
        return Ok(Some(OwnedTemplate { owner, template: None }));
    }
    let head = Head::try_from(first)?;
    let without_blocks = first.get::<Option<Uuid>>("exercise_id")?.is_none();
    let blocks = if without_blocks { Vec::new() } else { rows };
    Ok(Some(OwnedTemplate { owner, template: join(vec![head], blocks)?.pop() }))
}

/// Templates, in their order, each with those of the blocks that are its own.
pub(crate) fn join(heads: Vec<Head>, blocks: Vec<Row>) -> Result<Vec<ShownTemplate>, StoreError> {
    let mut placed: BTreeMap<(TemplateId, u16), (PlannedBlock, ExerciseName)> = BTreeMap::new();
    for row in blocks {
        let block = (planned::read(&row)?, exercise::read_name(&row)?);
        placed.insert((row.id("id")?, row.int("position")?), block);
    }
    let mut own: BTreeMap<TemplateId, Vec<(PlannedBlock, ExerciseName)>> = BTreeMap::new();
    for ((template, _), block) in placed {
        own.entry(template).or_default().push(block);
    }
    heads
        .into_iter()
        .map(|Head(mut template)| {
            let named = own.remove(&template.id).unwrap_or_default();
            let (blocks, exercise_names) = named.into_iter().unzip();
            template.blocks = PlannedBlocks::new(blocks).map_err(|invalid| StoreError::Corrupt {
                table: "planned_blocks",
                column: "sets",
                id: template.id.to_string(),
                detail: invalid.to_string(),
            })?;
            Ok(ShownTemplate { template, exercise_names })
        })
        .collect()
}
