//! Taking an import back (rule W5).

use std::collections::BTreeSet;

use async_trait::async_trait;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::{AccountId, ExerciseId, ImportId, WorkoutSessionId};
use spotter_domain::progress::{Arithmetic, Day};
use spotter_domain::workout::{Import, ImportMode, Undone};

use crate::progress::rework;
use crate::{Command, Error, Work};

/// How many workout sessions one statement reads.
const PORTION: u16 = 500;

/// Takes an import of the caller back: deletes what it brought, except for workout sessions and templates that were
/// edited since, and the exercises that nothing has any more.
#[derive(Clone, Debug)]
pub struct UndoImport {
    /// Which import.
    pub import: ImportId,
}

#[async_trait]
impl Command for UndoImport {
    type Answer = Import;

    async fn apply(&self, work: &mut Work<'_>) -> Result<Import, Error> {
        let athlete = work.lock_athlete().await?;
        let account = athlete.account;
        let import = work.unit.imports().by_id(account, self.import).await?;
        let mut import = import.ok_or(Error::NotFound("import"))?;
        if import.mode == ImportMode::DryRun {
            return Err(Error::refused(
                "import_dry_run",
                "the import was only tried: there is nothing to undo",
            ));
        }
        if import.undone.is_some() {
            return Err(Error::refused("import_undone", "the import has been undone already"));
        }
        let zone = Arithmetic::of(&athlete.preferences).zone;
        let (mut days, mut exercises) = (BTreeSet::new(), BTreeSet::new());
        let (mut deleted, mut kept) = (Vec::<WorkoutSessionId>::new(), 0);
        let mut after = None;
        loop {
            let page = work.unit.workout_sessions().of_import(account, self.import, after, PORTION).await?;
            after = page.last().map(|session| session.id);
            let full = page.len() == usize::from(PORTION);
            for session in page {
                if session.version > 1 {
                    kept += 1;
                    continue;
                }
                days.insert(Day::of(session.span.started_at(), &zone));
                exercises.append(&mut session.blocks.exercises());
                deleted.push(session.id);
            }
            if !full {
                break;
            }
        }
        work.unit.workout_sessions().delete_many(account, &deleted).await?;
        rework(work, &athlete, &days, &exercises).await?;
        delete_templates(work, account, &import).await?;
        delete_unused(work, account, &import).await?;
        let sessions_deleted = deleted.len() as u64;
        import.undone = Some(Undone { at: work.now, sessions_deleted, sessions_kept: kept });
        work.unit.imports().save_undone(&import).await?;
        work.announce(DomainEvent::ImportUndone { account, import: import.id, sessions: sessions_deleted });
        Ok(import)
    }
}

/// Deletes those of the templates that the import made that were not edited since.
async fn delete_templates(work: &mut Work<'_>, account: AccountId, import: &Import) -> Result<(), Error> {
    for id in import.report.templates_created.iter().filter_map(|created| created.id) {
        let template = work.unit.templates().by_id(account, id).await?;
        if template.is_some_and(|template| template.version == 1) {
            work.unit.templates().delete(account, id).await?;
        }
    }
    Ok(())
}

/// Deletes those of the exercises that the import made that nothing has any more.
async fn delete_unused(work: &mut Work<'_>, account: AccountId, import: &Import) -> Result<(), Error> {
    let made: Vec<ExerciseId> =
        import.report.exercises_created.iter().filter_map(|created| created.id).collect();
    let unused = work.unit.exercises().unused(account, &made).await?;
    if !unused.is_empty() {
        work.unit.exercises().delete_many(account, &unused).await?;
        work.unit.accounts().touch_exercises(&[account]).await?;
    }
    Ok(())
}
