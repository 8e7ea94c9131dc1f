//! Templates: making, changing, deleting and reading them.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use spotter_domain::account::{DefaultRest, ProgressionType};
use spotter_domain::id::{ExerciseId, TemplateId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::patch::Patch;
use spotter_domain::text::{Notes, Title};
use spotter_domain::workout::limits::MOST_TEMPLATES;
use spotter_domain::workout::{PlannedBlock, PlannedBlocks, Progression, ShownTemplate, Target, Template};

use super::draft::{ExerciseRef, find};
use super::session_view::Naming;
use crate::{Caller, Command, Error, ExpectedVersion, Spotter, Work};

/// One exercise of a template, as somebody plans it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftPlan {
    /// Which exercise.
    pub exercise: ExerciseRef,
    /// Blocks of one number are done in turn.
    pub superset: Option<u16>,
    /// What the person wrote about it.
    pub notes: Option<Notes>,
    /// What is planned.
    pub target: Target,
    /// How long to rest; as the person prefers without it.
    pub rest: Option<DefaultRest>,
    /// How the next loads follow; as the person prefers without it.
    pub progression: DraftProgression,
}

/// How the next loads are to follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftProgression {
    /// In the way that the person prefers, as it is without further word.
    Preferred,
    /// In this way.
    Chosen(Progression),
}

/// A template as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateView {
    /// Names the template.
    pub id: TemplateId,
    /// What it is called.
    pub title: String,
    /// What its owner wrote about it.
    pub notes: Option<String>,
    /// What is planned.
    pub blocks: Vec<PlannedBlockView>,
    /// Grows with every edit.
    pub version: u32,
}

/// One exercise of a template as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedBlockView {
    /// Which exercise.
    pub exercise: ExerciseId,
    /// What it is called.
    pub exercise_name: String,
    /// Blocks of one number are done in turn.
    pub superset: Option<u16>,
    /// What the person wrote about it.
    pub notes: Option<String>,
    /// What is planned.
    pub target: Target,
    /// How long to rest; as the person prefers without it.
    pub rest: Option<DefaultRest>,
    /// How the next loads follow.
    pub progression: Progression,
}

impl TemplateView {
    pub(crate) fn new(template: &Template, naming: Naming<'_>) -> Self {
        Self::named(template, template.blocks.as_slice().iter().map(|block| naming.name_of(block.exercise)))
    }

    /// The view of a template with a name for each of its blocks.
    fn named(template: &Template, names: impl Iterator<Item = String>) -> Self {
        let block = |(block, exercise_name): (&PlannedBlock, String)| PlannedBlockView {
            exercise: block.exercise,
            exercise_name,
            superset: block.superset,
            notes: block.notes.as_ref().map(|notes| notes.as_str().to_owned()),
            target: block.target,
            rest: block.rest,
            progression: block.progression.clone(),
        };
        Self {
            id: template.id,
            title: template.title.as_str().to_owned(),
            notes: template.notes.as_ref().map(|notes| notes.as_str().to_owned()),
            blocks: template.blocks.as_slice().iter().zip(names).map(block).collect(),
            version: template.version,
        }
    }
}

impl From<&ShownTemplate> for TemplateView {
    fn from(shown: &ShownTemplate) -> Self {
        Self::named(&shown.template, shown.exercise_names.iter().map(|name| name.as_str().to_owned()))
    }
}

/// Makes a template of the caller.
#[derive(Clone, Debug)]
pub struct CreateTemplate {
    /// What it is called.
    pub title: Title,
    /// What they wrote about it.
    pub notes: Option<Notes>,
    /// What is planned.
    pub blocks: Vec<DraftPlan>,
}

#[async_trait]
impl Command for CreateTemplate {
    type Answer = TemplateView;

    async fn apply(&self, work: &mut Work<'_>) -> Result<TemplateView, Error> {
        let athlete = work.lock_athlete().await?;
        let account = athlete.account;
        let kept = work.unit.templates().count_of(account).await?;
        check_room(usize::try_from(kept).unwrap_or(usize::MAX), 1)?;
        let names = work.names_of(&athlete).await?;
        let preferred = athlete.preferences.progression;
        let wanted = self.blocks.iter().map(|block| &block.exercise);
        let found = find(work, &athlete, &names, wanted, "exercises").await?;
        let template = Template {
            id: TemplateId::generate(work.ids),
            account,
            title: self.title.clone(),
            notes: self.notes.clone(),
            blocks: planned(&self.blocks, &found.exercises, preferred)?,
            version: 1,
            created_at: work.now,
        };
        work.unit.templates().insert(&template).await?;
        Ok(TemplateView::new(&template, Naming { names: &names, made: &found.made }))
    }
}

