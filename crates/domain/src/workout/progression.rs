//! Proposing the next loads of a plan from what was done of it.
//!
//! Nothing is remembered between two proposals: each follows from the workout sessions themselves, so that an
//! edit of one is an edit of the next proposal.

use serde::{Deserialize, Serialize};

use super::loadable::{less, plus, round, smallest_step};
use super::{Deload, PlannedBlock, Progression, Reps, Set, SetKind, TargetLoad, Weight};
use crate::account::{Units, WarmupPercentages};

/// What was done of a planned block in one workout session: its working sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Performance {
    sets: Vec<(Option<Weight>, u16)>,
}

impl Performance {
    /// The working sets among `sets`.
    pub fn of<'a>(sets: impl IntoIterator<Item = &'a Set>) -> Self {
        let working = sets.into_iter().filter(|set| set.kind.is_working());
        Self { sets: working.map(|set| (set.weight, set.repetitions())).collect() }
    }

    /// The heaviest weight.
    fn weight(&self) -> Option<Weight> {
        self.sets.iter().filter_map(|(weight, _)| *weight).max()
    }

    /// The heaviest weight; nothing was added to one's own body where there is none.
    fn added_weight(&self) -> Option<Weight> {
        let repeated = self.sets.iter().any(|(_, reps)| *reps > 0);
        self.weight().or(repeated.then_some(Weight::ZERO))
    }

    /// Whether so many sets with the heaviest weight had so many repetitions.
    fn reached(&self, sets: u8, reps: Reps) -> bool {
        let weight = self.weight();
        let good = self.sets.iter().filter(|(with, done)| *with == weight && *done >= reps.get());
        good.count() >= usize::from(sets)
    }

    /// The fewest repetitions of a set with the heaviest weight.
    fn fewest_reps(&self) -> u16 {
        let weight = self.weight();
        self.sets.iter().filter(|(with, _)| *with == weight).map(|(_, reps)| *reps).min().unwrap_or(0)
    }
}

/// Why a load is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nothing was done yet: this is where the plan begins.
    First,
    /// The plan leaves the load open.
    Open,
    /// The load is a part of a one-rep max that nothing lets estimate yet.
    NoEstimate,
    /// The load stays as planned.
    AsPlanned,
    /// The last time went well: more weight.
    MoreWeight,
    /// The last time went well: more repetitions.
    MoreReps,
    /// The last time did not go well: the same again.
    Again,
    /// It went wrong too often: less weight.
    Deload,
    /// The next percentage of the wave.
    NextOfWave,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 9] = [
        Self::First,
        Self::Open,
        Self::NoEstimate,
        Self::AsPlanned,
        Self::MoreWeight,
        Self::MoreReps,
        Self::Again,
        Self::Deload,
        Self::NextOfWave,
    ];

    /// The word that is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Open => "open",
            Self::NoEstimate => "no_estimate",
            Self::AsPlanned => "as_planned",
            Self::MoreWeight => "more_weight",
            Self::MoreReps => "more_reps",
            Self::Again => "again",
            Self::Deload => "deload",
            Self::NextOfWave => "next_of_wave",
        }
    }
}

/// A set that is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProposedSet {
    /// A warm-up or a working set.
    pub kind: SetKind,
    /// With how much, unless that is open.
    pub weight: Option<Weight>,
    /// How often.
    pub reps: Reps,
}

/// What is proposed of a planned block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Warm-ups, then working sets.
    pub sets: Vec<ProposedSet>,
    /// Why so.
    pub reason: Reason,
}

