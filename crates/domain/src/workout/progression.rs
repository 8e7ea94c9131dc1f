//! Proposing the next loads of a plan from what was done of it.
//!
//! Nothing is remembered between two proposals: each follows from the workout sessions themselves, so that an
//! edit of one is an edit of the next proposal.

use super::loadable::{less, plus, round, smallest_step};
use super::warm_up::warm_ups;
use super::{
    Deload, Percentage, Performance, PlannedBlock, Progression, Proposal, ProposedSet, Reason, Reps, SetKind,
    TargetLoad, Weight,
};
use crate::account::{Units, WarmupPercentages};

/// What a rule wants, before it is rounded to what can be loaded.
#[derive(Clone, Copy)]
struct Step {
    weight: Weight,
    reps: Reps,
    reason: Reason,
}

/// What a rule wants, and what it wants if that turns out to be no other weight.
struct Wish {
    step: Step,
    otherwise: Step,
}

impl From<Step> for Wish {
    fn from(step: Step) -> Self {
        Self { step, otherwise: step }
    }
}

/// Proposes the next sets of a planned block.
///
/// `latest` are its performances, latest first; at least as many as the deload waits for. One that tells no
/// repetitions of a working set is passed over, as if the block had been left out; it counts among those that
/// were read all the same, so that a long row of them may leave nothing to follow from. `performed` is how often
/// it was done in all, `one_rep_max` the best recent estimate.
///
/// Weights that follow from a percentage or an increment are rounded down to what can be loaded: 2.5 kg, or 5 lb
/// for who reads pounds. Whoever adds less than that can load it. What is planned with a weight is never rounded
/// to none. Warm-ups have the planned repetitions.
#[must_use]
pub fn propose(
    planned: &PlannedBlock,
    latest: &[Performance],
    performed: u64,
    one_rep_max: Option<Weight>,
    warmup: &WarmupPercentages,
    units: Units,
) -> Proposal {
    let told: Vec<&Performance> = latest.iter().filter(|done| done.is_told()).collect();
    let open = planned.target.load == TargetLoad::Open;
    let base = match planned.target.load {
        TargetLoad::Open => {
            let last = latest.iter().find(|done| done.is_told() || done.held().is_some());
            last.and_then(|done| done.held().or_else(|| performed_with(planned, &told)))
        }
        TargetLoad::Weight(weight) => Some(weight),
        TargetLoad::OfOneRepMax(part) => one_rep_max.map(|max| part.of(max)),
    };
    let least = planned.target.reps.least();
    let Some(base) = base else {
        return working(planned, None, least, if open { Reason::Open } else { Reason::NoEstimate });
    };
    let wish = match &planned.progression {
        Progression::None => Step { weight: base, reps: least, reason: Reason::AsPlanned }.into(),
        Progression::Linear { increment, deload } => linear(planned, &told, base, *increment, *deload),
        Progression::Double { increment, deload } => double(planned, &told, base, *increment, *deload),
        Progression::Wave { percentages, increment, deload } => {
            let weight = of_wave(base, percentages, *increment, performed);
            let reason = if performed == 0 { Reason::First } else { Reason::NextOfWave };
            let step = Step { weight, reps: least, reason };
            if failed_often(planned, &told, *deload) {
                Wish { step: lighter(step, *deload), otherwise: step }
            } else {
                step.into()
            }
        }
    };
    let positive = !open && base > Weight::ZERO;
    let Step { weight, reps, reason } = settle(planned, &wish, positive, units);
    if weight == Weight::ZERO && open {
        return working(planned, None, reps, reason);
    }
    let mut proposal = working(planned, Some(weight), reps, reason);
    proposal.sets.splice(0..0, warm_ups(weight, reps, warmup, units));
    proposal
}

/// Rounds what a rule wants. More that is no more, at the end of all weights, and less that is no less are what
/// the rule wants otherwise.
fn settle(planned: &PlannedBlock, wish: &Wish, positive: bool, units: Units) -> Step {
    let loadable = |step: Step| {
        if !follows(planned, step.reason, units) {
            return step;
        }
        let rounded = round(step.weight, units);
        let vanished = positive && step.weight > Weight::ZERO && rounded <= Weight::ZERO;
        let least = step.weight.max(wish.otherwise.weight).min(smallest_step(units));
        Step { weight: if vanished { least } else { rounded }, ..step }
    };
    let (step, otherwise) = (loadable(wish.step), loadable(wish.otherwise));
    match step.reason {
        Reason::MoreWeight if step.weight <= otherwise.weight => otherwise,
        Reason::Deload if step.weight >= otherwise.weight => otherwise,
        _ => step,
    }
}

/// Whether a weight follows from a percentage or an increment, and is not one that somebody said or lifted.
fn follows(planned: &PlannedBlock, reason: Reason, units: Units) -> bool {
    match (reason, &planned.progression) {
        (Reason::Again | Reason::MoreReps, _) => false,
        (
            Reason::MoreWeight,
            Progression::Linear { increment, .. } | Progression::Double { increment, .. },
        ) => *increment >= smallest_step(units),
        (
            Reason::First | Reason::AsPlanned,
            Progression::None | Progression::Linear { .. } | Progression::Double { .. },
        ) => {
            matches!(planned.target.load, TargetLoad::OfOneRepMax(_))
        }
        _ => true,
    }
}

