//! Reading progress.

use spotter_domain::account::Athlete;
use spotter_domain::id::ExerciseId;
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::progress::{
    Arithmetic, Day, ExerciseFigures, Period, RecordKey, ShownRecord, Summary, WeekFigures, Window,
};
use spotter_domain::wearable::Standing;
use spotter_domain::workout::{Maker, Muscle, Volume, Weight};
use spotter_domain::{Invalid, Timestamp};

use super::readiness::{FRESH, Readiness, readiness};
use crate::access::account_gone;
use crate::workout::catalogue::catalogue;
use crate::{Caller, Error, Spotter};

/// The most days of a dashboard: ten years.
pub const MOST_DAYS: u16 = 3_660;

/// The most weeks of a trend: ten years.
pub const MOST_WEEKS: u16 = 520;

/// What a dashboard shows.
#[derive(Clone, Debug)]
pub struct Dashboard {
    /// The first day that it is about.
    pub from: Day,
    /// The last day, which is today.
    pub to: Day,
    /// The sums of these days.
    pub summary: Summary,
    /// The best estimate of a one-rep max within these days, of all exercises.
    pub best_one_rep_max: Option<(ExerciseId, String, Weight)>,
    /// How many weeks in a row had a workout session.
    pub streak_weeks: u32,
    /// How much each muscle was worked, most sets first.
    pub by_muscle: Vec<MuscleShare>,
    /// How ready the body is, if a wearable tells.
    pub readiness: Option<Readiness>,
}

/// How much a muscle was worked. A set counts one for each muscle that does its work, and half for each that
/// helps; so does its volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MuscleShare {
    /// Which muscle.
    pub muscle: Muscle,
    /// How many sets, in halves.
    pub half_sets: u32,
    /// How much volume.
    pub volume: Volume,
}

impl Spotter {
    /// The dashboard of the caller over so many days up to today.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] unless it is 1 to [`MOST_DAYS`] days; [`Error::Unauthenticated`].
    pub async fn dashboard(&self, caller: Caller, days: u16) -> Result<Dashboard, Error> {
        if !(1..=MOST_DAYS).contains(&days) {
            return Err(Error::invalid("days", Invalid::new(format!("must be 1 to {MOST_DAYS}"))));
        }
        let (account, now) = (caller.account()?, self.ports.clock.now());
        let standing = self.ports.wearables.standing(account, now - FRESH, now).await?;
        let Standing { athlete, latest } = standing.ok_or_else(account_gone)?;
        let window = window(&athlete, now, days);
        let figures = self.ports.progress.dashboard(account, &window).await?;
        let best = figures.by_exercise.iter().filter_map(|of| Some((of.one_rep_max?, of)));
        let best = best
            .max_by_key(|(weight, of)| (*weight, of.exercise))
            .map(|(weight, of)| (of.exercise, of.name.as_str().to_owned(), weight));
        Ok(Dashboard {
            from: window.from,
            to: window.today,
            summary: figures.summary,
            best_one_rep_max: best,
            streak_weeks: figures.streak_weeks,
            by_muscle: shares(&figures.by_exercise),
            readiness: readiness(&latest),
        })
    }

    /// The summaries of the caller between two days, latest first; all of them without any.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] for somebody who has not signed in.
    pub async fn summaries(
        &self,
        caller: Caller,
        period: Period,
        from: Option<Day>,
        to: Option<Day>,
        page: PageRequest<Day>,
    ) -> Result<Page<Summary, Day>, Error> {
        let athlete = self.athlete(caller).await?;
        let between = (from.unwrap_or_default(), to.unwrap_or(Day::LAST));
        let week_start = athlete.preferences.week_start;
        Ok(self.ports.progress.summaries(athlete.account, period, week_start, between, page).await?)
    }

    /// The records of the caller, of one exercise or of all.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when the caller can use no such exercise; [`Error::Unauthenticated`].
    pub async fn records(
        &self,
        caller: Caller,
        exercise: Option<ExerciseId>,
        page: PageRequest<RecordKey>,
    ) -> Result<Page<ShownRecord, RecordKey>, Error> {
        let account = caller.account()?;
        let records = self.ports.progress.records(account, exercise, page).await?;
        // What has records is there.
        let asked = exercise.filter(|_| records.items.is_empty());
        if let Some(unknown) = asked.filter(|exercise| catalogue().get(*exercise).is_none()) {
            let maker = self.ports.exercises.maker(account, unknown).await?.ok_or_else(account_gone)?;
            if !maker.made_it {
                return Err(Error::NotFound("exercise"));
            }
        }
        Ok(records)
    }

    /// The last weeks of an exercise of the caller, earliest first: those in which it was done.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when the caller can use no such exercise; [`Error::Invalid`] unless it is 1 to
    /// [`MOST_WEEKS`] weeks; [`Error::Unauthenticated`].
    pub async fn trend(
        &self,
        caller: Caller,
        exercise: ExerciseId,
        weeks: u16,
    ) -> Result<Vec<WeekFigures>, Error> {
        if !(1..=MOST_WEEKS).contains(&weeks) {
            return Err(Error::invalid("weeks", Invalid::new(format!("must be 1 to {MOST_WEEKS}"))));
        }
        let account = caller.account()?;
        let maker = self.ports.exercises.maker(account, exercise).await?;
        let Maker { athlete, made_it } = maker.ok_or_else(account_gone)?;
        let week_start = athlete.preferences.week_start;
        // Whoever is ahead of our clock has begun tomorrow.
        let today = today(&athlete, self.ports.clock.now()).plus(2);
        let from = today.plus(-2).week(week_start).plus(-7 * (i32::from(weeks) - 1));
        let weeks = self.ports.progress.trend(account, exercise, week_start, (from, today)).await?;
        // What was done is there.
        if weeks.is_empty() && !made_it && catalogue().get(exercise).is_none() {
            return Err(Error::NotFound("exercise"));
        }
        Ok(weeks)
    }
}

fn today(athlete: &Athlete, now: Timestamp) -> Day {
    Day::of(now, &Arithmetic::of(&athlete.preferences).zone)
}

fn window(athlete: &Athlete, now: Timestamp, days: u16) -> Window {
    let zone = Arithmetic::of(&athlete.preferences).zone;
    let today = Day::of(now, &zone);
    let from = today.plus(1 - i32::from(days));
    Window { from, today, week_start: athlete.preferences.week_start }
}

fn shares(by_exercise: &[ExerciseFigures]) -> Vec<MuscleShare> {
    let mut shares =
        Muscle::ALL.map(|muscle| MuscleShare { muscle, half_sets: 0, volume: Volume::default() });
    for figures in by_exercise {
        for share in &mut shares {
            if figures.primary.contains(share.muscle) {
                share.half_sets += 2 * figures.sets;
                share.volume += figures.volume;
            } else if figures.secondary.contains(share.muscle) {
                share.half_sets += figures.sets;
                share.volume += Volume::from_steps(figures.volume.steps() / 2);
            }
        }
    }
    let mut worked: Vec<_> = shares.into_iter().filter(|share| share.half_sets > 0).collect();
    worked.sort_by_key(|share| (std::cmp::Reverse(share.half_sets), share.muscle));
    worked
}
