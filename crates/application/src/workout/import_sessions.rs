//! Taking over what was brought along (rule W5).

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::tz::TimeZone;
use spotter_domain::account::Athlete;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::{ExerciseId, ImportId, WorkoutSessionId};
use spotter_domain::progress::{Arithmetic, DerivedSession};
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::{
    Block, Blocks, CreatedExercise, CustomExercise, ExportFormat, Import, ImportMode, ImportReport, LoadKind,
    NameKey, NewSession, Set, SourceKey, TimeSpan, Traits, Weight, WorkoutSession,
};
use spotter_domain::{Invalid, Timestamp};
use uuid::Uuid;

use super::custom_exercises::make;
use super::document::TemplateToImport;
use super::interchange::{Ended, ParsedBlock, ParsedExport, ParsedSession, WrittenTime};
use super::names::PersonalNames;
use super::templates::take_templates;
use crate::progress::enter;
use crate::{Command, Error, Work};

/// What keys of workout sessions are hashed with.
const NAMESPACE: Uuid = Uuid::from_u128(0x018f_8f5e_0000_7000_8000_696d_706f_7274);

/// Takes over the workout sessions of a file, in one transaction; or only tells what that would do.
#[derive(Clone, Debug)]
pub struct ImportSessions {
    /// What was in the file.
    pub export: Arc<ParsedExport>,
    /// What the file says of exercises that may not be known.
    pub exercises: Arc<Vec<(ExerciseName, Traits)>>,
    /// The templates of the file.
    pub templates: Arc<Vec<TemplateToImport>>,
    /// Whether it is only tried.
    pub mode: ImportMode,
}

#[async_trait]
impl Command for ImportSessions {
    type Answer = Import;

    async fn apply(&self, work: &mut Work<'_>) -> Result<Import, Error> {
        let athlete = work.lock_athlete().await?;
        let names = work.names_of(&athlete).await?;
        let mut import = Import {
            id: ImportId::generate(work.ids),
            account: athlete.account,
            format: self.export.format,
            mode: self.mode,
            report: ImportReport { problems: self.export.problems.clone(), ..ImportReport::default() },
            created_at: work.now,
            undone: None,
        };
        let fresh = self.fresh(work, &athlete, &mut import.report).await?;
        let used: HashSet<u32> =
            fresh.iter().flat_map(|fresh| &fresh.parsed.blocks).map(|block| block.name).collect();
        let found = self.exercises(work, &athlete, &names, &used, &mut import.report).await?;
        let sessions = self.sessions(work, &athlete, &import, fresh, &found);
        import.report.sessions_created = sessions.len() as u64;
        import.report.sets = sessions.iter().map(|new| new.derived.session.blocks.sets() as u64).sum();
        import.report.problems.listed.sort_by_key(|problem| problem.line);
        let at_end = match self.mode {
            ImportMode::Real => self.templates.as_slice(),
            ImportMode::DryRun => &[],
        };
        work.unit.imports().insert(&import).await?;
        if self.mode == ImportMode::Real && !sessions.is_empty() {
            enter(work, &athlete, &sessions).await?;
            work.announce(DomainEvent::ImportFinished {
                account: athlete.account,
                import: import.id,
                sessions: import.report.sessions_created,
            });
        }
        take_templates(work, &athlete, at_end).await?;
        Ok(import)
    }
}

/// A workout session of the file that is not there yet.
struct Fresh<'a> {
    parsed: &'a ParsedSession,
    span: TimeSpan,
    source: SourceKey,
}

/// An exercise that a name of the file leads to.
#[derive(Clone, Copy)]
struct FoundExercise {
    id: ExerciseId,
    load: LoadKind,
}

