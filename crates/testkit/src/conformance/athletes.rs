//! Behaviours of what `AccountRepository` and `AccountQueries` say of people to their workouts.

use std::sync::Arc;

use spotter_domain::account::{
    Account, Athlete, DefaultRest, Preferences, ProgressionType, Units, WarmupPercentages, WeekStart,
};
use spotter_domain::club::TimeZoneName;
use spotter_domain::id::AccountId;
use spotter_domain::workout::OneRepMaxFormula;

use super::Subject;
use crate::fixtures::{Seed, account, block, custom_exercise, new_session, workout_session};

fn choosy() -> Account {
    let preferences = Preferences {
        units: Units::Imperial,
        week_start: WeekStart::Sunday,
        time_zone: Some(TimeZoneName::parse("America/Sao_Paulo").unwrap()),
        one_rep_max: OneRepMaxFormula::Lander,
        default_rest: DefaultRest::new(90).unwrap(),
        progression: ProgressionType::Double,
        warmup: WarmupPercentages::new(vec![30, 55]).unwrap(),
    };
    Account { preferences, version: 5, ..account(1) }
}

fn athlete(account: &Account, exercises_version: u32) -> Athlete {
    Athlete { account: account.id, preferences: account.preferences.clone(), exercises_version }
}

/// Locked or not, the person comes with everything that they prefer.
pub async fn preferences_come_back_with_the_person(subject: &Subject) {
    subject.save(Seed { accounts: vec![choosy(), account(2)], ..Seed::default() }).await;

    let mut work = subject.begin().await;
    for person in [choosy(), account(2)] {
        let expected = Some(athlete(&person, 1));
        assert_eq!(work.accounts().lock_athlete(person.id).await.unwrap(), expected);
        assert_eq!(subject.accounts.athlete(person.id).await.unwrap(), expected);
    }
    assert_eq!(work.accounts().lock_athlete(account(3).id).await.unwrap(), None);
    assert_eq!(subject.accounts.athlete(account(3).id).await.unwrap(), None);
}

/// What was cached of one person's exercises is old, and nothing else has changed.
pub async fn the_version_of_the_exercises_is_counted_up_for_one_person(subject: &Subject) {
    subject.save(Seed { accounts: vec![choosy(), account(2)], ..Seed::default() }).await;
    for version in 2..=3 {
        let mut work = subject.begin().await;
        work.accounts().touch_exercises(&[choosy().id]).await.unwrap();
        let expected = Some(athlete(&choosy(), version));
        assert_eq!(work.accounts().lock_athlete(choosy().id).await.unwrap(), expected);
        work.commit().await.unwrap();
        assert_eq!(subject.accounts.athlete(choosy().id).await.unwrap(), expected);
    }
    let mut work = subject.begin().await;
    assert_eq!(work.accounts().by_id(choosy().id).await.unwrap(), Some(choosy()));
    assert_eq!(work.accounts().lock_athlete(account(2).id).await.unwrap(), Some(athlete(&account(2), 1)));
}

/// Editing the account leaves the version of the exercises where it is.
pub async fn an_edited_account_keeps_the_version_of_its_exercises(subject: &Subject) {
    subject.save(Seed { accounts: vec![account(1)], ..Seed::default() }).await;
    let edited = Account { preferences: choosy().preferences, version: 2, ..account(1) };
    let mut work = subject.begin().await;
    work.accounts().touch_exercises(&[edited.id]).await.unwrap();
    work.accounts().update(&edited).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(subject.accounts.athlete(edited.id).await.unwrap(), Some(athlete(&edited, 2)));
}

/// Whoever goes through everybody meets everybody once.
pub async fn accounts_are_walked_by_id_in_portions(subject: &Subject) {
    let mut people: Vec<_> = (1..=7).map(account).collect();
    people.reverse();
    subject.save(Seed { accounts: people, ..Seed::default() }).await;

    let all: Vec<AccountId> = (1..=7).map(|number| account(number).id).collect();
    for limit in [1, 3, 7, 100] {
        let mut walked = Vec::new();
        loop {
            let portion = subject.accounts.ids(walked.last().copied(), limit).await.unwrap();
            assert!(portion.len() <= usize::from(limit));
            if portion.is_empty() {
                break;
            }
            walked.extend(portion);
        }
        assert_eq!(walked, all, "{limit} at once");
    }
}

/// Units of work that write of one person at once follow one another: each sees what those before it wrote.
pub async fn whoever_locks_a_person_second_sees_what_the_first_wrote(subject: &Subject) {
    const WRITERS: u64 = 10;
    let (person, lift) = (account(1).id, custom_exercise(1, account(1).id));
    subject.save(Seed { accounts: vec![account(1)], exercises: vec![lift.clone()], ..Seed::default() }).await;

    let writers: Vec<_> = (1..=WRITERS)
        .map(|number| {
            let (store, lift) = (Arc::clone(&subject.store), lift.id);
            tokio::spawn(async move {
                let mut work = store.begin().await.unwrap();
                let athlete = work.accounts().lock_athlete(person).await.unwrap().unwrap();
                let seen = work.workout_sessions().page(person, None, 100).await.unwrap().len();
                // Others get a chance to come in between, were there no lock.
                tokio::task::yield_now().await;
                let session = workout_session(number, person, 0, vec![block(lift, "100x5")]);
                work.workout_sessions().insert_many(&[new_session(session)]).await.unwrap();
                work.accounts().touch_exercises(&[person]).await.unwrap();
                work.commit().await.unwrap();
                (u64::from(athlete.exercises_version), seen as u64)
            })
        })
        .collect();
    let mut seen = Vec::new();
    for writer in writers {
        seen.push(writer.await.unwrap());
    }
    seen.sort_unstable();

    let expected: Vec<_> = (0..WRITERS).map(|before| (before + 1, before)).collect();
    assert_eq!(seen, expected);
}