/// Proposes the next sets of a planned block.
///
/// `latest` are its performances, latest first; at least as many as the deload waits for. `performed` is how
/// often it was done in all, `one_rep_max` the best recent estimate. Weights that follow from a percentage or an
/// increment are rounded down to what can be loaded: 2.5 kg, or 5 lb for who reads pounds. Whoever adds less than
/// that can load it. Warm-ups have the planned repetitions.
#[must_use]
pub fn propose(
    planned: &PlannedBlock,
    latest: &[Performance],
    performed: u64,
    one_rep_max: Option<Weight>,
    warmup: &WarmupPercentages,
    units: Units,
) -> Proposal {
    let reps = planned.target.reps;
    let base = match planned.target.load {
        TargetLoad::Open => latest.first().and_then(|done| performed_with(planned, done)),
        TargetLoad::Weight(weight) => Some(weight),
        TargetLoad::OfOneRepMax(part) => one_rep_max.map(|max| part.of(max)),
    };
    let Some(base) = base else {
        let open = planned.target.load == TargetLoad::Open;
        return working(planned, None, reps.least(), if open { Reason::Open } else { Reason::NoEstimate });
    };
    let (weight, goal, reason) = match &planned.progression {
        Progression::None => (base, reps.least(), Reason::AsPlanned),
        Progression::Linear { increment, deload } => linear(planned, latest, base, *increment, *deload),
        Progression::Double { increment, deload } => double(planned, latest, base, *increment, *deload),
        Progression::Wave { percentages, increment, deload } => {
            let length = percentages.len().max(1) as u64;
            let rounds = i32::try_from(performed / length).unwrap_or(i32::MAX);
            let grown = plus(base, increment.steps().saturating_mul(rounds));
            let step = usize::try_from(performed % length).unwrap_or_default();
            let part = percentages.get(step).map_or(grown, |part| part.of(grown));
            if failed_in_a_row(planned, latest) >= usize::from(deload.after_failures()) {
                (less(part, *deload), reps.least(), Reason::Deload)
            } else {
                (part, reps.least(), if performed == 0 { Reason::First } else { Reason::NextOfWave })
            }
        }
    };
    let derived = match (reason, &planned.progression) {
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
    };
    let weight = if derived { round(weight, units) } else { weight };
    if weight == Weight::ZERO && planned.target.load == TargetLoad::Open {
        return working(planned, None, goal, reason);
    }
    let mut proposal = working(planned, Some(weight), goal, reason);
    proposal.sets.splice(0..0, warm_ups(weight, goal, warmup, units));
    proposal
}

/// With how much a block was done whose load is open. Repetitions can grow without any weight.
fn performed_with(planned: &PlannedBlock, done: &Performance) -> Option<Weight> {
    match (planned.target.load, &planned.progression) {
        (TargetLoad::Open, Progression::Double { .. }) => done.added_weight(),
        _ => done.weight(),
    }
}

fn linear(
    planned: &PlannedBlock,
    latest: &[Performance],
    base: Weight,
    increment: Weight,
    deload: Deload,
) -> (Weight, Reps, Reason) {
    let target = planned.target;
    let least = target.reps.least();
    let Some((done, weight)) = latest.first().and_then(|done| Some((done, done.weight()?))) else {
        return (base, least, Reason::First);
    };
    if matches!(target.load, TargetLoad::OfOneRepMax(_)) {
        // The estimate grows by itself; only failure has something to add.
        let often = failed_in_a_row(planned, latest) >= usize::from(deload.after_failures());
        return if often {
            (less(base, deload), least, Reason::Deload)
        } else {
            (base, least, Reason::AsPlanned)
        };
    }
    if done.reached(target.sets, least) {
        (plus(weight, increment.steps()), least, Reason::MoreWeight)
    } else if failed_in_a_row(planned, latest) >= usize::from(deload.after_failures()) {
        (less(weight, deload), least, Reason::Deload)
    } else {
        (weight, least, Reason::Again)
    }
}

fn double(
    planned: &PlannedBlock,
    latest: &[Performance],
    base: Weight,
    increment: Weight,
    deload: Deload,
) -> (Weight, Reps, Reason) {
    let target = planned.target;
    let (least, most) = (target.reps.least(), target.reps.most());
    let Some((done, weight)) = latest.first().and_then(|done| Some((done, performed_with(planned, done)?)))
    else {
        return (base, least, Reason::First);
    };
    if done.reached(target.sets, most) {
        (plus(weight, increment.steps()), least, Reason::MoreWeight)
    } else if done.reached(target.sets, least) {
        let next = done.fewest_reps().saturating_add(1).clamp(least.get(), most.get());
        (weight, Reps::new(next.into()).unwrap_or(most), Reason::MoreReps)
    } else if weight != Weight::ZERO
        && failed_in_a_row(planned, latest) >= usize::from(deload.after_failures())
    {
        (less(weight, deload), least, Reason::Deload)
    } else {
        (weight, least, Reason::Again)
    }
}

