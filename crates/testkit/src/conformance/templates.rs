//! Behaviours of `TemplateRepository`, and of reading templates.

use spotter_domain::StoreError;
use spotter_domain::account::DefaultRest;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::text::{Notes, Title};
use spotter_domain::workout::limits::MOST_BLOCKS;
use spotter_domain::workout::{
    Deload, Percentage, PlannedBlock, PlannedBlocks, Progression, RepRange, Reps, Target, TargetLoad,
    Template, Weight, WorkoutSession,
};

use super::{Subject, walk};
use crate::fixtures::{
    Seed, account, after, block, catalogue_entry, custom_exercise, planned, template, workout_session,
};

fn lift() -> ExerciseId {
    catalogue_entry(1).id
}

fn me() -> AccountId {
    account(1).id
}

/// Two people with an exercise each, and these templates.
fn people(templates: Vec<Template>) -> Seed {
    Seed {
        accounts: vec![account(1), account(2)],
        catalogue: vec![catalogue_entry(1)],
        exercises: vec![custom_exercise(1, me())],
        templates,
        ..Seed::default()
    }
}

fn percent(percent: u16) -> Percentage {
    Percentage::new(percent).unwrap()
}

fn kilograms(kilograms: f64) -> Weight {
    Weight::from_kilograms(kilograms).unwrap()
}

/// Every load and every progression that can be planned, with the numbers at either end.
fn every_plan() -> Vec<PlannedBlock> {
    let reps = |least, most| RepRange::new(Reps::new(least).unwrap(), Reps::new(most).unwrap()).unwrap();
    let deload = Deload::new(10, percent(99)).unwrap();
    let plan = |exercise, target, progression| PlannedBlock { target, progression, ..planned(exercise) };
    let of = |sets, reps, load| Target { sets, reps, load };
    let single = of(1, reps(1, 1), TargetLoad::Open);
    vec![
        PlannedBlock {
            superset: Some(0),
            notes: Some(Notes::parse("\"slow\"\n\\ — ü \u{1F3CB}").unwrap()),
            rest: Some(DefaultRest::new(0).unwrap()),
            ..plan(lift(), of(255, reps(1, 10_000), TargetLoad::Open), Progression::None)
        },
        PlannedBlock {
            superset: Some(u16::MAX),
            rest: Some(DefaultRest::new(3_600).unwrap()),
            ..plan(
                custom_exercise(1, me()).id,
                of(5, reps(5, 5), TargetLoad::Weight(kilograms(-2_000.0))),
                Progression::Linear { increment: kilograms(2.5), deload: Deload::default() },
            )
        },
        plan(
            lift(),
            of(3, reps(8, 12), TargetLoad::Weight(kilograms(0.0))),
            Progression::Double { increment: kilograms(0.0), deload },
        ),
        plan(
            lift(),
            of(3, reps(3, 5), TargetLoad::OfOneRepMax(percent(1))),
            Progression::Wave {
                percentages: (1..=12).map(|step| percent(step * 12)).collect(),
                increment: kilograms(2_000.0),
                deload: Deload::new(1, percent(1)).unwrap(),
            },
        ),
        plan(
            lift(),
            of(1, reps(1, 2), TargetLoad::OfOneRepMax(percent(150))),
            Progression::Wave { percentages: vec![percent(100)], increment: kilograms(0.01), deload },
        ),
        plan(lift(), single, Progression::None),
        plan(lift(), Target { load: TargetLoad::Weight(kilograms(2_000.0)), ..single }, Progression::None),
    ]
}

/// A template in which nothing is empty that may be.
fn full(number: u64) -> Template {
    Template {
        title: Title::parse("Stoß & Zug \"A\" \u{1F3CB}").unwrap(),
        notes: Some(Notes::parse("first\nsecond").unwrap()),
        version: 6,
        created_at: "2026-02-28T23:59:59.999999Z".parse().unwrap(),
        ..template(number, me(), every_plan())
    }
}

async fn stored(subject: &Subject, template: &Template) -> Option<Template> {
    let within = subject.begin().await.templates().by_id(template.account, template.id).await.unwrap();
    let read = subject.workouts.template(template.account, template.id).await.unwrap();
    assert_eq!(within, read.as_ref().map(|shown| shown.template.clone()));
    let owned = subject.workouts.owned_template(template.account, template.id).await.unwrap();
    assert_eq!(owned.and_then(|owned| owned.template), read);
    within
}

/// Every field of a template and of its plans survives, empty or not.
pub async fn templates_come_back_as_they_were_written(subject: &Subject) {
    let most = vec![planned(lift()); MOST_BLOCKS];
    let templates = [full(1), template(2, me(), vec![]), template(3, me(), most)];
    subject.save(people(templates.clone().into())).await;
    for template in templates {
        assert_eq!(stored(subject, &template).await, Some(template));
    }
    assert_eq!(stored(subject, &template(4, me(), vec![])).await, None);
}

/// A template of somebody else is not there, is not counted, and can't be deleted.
pub async fn a_template_belongs_to_one_person(subject: &Subject) {
    let mine = [template(1, me(), vec![planned(lift())]), template(2, me(), vec![])];
    subject.save(people(mine.clone().into())).await;
    let you = account(2).id;
    assert_eq!(stored(subject, &Template { account: you, ..mine[0].clone() }).await, None);
    assert_eq!(walk(5, async |page| subject.workouts.templates(you, page).await).await, []);
    let mut work = subject.begin().await;
    assert_eq!(work.templates().count_of(me()).await.unwrap(), 2);
    assert_eq!(work.templates().count_of(you).await.unwrap(), 0);
    let titles = mine.clone().map(|template| (template.title, template.id));
    assert_eq!(work.templates().titles(me()).await.unwrap(), titles);
    assert_eq!(work.templates().titles(you).await.unwrap(), []);
    assert_eq!(work.templates().delete(you, mine[0].id).await.unwrap(), 0);
    assert_eq!(work.templates().by_id(me(), mine[0].id).await.unwrap(), Some(mine[0].clone()));
}