impl ImportSessions {
    /// The workout sessions whose times are good and that are not there yet.
    async fn fresh(
        &self,
        work: &mut Work<'_>,
        athlete: &Athlete,
        report: &mut ImportReport,
    ) -> Result<Vec<Fresh<'_>>, Error> {
        let zone = Arithmetic::of(&athlete.preferences).zone;
        let mut all = Vec::with_capacity(self.export.sessions.len());
        for parsed in &self.export.sessions {
            match span(parsed, &zone, work.now) {
                Ok((span, end)) => {
                    if let Err(invalid) = end {
                        report
                            .problems
                            .note(parsed.line, format!("the end {invalid}: taken over without it"));
                    }
                    all.push(Fresh { parsed, span, source: source_of(parsed, &zone) });
                }
                Err(invalid) => report
                    .problems
                    .note(parsed.line, format!("a workout session {invalid}: left out with all of its sets")),
            }
        }
        let starts: Vec<Timestamp> = all.iter().map(|fresh| fresh.span.started_at()).collect();
        let sources: Vec<SourceKey> = all.iter().map(|fresh| fresh.source).collect();
        let known = work.unit.workout_sessions().known(athlete.account, &starts, &sources).await?;
        let by_source: HashSet<SourceKey> = known.iter().filter_map(|known| known.source).collect();
        let by_start: HashSet<(Timestamp, Option<&str>)> = known
            .iter()
            .map(|known| (known.started_at, known.title.as_ref().map(spotter_domain::text::Title::as_str)))
            .collect();
        let mut seen = HashSet::new();
        all.retain(|fresh| {
            let title = fresh.parsed.title.as_ref().map(spotter_domain::text::Title::as_str);
            let there = by_source.contains(&fresh.source)
                || by_start.contains(&(fresh.span.started_at(), title))
                || !seen.insert(fresh.source);
            report.sessions_unchanged += u64::from(there);
            !there
        });
        Ok(all)
    }

    /// The exercises of the file's names. A name that leads to nothing becomes an exercise, if something new
    /// uses it.
    async fn exercises(
        &self,
        work: &mut Work<'_>,
        athlete: &Athlete,
        names: &PersonalNames,
        used: &HashSet<u32>,
        report: &mut ImportReport,
    ) -> Result<Vec<Option<FoundExercise>>, Error> {
        let mut found: Vec<Option<FoundExercise>> = Vec::with_capacity(self.export.names.len());
        let mut unknown: Vec<(NameKey, ExerciseName, Vec<usize>)> = Vec::new();
        for (index, name) in self.export.names.iter().enumerate() {
            let known = names.resolve(name).and_then(|found| Some((found, names.describe(found.exercise)?)));
            if let Some((resolved, known)) = known {
                report.exercises_matched += 1;
                found.push(Some(FoundExercise { id: resolved.exercise, load: known.traits.load }));
                continue;
            }
            found.push(None);
            let wanted = u32::try_from(index).is_ok_and(|index| used.contains(&index));
            let (key, Ok(name)) = (NameKey::of(name), ExerciseName::parse(name)) else { continue };
            if !wanted {
                continue;
            }
            match unknown.iter_mut().find(|(other, ..)| *other == key) {
                Some((_, _, places)) => places.push(index),
                None => unknown.push((key, name, vec![index])),
            }
        }
        let wanted: Vec<(ExerciseName, Traits)> =
            unknown.iter().map(|(_, name, _)| (name.clone(), self.traits_of(name))).collect();
        let made = match self.mode {
            ImportMode::Real => make(work, athlete, names, wanted.clone()).await?,
            ImportMode::DryRun => Vec::new(),
        };
        for (number, (_, name, places)) in unknown.iter().enumerate() {
            let exercise: Option<&CustomExercise> = made.get(number);
            let id = exercise.map(|made| made.id);
            report.exercises_created.push(CreatedExercise { id, name: name.as_str().to_owned() });
            for place in places {
                // A dry run writes nothing, so that any id will do.
                let id = id.unwrap_or_else(|| Uuid::nil().into());
                found[*place] = Some(FoundExercise { id, load: wanted[number].1.load });
            }
        }
        Ok(found)
    }

    fn traits_of(&self, name: &ExerciseName) -> Traits {
        let told = self.exercises.iter().find(|(told, _)| told == name);
        told.map_or_else(Traits::default, |(_, traits)| *traits)
    }

    fn sessions(
        &self,
        work: &Work<'_>,
        athlete: &Athlete,
        import: &Import,
        fresh: Vec<Fresh<'_>>,
        found: &[Option<FoundExercise>],
    ) -> Vec<NewSession> {
        let arithmetic = Arithmetic::of(&athlete.preferences);
        let session = |fresh: Fresh<'_>| {
            let blocks = fresh.parsed.blocks.iter().filter_map(|block| self.block(block, found)).collect();
            let session = WorkoutSession {
                id: WorkoutSessionId::generate(work.ids),
                account: athlete.account,
                title: fresh.parsed.title.clone(),
                notes: fresh.parsed.notes.clone(),
                span: fresh.span,
                template: None,
                import: Some(import.id),
                // The reader has left out what is too large.
                blocks: Blocks::new(blocks).unwrap_or_default(),
                version: 1,
                created_at: work.now,
            };
            NewSession { derived: DerivedSession::of(session, &arithmetic), source: Some(fresh.source) }
        };
        fresh.into_iter().map(session).collect()
    }

    fn block(&self, parsed: &ParsedBlock, found: &[Option<FoundExercise>]) -> Option<Block> {
        let exercise = found.get(usize::try_from(parsed.name).ok()?).copied().flatten()?;
        // Other apps write assistance as a plain number.
        let assisted = exercise.load == LoadKind::Assisted && self.export.format != ExportFormat::Spotter;
        let load = |weight: Weight| if assisted { weight.as_assistance() } else { weight };
        let set = |set: &Set| Set { weight: set.weight.map(load), ..*set };
        Some(Block {
            exercise: exercise.id,
            superset: parsed.superset,
            notes: parsed.notes.clone(),
            sets: parsed.sets.iter().map(set).collect(),
        })
    }
}