/// Refuses more templates than a person can keep.
pub(super) fn check_room(kept: usize, more: usize) -> Result<(), Error> {
    if more > 0 && kept.saturating_add(more) > MOST_TEMPLATES {
        return Err(Error::refused(
            "too_many_templates",
            format!("a person can keep {MOST_TEMPLATES} templates"),
        ));
    }
    Ok(())
}

/// The planned blocks of drafts whose exercises were found.
pub(super) fn planned(
    drafts: &[DraftPlan],
    exercises: &[ExerciseId],
    preferred: ProgressionType,
) -> Result<PlannedBlocks, Error> {
    let blocks = drafts.iter().zip(exercises).map(|(draft, exercise)| PlannedBlock {
        exercise: *exercise,
        superset: draft.superset,
        notes: draft.notes.clone(),
        target: draft.target,
        rest: draft.rest,
        progression: match &draft.progression {
            DraftProgression::Chosen(progression) => progression.clone(),
            DraftProgression::Preferred => Progression::preferred(preferred),
        },
    });
    PlannedBlocks::new(blocks.collect()).map_err(|invalid| Error::invalid("/exercises", invalid))
}

/// What changes of a template.
#[derive(Clone, Debug, Default)]
pub struct TemplateChange {
    /// A new title.
    pub title: Patch<Title>,
    /// New notes, or none.
    pub notes: Patch<Option<Notes>>,
    /// What is planned instead, all of it.
    pub blocks: Patch<Vec<DraftPlan>>,
}

/// Changes a template of the caller.
#[derive(Clone, Debug)]
pub struct EditTemplate {
    /// Which template.
    pub template: TemplateId,
    /// What changes.
    pub change: TemplateChange,
    /// Which version is expected.
    pub expected: ExpectedVersion,
}

#[async_trait]
impl Command for EditTemplate {
    type Answer = TemplateView;

    async fn apply(&self, work: &mut Work<'_>) -> Result<TemplateView, Error> {
        let athlete = work.lock_athlete().await?;
        let template = work.unit.templates().by_id(athlete.account, self.template).await?;
        let mut template = template.ok_or(Error::NotFound("template"))?;
        self.expected.check(template.version)?;
        let names = work.names_of(&athlete).await?;
        let mut made = Vec::new();
        if let Patch::Set(drafts) = &self.change.blocks {
            let wanted = drafts.iter().map(|block| &block.exercise);
            let found = find(work, &athlete, &names, wanted, "exercises").await?;
            template.blocks = planned(drafts, &found.exercises, athlete.preferences.progression)?;
            made = found.made;
        }
        self.change.title.clone().apply(&mut template.title);
        self.change.notes.clone().apply(&mut template.notes);
        template.version += 1;
        work.unit.templates().replace(&template).await?;
        Ok(TemplateView::new(&template, Naming { names: &names, made: &made }))
    }
}

/// Deletes a template of the caller. Workout sessions that came from it stay.
#[derive(Clone, Debug)]
pub struct DeleteTemplate {
    /// Which template.
    pub template: TemplateId,
    /// Which version is expected.
    pub expected: ExpectedVersion,
}

#[async_trait]
impl Command for DeleteTemplate {
    type Answer = ();

    async fn apply(&self, work: &mut Work<'_>) -> Result<(), Error> {
        let athlete = work.lock_athlete().await?;
        let template = work.unit.templates().by_id(athlete.account, self.template).await?;
        self.expected.check(template.ok_or(Error::NotFound("template"))?.version)?;
        work.unit.templates().delete(athlete.account, self.template).await?;
        Ok(())
    }
}

impl Spotter {
    /// A template of the caller.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`]; [`Error::Unauthenticated`].
    pub async fn template(&self, caller: Caller, id: TemplateId) -> Result<TemplateView, Error> {
        let template = self.ports.workouts.template(caller.account()?, id).await?;
        template.as_ref().map(TemplateView::from).ok_or(Error::NotFound("template"))
    }

    /// The templates of the caller, oldest first.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] for somebody who has not signed in.
    pub async fn templates(
        &self,
        caller: Caller,
        page: PageRequest<TemplateId>,
    ) -> Result<Page<TemplateView, TemplateId>, Error> {
        let templates = self.ports.workouts.templates(caller.account()?, page).await?;
        Ok(templates.map(|template| TemplateView::from(&template)))
    }
}
