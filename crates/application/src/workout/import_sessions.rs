//! Taking over what was brought along (rule W5).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_trait::async_trait;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use spotter_domain::account::Athlete;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::{ImportId, TemplateId, WorkoutSessionId};
use spotter_domain::progress::Arithmetic;
use spotter_domain::text::{ExerciseName, Title};
use spotter_domain::workout::{
    Block, Blocks, ExportFormat, Import, ImportMode, ImportReport, LoadKind, Set, SourceKey, TimeSpan,
    Traits, Weight, WorkoutSession,
};
use spotter_domain::{Invalid, Timestamp};
use uuid::Uuid;

use super::document::TemplateToImport;
use super::import_names::{Asked, Found, find};
use super::import_templates::Templates;
use super::interchange::{Ended, ParsedBlock, ParsedExport, ParsedSession, WrittenTime};
use crate::progress::Entries;
use crate::{Command, Error, Work};

/// What keys of workout sessions are hashed with.
const NAMESPACE: Uuid = Uuid::from_u128(0x018f_8f5e_0000_7000_8000_696d_706f_7274);

/// How a problem of a whole workout session begins.
const BEGINS_HERE: &str = "The workout session that begins here";

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
        let templates = Templates::look_up(work, &athlete, &self.templates).await?;
        let asked = self.asked(&fresh, &templates);
        let told = self.exercises.as_slice();
        let found = find(work, &athlete, &names, asked, told, self.mode, &mut import.report).await?;
        let templates = templates.take_over(work, &athlete, &found, self.mode, &mut import.report).await?;
        let entries = self.entries(work, &athlete, &import, fresh, &found, &templates);
        import.report.sessions_created = entries.sessions().len() as u64;
        import.report.sets = entries.sessions().map(|session| session.blocks.sets() as u64).sum();
        import.report.problems.listed.sort_by_key(|problem| problem.line);
        work.unit.imports().insert(&import).await?;
        if self.mode == ImportMode::Real && import.report.sessions_created > 0 {
            entries.write(work.unit).await?;
            work.announce(DomainEvent::ImportFinished {
                account: athlete.account,
                import: import.id,
                sessions: import.report.sessions_created,
            });
        }
        Ok(import)
    }
}

/// A workout session of the file that is not there yet.
struct Fresh<'a> {
    parsed: &'a ParsedSession,
    span: TimeSpan,
    source: SourceKey,
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
        let mut keys = Keys::default();
        let mut all = Vec::with_capacity(self.export.sessions.len());
        for parsed in &self.export.sessions {
            match span(parsed, &zone, work.now) {
                Ok((span, end)) => {
                    if let Err(invalid) = end {
                        let detail = format!("{BEGINS_HERE} {invalid}; it is taken over without its end.");
                        report.problems.note(parsed.line, detail);
                    }
                    all.push(Fresh { parsed, span, source: keys.of(parsed, &zone) });
                }
                Err(invalid) => {
                    let detail = format!("{BEGINS_HERE} {invalid}; it is left out with all of its sets.");
                    report.problems.note(parsed.line, detail);
                }
            }
        }
        let starts: Vec<Timestamp> = all.iter().map(|fresh| fresh.span.started_at()).collect();
        let sources: Vec<SourceKey> = all.iter().map(|fresh| fresh.source).collect();
        let known = work.unit.workout_sessions().known(athlete.account, &starts, &sources).await?;
        let by_source: HashSet<SourceKey> = known.iter().filter_map(|known| known.source).collect();
        let mut by_start: HashMap<(Timestamp, Option<&str>), u64> = HashMap::new();
        for known in &known {
            let title = known.title.as_ref().map(Title::as_str);
            *by_start.entry((known.started_at, title)).or_default() += 1;
        }
        all.retain(|fresh| {
            let title = fresh.parsed.title.as_ref().map(Title::as_str);
            // One that is there stands for one of the file.
            let of_start = by_start.get_mut(&(fresh.span.started_at(), title)).filter(|left| **left > 0);
            let there = of_start.is_some() || by_source.contains(&fresh.source);
            if let Some(left) = of_start {
                *left -= 1;
            }
            report.sessions_unchanged += u64::from(there);
            !there
        });
        Ok(all)
    }

    /// The names that are of use. What the file says of exercises goes first, so that they are made in that order.
    fn asked<'a>(&'a self, fresh: &[Fresh<'_>], templates: &Templates<'a>) -> Asked<'a> {
        let mut asked = Asked::default();
        self.exercises.iter().for_each(|(name, _)| asked.describe(name.as_str()));
        let blocks = fresh.iter().flat_map(|fresh| &fresh.parsed.blocks);
        let used: HashSet<u32> = blocks.map(|block| block.name).collect();
        for (index, name) in self.export.names.iter().enumerate() {
            if u32::try_from(index).is_ok_and(|index| used.contains(&index)) {
                asked.need(name);
            }
        }
        templates.ask(&mut asked);
        asked
    }

    fn entries(
        &self,
        work: &Work<'_>,
        athlete: &Athlete,
        import: &Import,
        fresh: Vec<Fresh<'_>>,
        found: &Found<'_>,
        templates: &HashMap<u32, TemplateId>,
    ) -> Entries {
        let arithmetic = Arithmetic::of(&athlete.preferences);
        let mut entries = Entries::default();
        // Files of ours and of Hevy begin with the latest, and of two at one time the later id is the later one.
        for fresh in fresh.into_iter().rev() {
            let blocks = fresh.parsed.blocks.iter().filter_map(|block| self.block(block, found)).collect();
            let session = WorkoutSession {
                id: WorkoutSessionId::generate(work.ids),
                account: athlete.account,
                title: fresh.parsed.title.clone(),
                notes: fresh.parsed.notes.clone(),
                span: fresh.span,
                template: fresh.parsed.template.and_then(|number| templates.get(&number).copied()),
                import: Some(import.id),
                // The reader has left out what is too large.
                blocks: Blocks::new(blocks).unwrap_or_default(),
                version: 1,
                created_at: work.now,
            };
            entries.push(session, Some(fresh.source), &arithmetic);
        }
        entries
    }

    fn block(&self, parsed: &ParsedBlock, found: &Found<'_>) -> Option<Block> {
        let name = self.export.names.get(usize::try_from(parsed.name).ok()?)?;
        let exercise = found.get(name.as_str())?;
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
    let outside = || Invalid::new("must begin between 2 January 1970 and the year 9999");
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

/// What the workout sessions of a file are recognised by, whatever the person's time zone is by then.
#[derive(Default)]
struct Keys<'a>(HashMap<(DateTime, Option<&'a str>), u32>);

impl<'a> Keys<'a> {
    /// The key of the next workout session. Where the clock showed a time twice, or where a document has two of one
    /// start and one title, they differ in their number.
    fn of(&mut self, parsed: &'a ParsedSession, zone: &TimeZone) -> SourceKey {
        let local = match &parsed.started {
            WrittenTime::Local(local) => *local,
            WrittenTime::Instant(instant) => zone.to_datetime(*instant),
        };
        let title = parsed.title.as_ref().map(Title::as_str);
        let before = self.0.entry((local, title)).or_default();
        let number = if *before == 0 { String::new() } else { format!("\n{before}") };
        *before += 1;
        let name = format!("{local}\n{}{number}", title.unwrap_or_default());
        SourceKey(Uuid::new_v5(&NAMESPACE, name.as_bytes()))
    }
}
