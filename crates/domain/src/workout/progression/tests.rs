//! What is proposed after what was done.

use super::super::{Percentage, RepRange, Set, Target};
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

fn sets(kilograms: Option<f64>, reps: &[Option<u16>]) -> Performance {
    let set = |reps: &Option<u16>| {
        let reps = reps.map(|reps| Reps::new(reps.into()).unwrap());
        Set { weight: kilograms.map(kg), reps, ..Set::default() }
    };
    Performance::of(&reps.iter().map(set).collect::<Vec<_>>())
}

fn done(kilograms: f64, reps: &[u16]) -> Performance {
    sets(Some(kilograms), &reps.iter().copied().map(Some).collect::<Vec<_>>())
}

/// Without a weight.
fn bare(reps: &[u16]) -> Performance {
    sets(None, &reps.iter().copied().map(Some).collect::<Vec<_>>())
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
    let sets: Vec<_> = proposal.sets.iter().map(|set| (set.kind, set.weight.unwrap().kilograms())).collect();
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

fn linear_by(increment: f64) -> Progression {
    Progression::Linear { increment: kg(increment), deload: Deload::default() }
}

fn double_by(increment: f64) -> Progression {
    Progression::Double { increment: kg(increment), deload: Deload::default() }
}

#[test]
fn a_block_that_tells_nothing_is_passed_over() {
    let nothing = [bare(&[]), sets(None, &[None, None]), sets(Some(140.0), &[None]), warmed_up(60.0)];
    let bad = done(100.0, &[5, 4, 3]);
    for rule in [linear_by(2.5), double_by(2.5)] {
        let plan = planned(TargetLoad::Weight(kg(80.0)), (5, 5), rule);
        let mut latest = nothing.to_vec();
        assert_eq!(next(&plan, &latest, None), (Some(80.0), 5, Reason::First));
        latest.push(done(100.0, &[5, 5, 5]));
        assert_eq!(next(&plan, &latest, None), (Some(102.5), 5, Reason::MoreWeight));
        // Neither a failure, nor the end of a row of them.
        let latest = [bad.clone(), bare(&[]), bad.clone(), warmed_up(60.0), bare(&[])];
        assert_eq!(next(&plan, &latest, None), (Some(100.0), 5, Reason::Again));
        let latest = [&latest[..], std::slice::from_ref(&bad)].concat();
        assert_eq!(next(&plan, &latest, None), (Some(90.0), 5, Reason::Deload));
    }
    let percentages = vec![Percentage::new(70).unwrap()];
    let wave = Progression::Wave { percentages, increment: kg(0.0), deload: Deload::default() };
    let plan = planned(TargetLoad::Weight(kg(100.0)), (5, 5), wave);
    assert_eq!(next(&plan, &nothing, None), (Some(70.0), 5, Reason::NextOfWave));
}

fn warmed_up(kilograms: f64) -> Performance {
    let reps = Some(Reps::new(5).unwrap());
    Performance::of(&[Set { kind: SetKind::Warmup, weight: Some(kg(kilograms)), reps, ..Set::default() }])
}

#[test]
fn an_open_load_stays_where_only_the_time_was_told() {
    let held = sets(Some(20.0), &[None, None]);
    for (rule, reason) in [(Progression::None, Reason::AsPlanned), (linear_by(2.5), Reason::Again)] {
        let plan = planned(TargetLoad::Open, (1, 1), rule);
        for latest in [vec![held.clone(); 4], vec![bare(&[]), held.clone()]] {
            assert_eq!(next(&plan, &latest, None), (Some(20.0), 1, reason));
        }
        assert_eq!(next(&plan, &[bare(&[]), sets(None, &[None])], None), (None, 1, Reason::Open));
    }
}

#[test]
fn no_weight_is_a_weight_of_zero_where_there_is_one_to_count_from() {
    for rule in [linear_by(2.5), double_by(2.5)] {
        let plan = planned(TargetLoad::Weight(kg(-2.5)), (5, 5), rule);
        let first = done(-2.5, &[5, 5, 5]);
        assert_eq!(next(&plan, std::slice::from_ref(&first), None), (Some(0.0), 5, Reason::MoreWeight));
        for zero in [bare(&[5, 5, 5]), done(0.0, &[5, 5, 5])] {
            assert_eq!(next(&plan, &[zero, first.clone()], None), (Some(2.5), 5, Reason::MoreWeight));
        }
        let bad = [bare(&[3, 3, 3]), done(0.0, &[3, 3, 3]), bare(&[4])];
        assert_eq!(next(&plan, &bad, None), (Some(0.0), 5, Reason::Again), "there is nothing to take off");
    }
    let open = planned(TargetLoad::Open, (5, 5), linear_by(2.5));
    assert_eq!(next(&open, &[bare(&[5, 5, 5])], None), (None, 5, Reason::Open));
    let latest = [bare(&[5, 5, 5]), done(-2.5, &[5, 5, 5])];
    assert_eq!(next(&open, &latest, None), (Some(2.5), 5, Reason::MoreWeight));
}

#[test]
fn what_cannot_grow_is_the_same_again() {
    for (rule, range, goal) in [(linear_by(2.5), (5, 5), 5), (double_by(500.0), (5, 8), 8)] {
        let plan = planned(TargetLoad::Weight(kg(2000.0)), range, rule);
        assert_eq!(next(&plan, &[done(2000.0, &[8, 8, 8])], None), (Some(2000.0), goal, Reason::Again));
        let near = next(&plan, &[done(1999.0, &[8, 8, 8])], None);
        assert_eq!(near, (Some(2000.0), 5, Reason::MoreWeight));
    }
    let plan = planned(TargetLoad::Weight(kg(60.0)), (5, 5), linear_by(0.0));
    assert_eq!(next(&plan, &[done(60.0, &[5, 5, 5])], None), (Some(60.0), 5, Reason::Again));
    // 2,000 kg are no multiple of 5 lb: rounding must not take off what was to be added.
    let plan = planned(TargetLoad::Weight(kg(60.0)), (5, 5), linear_by(2.5));
    let none = WarmupPercentages::new(vec![]).unwrap();
    let proposal = propose(&plan, &[done(1999.0, &[5, 5, 5])], 1, None, &none, Units::Imperial);
    assert_eq!((proposal.sets[0].weight, proposal.reason), (Some(kg(1999.0)), Reason::Again));
    let plan = planned(TargetLoad::Weight(kg(-2000.0)), (5, 5), linear_by(2.5));
    let most = vec![done(-2000.0, &[3, 3, 3]); 3];
    assert_eq!(next(&plan, &most, None), (Some(-2000.0), 5, Reason::Again));
}

#[test]
fn a_deload_never_takes_all_of_a_weight() {
    for rule in [linear_by(2.5), double_by(2.5)] {
        let plan = planned(TargetLoad::Weight(kg(5.0)), (5, 5), rule);
        for (last, expected) in [
            (5.0, (Some(2.5), 5, Reason::Deload)),
            (2.6, (Some(2.5), 5, Reason::Deload)),
            (2.5, (Some(2.5), 5, Reason::Again)),
            (1.0, (Some(1.0), 5, Reason::Again)),
        ] {
            assert_eq!(next(&plan, &vec![done(last, &[3, 3, 3]); 3], None), expected, "{last}");
        }
    }
    // What began with assistance goes back to one's own body alone.
    let plan = planned(TargetLoad::Weight(kg(-5.0)), (5, 5), linear_by(2.5));
    let bad = vec![done(2.5, &[3, 3, 3]); 3];
    assert_eq!(next(&plan, &bad, None), (Some(0.0), 5, Reason::Deload));
    let part = TargetLoad::OfOneRepMax(Percentage::new(50).unwrap());
    let plan = planned(part, (5, 5), linear_by(2.5));
    assert_eq!(next(&plan, &bad, Some(5.0)), (Some(2.5), 5, Reason::AsPlanned));
    let wave = Progression::Wave {
        percentages: vec![Percentage::new(50).unwrap()],
        increment: kg(0.0),
        deload: Deload::default(),
    };
    let plan = planned(TargetLoad::Weight(kg(5.0)), (5, 5), wave);
    assert_eq!(next(&plan, &bad, None), (Some(2.5), 5, Reason::NextOfWave));
}
