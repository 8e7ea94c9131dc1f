//! Taking over the templates of a file, except for those that are there.

use std::collections::{HashMap, VecDeque};

use spotter_domain::account::Athlete;
use spotter_domain::id::{ExerciseId, TemplateId};
use spotter_domain::workout::{CreatedTemplate, ImportMode, ImportReport, Template};

use super::document::TemplateToImport;
use super::draft::ExerciseRef;
use super::import_names::{Asked, Found};
use super::templates::{check_room, planned};
use crate::{Error, Work};

/// The templates of a file, some of which are there already.
pub(super) struct Templates<'a> {
    all: Vec<(&'a TemplateToImport, Option<TemplateId>)>,
    /// How many the person has.
    kept: usize,
}

impl<'a> Templates<'a> {
    /// Looks which templates are there: those of the same titles, each for one of the file.
    pub(super) async fn look_up(
        work: &mut Work<'_>,
        athlete: &Athlete,
        templates: &'a [TemplateToImport],
    ) -> Result<Self, Error> {
        if templates.is_empty() {
            return Ok(Self { all: Vec::new(), kept: 0 });
        }
        let titles = work.unit.templates().titles(athlete.account).await?;
        let kept = titles.len();
        let mut known: HashMap<String, VecDeque<TemplateId>> = HashMap::new();
        for (title, id) in titles {
            known.entry(title.as_str().to_owned()).or_default().push_back(id);
        }
        let mut there = |template: &TemplateToImport| known.get_mut(template.title.as_str())?.pop_front();
        Ok(Self { all: templates.iter().map(|template| (template, there(template))).collect(), kept })
    }

    /// Asks for the exercises of those that are new.
    pub(super) fn ask(&self, asked: &mut Asked<'a>) {
        let fresh = self.all.iter().filter(|(_, there)| there.is_none());
        for block in fresh.flat_map(|(template, _)| &template.blocks) {
            if let ExerciseRef::Name(name) = &block.exercise {
                asked.need(name.as_str());
            }
        }
    }

    /// Makes those that are new. Answers the templates by their numbers in the file.
    pub(super) async fn take_over(
        self,
        work: &mut Work<'_>,
        athlete: &Athlete,
        found: &Found<'_>,
        mode: ImportMode,
        report: &mut ImportReport,
    ) -> Result<HashMap<u32, TemplateId>, Error> {
        let fresh = self.all.iter().filter(|(_, there)| there.is_none()).count();
        check_room(self.kept, fresh)?;
        report.templates_unchanged = (self.all.len() - fresh) as u64;
        let mut numbers = HashMap::new();
        for (template, there) in self.all {
            let id = match (there, mode) {
                (Some(there), _) => Some(there),
                (None, ImportMode::Real) => Some(make(work, athlete, template, found).await?),
                (None, ImportMode::DryRun) => None,
            };
            if there.is_none() {
                let title = template.title.as_str().to_owned();
                report.templates_created.push(CreatedTemplate { id, title });
            }
            numbers.extend(template.number.zip(id));
        }
        Ok(numbers)
    }
}

async fn make(
    work: &mut Work<'_>,
    athlete: &Athlete,
    template: &TemplateToImport,
    found: &Found<'_>,
) -> Result<TemplateId, Error> {
    let exercise = |reference: &ExerciseRef| match reference {
        ExerciseRef::Id(id) => Some(*id),
        ExerciseRef::Name(name) => found.get(name.as_str()).map(|found| found.id),
    };
    let exercises: Option<Vec<ExerciseId>> =
        template.blocks.iter().map(|block| exercise(&block.exercise)).collect();
    let exercises = exercises.ok_or_else(|| Error::Internal("an exercise was not asked for".into()))?;
    let template = Template {
        id: TemplateId::generate(work.ids),
        account: athlete.account,
        title: template.title.clone(),
        notes: template.notes.clone(),
        blocks: planned(&template.blocks, &exercises, athlete.preferences.progression)?,
        version: 1,
        created_at: work.now,
    };
    work.unit.templates().insert(&template).await?;
    Ok(template.id)
}