/// When a workout session of a file took place; its end may be no good, which costs no more than itself.
fn span(
    parsed: &ParsedSession,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<(TimeSpan, Result<(), Invalid>), Invalid> {
    let outside = || Invalid::new("must begin in the years 1970 to 9999");
    let started_at = instant(&parsed.started, zone).ok_or_else(outside)?;
    let without_end = TimeSpan::new(started_at, None)?;
    without_end.check_begun(now)?;
    let ended_at = match &parsed.ended {
        None => None,
        Some(Ended::At(time)) => instant(time, zone),
        Some(Ended::After(duration)) => started_at.checked_add(*duration).ok(),
    };
    match TimeSpan::new(started_at, ended_at) {
        Ok(span) => Ok((span, Ok(()))),
        Err(invalid) => Ok((without_end, Err(invalid))),
    }
}

/// The instant of a time as it was written. One that the clock skipped is as much later, one that it showed
/// twice is the first of the two.
fn instant(time: &WrittenTime, zone: &TimeZone) -> Option<Timestamp> {
    match time {
        WrittenTime::Instant(instant) => Some(*instant),
        WrittenTime::Local(local) => zone.to_ambiguous_timestamp(*local).compatible().ok(),
    }
}

/// What a workout session is recognised by, whatever the person's time zone is by then.
fn source_of(parsed: &ParsedSession, zone: &TimeZone) -> SourceKey {
    let local = match &parsed.started {
        WrittenTime::Local(local) => *local,
        WrittenTime::Instant(instant) => zone.to_datetime(*instant),
    };
    let title = parsed.title.as_ref().map_or("", spotter_domain::text::Title::as_str);
    SourceKey(Uuid::new_v5(&NAMESPACE, format!("{local}\n{title}").as_bytes()))
}