/// How many of the latest performances, one after another and with the same weight, missed the least
/// repetitions.
fn failed_in_a_row(planned: &PlannedBlock, latest: &[Performance]) -> usize {
    let target = planned.target;
    let weight = latest.first().and_then(Performance::weight);
    let wave = matches!(planned.progression, Progression::Wave { .. });
    latest
        .iter()
        .take_while(|done| {
            (wave || done.weight() == weight) && !done.reached(target.sets, target.reps.least())
        })
        .count()
}

fn working(planned: &PlannedBlock, weight: Option<Weight>, reps: Reps, reason: Reason) -> Proposal {
    let set = ProposedSet { kind: SetKind::Normal, weight, reps };
    Proposal { sets: vec![set; planned.target.sets.into()], reason }
}

fn warm_ups(weight: Weight, reps: Reps, warmup: &WarmupPercentages, units: Units) -> Vec<ProposedSet> {
    if weight.steps() <= 0 {
        return Vec::new();
    }
    let part = |percent: &u8| {
        let steps = i64::from(weight.steps()) * i64::from(*percent) / 100;
        let part = i32::try_from(steps).ok().and_then(|steps| Weight::from_steps(steps).ok());
        part.map(|part| round(part, units)).filter(|part| part.steps() > 0)
    };
    warmup
        .as_slice()
        .iter()
        .filter_map(part)
        .map(|part| ProposedSet { kind: SetKind::Warmup, weight: Some(part), reps })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Percentage, RepRange, Target};
    use super::*;

    fn kg(kilograms: f64) -> Weight {
        Weight::from_kilograms(kilograms).unwrap()
    }

    fn planned(load: TargetLoad, reps: (i64, i64), progression: Progression) -> PlannedBlock {
        let range = RepRange::new(Reps::new(reps.0).unwrap(), Reps::new(reps.1).unwrap()).unwrap();
        PlannedBlock {
            exercise: uuid::Uuid::nil().into(),
            superset: None,
            notes: None,
            target: Target { sets: 3, reps: range, load },
            rest: None,
            progression,
        }
    }

    fn done(kilograms: f64, reps: &[u16]) -> Performance {
        Performance { sets: reps.iter().map(|reps| (Some(kg(kilograms)), *reps)).collect() }
    }

    fn next(planned: &PlannedBlock, latest: &[Performance], max: Option<f64>) -> (Option<f64>, u16, Reason) {
        let none = WarmupPercentages::new(vec![]).unwrap();
        let performed = latest.len() as u64;
        let proposal = propose(planned, latest, performed, max.map(kg), &none, Units::Metric);
        assert_eq!(proposal.sets.len(), 3);
        (proposal.sets[0].weight.map(Weight::kilograms), proposal.sets[0].reps.get(), proposal.reason)
    }

    #[test]
    fn linear_progression_adds_weight_repeats_and_deloads() {
        let rule = Progression::Linear { increment: kg(2.5), deload: Deload::default() };
        let plan = planned(TargetLoad::Weight(kg(100.0)), (5, 5), rule);
        assert_eq!(next(&plan, &[], None), (Some(100.0), 5, Reason::First));
        let good = done(100.0, &[5, 5, 5]);
        let bad = done(100.0, &[5, 4, 3]);
        assert_eq!(next(&plan, std::slice::from_ref(&good), None), (Some(102.5), 5, Reason::MoreWeight));
        assert_eq!(next(&plan, std::slice::from_ref(&bad), None), (Some(100.0), 5, Reason::Again));
        assert_eq!(next(&plan, &[bad.clone(), bad.clone(), good], None), (Some(100.0), 5, Reason::Again));
        let thrice = [bad.clone(), bad.clone(), bad];
        assert_eq!(next(&plan, &thrice, None), (Some(90.0), 5, Reason::Deload));
        // After the deload it goes up again.
        let after = [done(90.0, &[5, 5, 5]), thrice[0].clone()];
        assert_eq!(next(&plan, &after, None), (Some(92.5), 5, Reason::MoreWeight));
    }

    #[test]
    fn double_progression_adds_repetitions_first() {
        let rule = Progression::Double { increment: kg(5.0), deload: Deload::default() };
        let plan = planned(TargetLoad::Weight(kg(60.0)), (8, 12), rule);
        assert_eq!(next(&plan, &[done(60.0, &[9, 8, 8])], None), (Some(60.0), 9, Reason::MoreReps));
        assert_eq!(next(&plan, &[done(60.0, &[12, 12, 11])], None), (Some(60.0), 12, Reason::MoreReps));
        assert_eq!(next(&plan, &[done(60.0, &[12, 12, 12])], None), (Some(65.0), 8, Reason::MoreWeight));
        assert_eq!(next(&plan, &[done(60.0, &[8, 7, 6])], None), (Some(60.0), 8, Reason::Again));
        let bad = done(60.0, &[7, 7, 6]);
        assert_eq!(next(&plan, &[bad.clone(), bad.clone(), bad], None), (Some(52.5), 8, Reason::Deload));
    }

    #[test]
    fn a_wave_goes_through_its_percentages_and_grows() {
        let part = |percent| Percentage::new(percent).unwrap();
        let percentages = vec![part(70), part(80), part(90)];
        let rule = Progression::Wave { percentages, increment: kg(5.0), deload: Deload::default() };
        let plan = planned(TargetLoad::Weight(kg(100.0)), (5, 5), rule);
        let good = done(70.0, &[5, 5, 5]);
        let weights: Vec<_> = (0..5).map(|times| next(&plan, &vec![good.clone(); times], None).0).collect();
        assert_eq!(weights, [Some(70.0), Some(80.0), Some(90.0), Some(72.5), Some(82.5)]);
        let bad = done(80.0, &[3, 3, 3]);
        assert_eq!(next(&plan, &[bad.clone(), bad.clone(), bad], None).2, Reason::Deload);
    }

    #[test]
    fn a_part_of_the_one_rep_max_follows_the_estimate() {
        let part = TargetLoad::OfOneRepMax(Percentage::new(80).unwrap());
        let plan = planned(part, (5, 5), Progression::None);
        assert_eq!(next(&plan, &[], None), (None, 5, Reason::NoEstimate));
        assert_eq!(next(&plan, &[], Some(121.0)), (Some(95.0), 5, Reason::AsPlanned));
        let open = planned(TargetLoad::Open, (5, 5), Progression::None);
        assert_eq!(next(&open, &[], None), (None, 5, Reason::Open));
    }

    #[test]
    fn warm_ups_lead_up_to_the_working_weight() {
        let plan = planned(TargetLoad::Weight(kg(101.0)), (5, 5), Progression::None);
        let proposal = propose(&plan, &[], 0, None, &WarmupPercentages::default(), Units::Metric);
        let sets: Vec<_> =
            proposal.sets.iter().map(|set| (set.kind, set.weight.unwrap().kilograms())).collect();
        assert_eq!(sets[..3], [(SetKind::Warmup, 40.0), (SetKind::Warmup, 60.0), (SetKind::Warmup, 80.0)]);
        // The planned weight itself is not rounded.
        assert_eq!(sets[3..], [(SetKind::Normal, 101.0); 3]);
        let pounds = propose(&plan, &[], 0, None, &WarmupPercentages::default(), Units::Imperial);
        assert_eq!(pounds.sets[0].weight.unwrap().pounds(), 85.0);
    }

    #[test]
    fn less_assistance_is_harder_so_a_deload_adds_some() {
        let rule = Progression::Linear { increment: kg(2.5), deload: Deload::default() };
        let plan = planned(TargetLoad::Weight(kg(-25.0)), (5, 5), rule);
        assert_eq!(next(&plan, &[done(-25.0, &[5, 5, 5])], None).0, Some(-22.5));
        let bad = done(-25.0, &[3, 3, 3]);
        assert_eq!(next(&plan, &[bad.clone(), bad.clone(), bad], None), (Some(-27.5), 5, Reason::Deload));
    }
}
