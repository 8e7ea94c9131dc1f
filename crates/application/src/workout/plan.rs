//! What a template proposes for the next time.

use serde::{Deserialize, Serialize};
use spotter_domain::account::Athlete;
use spotter_domain::id::{ExerciseId, TemplateId};
use spotter_domain::progress::{Arithmetic, Day};
use spotter_domain::workout::limits::MOST_SETS;
use spotter_domain::workout::{
    OwnedTemplate, Performance, Reason, Reps, Set, SetKind, ShownTemplate, TemplateHistory, Weight, propose,
};

use super::draft::{DraftBlock, ExerciseRef};
use super::log_session::LogSession;
use super::session_view::LoggedSession;
use crate::access::account_gone;
use crate::{Caller, Error, RequestContext, Spotter};

/// How many workout sessions a proposal looks back: more than any deload waits for. Those that tell nothing of an
/// exercise are among them: whoever only warmed up in all of them begins anew.
const LOOK_BACK: u16 = 12;

/// How many days the estimate of a one-rep max looks back.
const ESTIMATE_DAYS: i32 = 84;

/// What a template proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedNext {
    /// Which template.
    pub template: TemplateId,
    /// What it is called.
    pub title: String,
    /// Its exercises.
    pub blocks: Vec<PlannedNextBlock>,
}

/// What is proposed of one exercise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedNextBlock {
    /// Which exercise.
    pub exercise: ExerciseId,
    /// What it is called.
    pub exercise_name: String,
    /// Blocks of one number are done in turn.
    pub superset: Option<u16>,
    /// How many seconds to rest.
    pub rest_seconds: u16,
    /// Why so.
    pub reason: Reason,
    /// Warm-ups, then working sets.
    pub sets: Vec<PlannedSet>,
}

/// A set that is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedSet {
    /// A warm-up or a working set.
    pub kind: SetKind,
    /// With how much, unless that is open.
    pub weight: Option<Weight>,
    /// How often.
    pub reps: Reps,
}

impl Spotter {
    /// What a template of the caller proposes for the next time.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`]; [`Error::Unauthenticated`].
    pub async fn next_of_template(&self, caller: Caller, id: TemplateId) -> Result<PlannedNext, Error> {
        let account = caller.account()?;
        let found = self.ports.workouts.owned_template(account, id).await?;
        let OwnedTemplate { owner, template } = found.ok_or_else(account_gone)?;
        let shown = template.ok_or(Error::NotFound("template"))?;
        let zone = Arithmetic::of(&owner.preferences).zone;
        let since = Day::of(self.ports.clock.now(), &zone).plus(-ESTIMATE_DAYS);
        let exercises: Vec<ExerciseId> = shown.template.blocks.exercises().into_iter().collect();
        let history = self.ports.workouts.template_history(account, id, &exercises, since, LOOK_BACK).await?;
        Ok(plan(&owner, &shown, &history))
    }

    /// Logs a workout session. One that says what it was planned by and not what was done is logged as planned.
    ///
    /// # Errors
    ///
    /// Those of [`Spotter::log_session`]; [`Error::Invalid`] when the template is none of the caller's.
    pub async fn log_as_planned(
        &self,
        context: &RequestContext,
        template: TemplateId,
        command: LogSession,
    ) -> Result<LoggedSession, Error> {
        let planned = match self.next_of_template(context.caller, template).await {
            Err(Error::NotFound(_)) => {
                let invalid = spotter_domain::Invalid::new("must be a template of yours");
                return Err(Error::invalid("/template_id", invalid));
            }
            planned => planned?,
        };
        let blocks = planned.blocks.into_iter().map(|block| DraftBlock {
            exercise: ExerciseRef::Id(block.exercise),
            superset: block.superset,
            notes: None,
            sets: block
                .sets
                .into_iter()
                .map(|set| Set { kind: set.kind, weight: set.weight, reps: Some(set.reps), ..Set::default() })
                .collect(),
        });
        let title = command.title.clone().or_else(|| spotter_domain::text::Title::parse(&planned.title).ok());
        let command = LogSession { blocks: blocks.collect(), title, template: Some(template), ..command };
        self.log_session(context, command).await
    }
}

fn plan(owner: &Athlete, shown: &ShownTemplate, history: &TemplateHistory) -> PlannedNext {
    let (preferences, template) = (&owner.preferences, &shown.template);
    let working = template.blocks.as_slice().iter().map(|planned| usize::from(planned.target.sets)).sum();
    let mut spare = MOST_SETS.saturating_sub(working);
    let blocks = template.blocks.as_slice().iter().zip(&shown.exercise_names).map(|(planned, name)| {
        let one_rep_max = history.one_rep_max.iter().find(|(exercise, _)| *exercise == planned.exercise);
        let mut proposal = propose(
            planned,
            &performances(history, planned.exercise),
            history.performed,
            one_rep_max.map(|(_, weight)| *weight),
            &preferences.warmup,
            preferences.units,
        );
        // What is proposed can be logged: warm-ups that would be too many sets are left out.
        let warm_ups = proposal.sets.len().saturating_sub(planned.target.sets.into());
        match spare.checked_sub(warm_ups) {
            Some(left) => spare = left,
            None => proposal.sets.retain(|set| set.kind.is_working()),
        }
        PlannedNextBlock {
            exercise: planned.exercise,
            exercise_name: name.as_str().to_owned(),
            superset: planned.superset,
            rest_seconds: planned.rest.unwrap_or(preferences.default_rest).seconds(),
            reason: proposal.reason,
            sets: proposal
                .sets
                .into_iter()
                .map(|set| PlannedSet { kind: set.kind, weight: set.weight, reps: set.reps })
                .collect(),
        }
    });
    PlannedNext { template: template.id, title: template.title.as_str().to_owned(), blocks: blocks.collect() }
}

/// What was done of an exercise, latest first: all of its blocks of one workout session together.
fn performances(history: &TemplateHistory, exercise: ExerciseId) -> Vec<Performance> {
    let own: Vec<_> =
        history.latest.iter().filter(|performed| performed.block.exercise == exercise).collect();
    own.chunk_by(|a, b| a.session == b.session)
        .map(|blocks| Performance::of(blocks.iter().flat_map(|performed| &performed.block.sets)))
        .collect()
}