/// With a template comes whoever plans by it, and with one that is somebody else's or nobody's whoever asked.
pub async fn a_template_comes_with_its_owner(subject: &Subject) {
    let plans = [full(1), template(2, me(), vec![]), template(3, account(2).id, vec![planned(lift())])];
    subject.save(people(plans.clone().into())).await;
    for (person, id) in [(me(), 1), (me(), 2), (me(), 3), (me(), 4), (account(2).id, 3), (account(2).id, 1)] {
        let id = template(id, me(), vec![]).id;
        let found = subject.workouts.owned_template(person, id).await.unwrap().unwrap();
        assert_eq!(Some(found.owner), subject.accounts.athlete(person).await.unwrap());
        let expected = plans.iter().find(|plan| plan.account == person && plan.id == id);
        assert_eq!(found.template.map(|shown| shown.template).as_ref(), expected);
    }
    let nobodys = subject.workouts.owned_template(account(3).id, full(1).id).await.unwrap();
    assert_eq!(nobodys, None);
}

/// Read page by page, all of a person's are there once, with their plans, in the order of their ids.
pub async fn templates_are_listed_by_id_without_gap_or_duplicate(subject: &Subject) {
    let mine = [
        template(1, me(), every_plan()),
        template(2, me(), vec![]),
        template(4, me(), vec![planned(lift())]),
        full(5),
    ];
    let others = template(3, account(2).id, vec![planned(lift())]);
    subject.save(people(mine.iter().rev().cloned().chain([others]).collect())).await;
    for limit in 1..=5 {
        let shown = walk(limit, async |page| subject.workouts.templates(me(), page).await).await;
        let listed: Vec<_> = shown.into_iter().map(|shown| shown.template).collect();
        assert_eq!(listed, mine, "{limit} a page");
    }
}

/// A replacement writes what is there and empties what is not; other templates stay.
pub async fn a_template_is_replaced_in_whole(subject: &Subject) {
    let bare = template(2, me(), vec![]);
    subject.save(people(vec![full(1), bare.clone(), full(3)])).await;
    let emptied =
        Template { version: 7, created_at: full(1).created_at, ..template(1, me(), vec![planned(lift())]) };
    let filled = Template { version: 2, created_at: bare.created_at, ..full(2) };
    let mut work = subject.begin().await;
    work.templates().replace(&emptied).await.unwrap();
    work.templates().replace(&filled).await.unwrap();
    work.commit().await.unwrap();
    for template in [emptied, filled, full(3)] {
        assert_eq!(stored(subject, &template).await, Some(template));
    }
}

/// Whoever replaces an older or a newer version than the one before, or what is not theirs, is refused.
pub async fn replacing_another_version_conflicts(subject: &Subject) {
    subject.save(people(vec![full(1)])).await;
    let stale = Template { blocks: PlannedBlocks::default(), ..full(1) };
    for stale in [
        Template { version: 6, ..stale.clone() },
        Template { version: 8, ..stale.clone() },
        Template { version: 7, account: account(2).id, ..stale.clone() },
        Template { version: 7, id: full(2).id, ..stale },
    ] {
        let mut work = subject.begin().await;
        let refused = work.templates().replace(&stale).await;
        assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
        let _ = work.commit().await;
        assert_eq!(stored(subject, &full(1)).await, Some(full(1)));
    }
}

/// An exercise that is not there can't be planned, neither at once nor later.
pub async fn an_unknown_exercise_cannot_be_planned(subject: &Subject) {
    subject.save(people(vec![full(1)])).await;
    let nowhere = vec![planned(lift()), planned(custom_exercise(9, me()).id)];
    let mut work = subject.begin().await;
    let refused = work.templates().insert(&template(2, me(), nowhere.clone())).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    drop(work);
    let mut work = subject.begin().await;
    let edited = Template { blocks: PlannedBlocks::new(nowhere).unwrap(), version: 7, ..full(1) };
    let refused = work.templates().replace(&edited).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    assert!(work.commit().await.is_err());
    assert_eq!(stored(subject, &full(1)).await, Some(full(1)));
    assert_eq!(stored(subject, &full(2)).await, None);
}

/// What was done by a template stays when that goes, and says no more that it came from it.
pub async fn workout_sessions_stay_when_their_template_goes(subject: &Subject) {
    let by = |number, of: u64| WorkoutSession {
        template: Some(full(of).id),
        version: 3,
        created_at: after(5),
        ..workout_session(number, me(), 0, vec![block(lift(), "100x5")])
    };
    subject
        .save(Seed { workout_sessions: vec![by(1, 1), by(2, 2), by(3, 1)], ..people(vec![full(1), full(2)]) })
        .await;
    let mut work = subject.begin().await;
    assert_eq!(work.templates().delete(me(), full(1).id).await.unwrap(), 1);
    assert_eq!(work.templates().delete(me(), full(1).id).await.unwrap(), 0);
    assert_eq!(work.templates().count_of(me()).await.unwrap(), 1);
    work.commit().await.unwrap();

    assert_eq!(stored(subject, &full(1)).await, None);
    assert_eq!(stored(subject, &full(2)).await, Some(full(2)));
    let without = |number| WorkoutSession { template: None, ..by(number, 1) };
    for session in [without(1), by(2, 2), without(3)] {
        let shown = subject.workouts.session(me(), session.id).await.unwrap();
        assert_eq!(shown.map(|shown| shown.session), Some(session));
    }
}