/// With how much a block was done the last time. No weight is a weight of zero where there is a weight to count
/// from: one that is planned or one from before. Repetitions can grow without any.
fn performed_with(planned: &PlannedBlock, told: &[&Performance]) -> Option<Weight> {
    let last = told.first()?;
    let counted = match (planned.target.load, &planned.progression) {
        (TargetLoad::Weight(_), _) | (TargetLoad::Open, Progression::Double { .. }) => true,
        (TargetLoad::Open, _) => told.iter().any(|done| done.weight().is_some()),
        (TargetLoad::OfOneRepMax(_), _) => false,
    };
    if counted { Some(last.load()) } else { last.weight() }
}

/// Where a plan begins of which nothing was done that tells more. An open load was done, or there would be none.
fn begin(planned: &PlannedBlock, base: Weight) -> Wish {
    let reason = if planned.target.load == TargetLoad::Open { Reason::Again } else { Reason::First };
    Step { weight: base, reps: planned.target.reps.least(), reason }.into()
}

fn linear(
    planned: &PlannedBlock,
    told: &[&Performance],
    base: Weight,
    increment: Weight,
    deload: Deload,
) -> Wish {
    let target = planned.target;
    let reps = target.reps.least();
    let Some((done, weight)) = told.first().zip(performed_with(planned, told)) else {
        return begin(planned, base);
    };
    let failed = failed_often(planned, told, deload);
    if matches!(target.load, TargetLoad::OfOneRepMax(_)) {
        // The estimate grows by itself; only failure has something to add.
        let otherwise = Step { weight: base, reps, reason: Reason::AsPlanned };
        return if failed { Wish { step: lighter(otherwise, deload), otherwise } } else { otherwise.into() };
    }
    let otherwise = Step { weight, reps, reason: Reason::Again };
    if done.reached(target.sets, reps) {
        Wish { step: heavier(otherwise, reps, increment), otherwise }
    } else if failed {
        Wish { step: lighter(otherwise, deload), otherwise }
    } else {
        otherwise.into()
    }
}

fn double(
    planned: &PlannedBlock,
    told: &[&Performance],
    base: Weight,
    increment: Weight,
    deload: Deload,
) -> Wish {
    let target = planned.target;
    let (least, most) = (target.reps.least(), target.reps.most());
    let Some((done, weight)) = told.first().zip(performed_with(planned, told)) else {
        return begin(planned, base);
    };
    let again = |reps| Step { weight, reps, reason: Reason::Again };
    if done.reached(target.sets, most) {
        Wish { step: heavier(again(most), least, increment), otherwise: again(most) }
    } else if done.reached(target.sets, least) {
        let next = done.fewest_reps().saturating_add(1).clamp(least.get(), most.get());
        let reps = Reps::new(next.into()).unwrap_or(most);
        Step { weight, reps, reason: Reason::MoreReps }.into()
    } else if failed_often(planned, told, deload) {
        Wish { step: lighter(again(least), deload), otherwise: again(least) }
    } else {
        again(least).into()
    }
}

/// The next percentage of a load that has grown by the increment with every round.
fn of_wave(base: Weight, percentages: &[Percentage], increment: Weight, performed: u64) -> Weight {
    let length = percentages.len().max(1) as u64;
    let rounds = i32::try_from(performed / length).unwrap_or(i32::MAX);
    let grown = plus(base, increment.steps().saturating_mul(rounds));
    let step = usize::try_from(performed % length).unwrap_or_default();
    percentages.get(step).map_or(grown, |part| part.of(grown))
}

fn heavier(step: Step, reps: Reps, increment: Weight) -> Step {
    Step { weight: plus(step.weight, increment.steps()), reps, reason: Reason::MoreWeight }
}

fn lighter(step: Step, deload: Deload) -> Step {
    Step { weight: less(step.weight, deload), reason: Reason::Deload, ..step }
}

/// Whether so many of the latest performances as the deload waits for, one after another and with the same
/// weight, missed the least repetitions.
fn failed_often(planned: &PlannedBlock, told: &[&Performance], deload: Deload) -> bool {
    let target = planned.target;
    let load = told.first().map(|done| done.load());
    let wave = matches!(planned.progression, Progression::Wave { .. });
    let failed = told.iter().take_while(|done| {
        (wave || Some(done.load()) == load) && !done.reached(target.sets, target.reps.least())
    });
    failed.count() >= usize::from(deload.after_failures())
}

fn working(planned: &PlannedBlock, weight: Option<Weight>, reps: Reps, reason: Reason) -> Proposal {
    let set = ProposedSet { kind: SetKind::Normal, weight, reps };
    Proposal { sets: vec![set; planned.target.sets.into()], reason }
}

#[cfg(test)]
mod tests;
