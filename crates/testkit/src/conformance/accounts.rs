//! Behaviours of `AccountRepository`.

use spotter_domain::StoreError;
use spotter_domain::account::{
    Account, DefaultRest, Email, PasswordHash, Preferences, ProgressionType, Units, WarmupPercentages,
    WeekStart,
};
use spotter_domain::club::TimeZoneName;
use spotter_domain::store::Inserted;
use spotter_domain::text::DisplayName;
use spotter_domain::workout::OneRepMaxFormula;

use super::Subject;
use crate::fixtures::{Seed, account, after};

fn unusual() -> Account {
    Account {
        email: Email::parse("Ada.Lovelace+gym@Example.ORG").unwrap(),
        display_name: DisplayName::parse("Ada 'Ü' Lovelace \u{1F3CB}").unwrap(),
        preferences: Preferences {
            units: Units::Imperial,
            week_start: WeekStart::Saturday,
            time_zone: Some(TimeZoneName::parse("America/New_York").unwrap()),
            one_rep_max: OneRepMaxFormula::Oconner,
            default_rest: DefaultRest::new(3_600).unwrap(),
            progression: ProgressionType::Wave,
            warmup: WarmupPercentages::new(vec![1, 20, 40, 60, 99]).unwrap(),
        },
        is_operator: true,
        version: 7,
        created_at: "2026-02-28T23:59:59.999999Z".parse().unwrap(),
        ..account(1)
    }
}

/// Every field survives, and the address keeps the case in which it was written.
pub async fn an_account_comes_back_as_it_was_written(subject: &Subject) {
    let (ada, plain) = (unusual(), account(2));
    subject.save(Seed { accounts: vec![ada.clone(), plain.clone()], ..Seed::default() }).await;

    let mut work = subject.begin().await;
    let found = work.accounts().by_id(ada.id).await.unwrap().unwrap();
    assert_eq!(found, ada);
    assert_eq!(found.email.as_str(), "Ada.Lovelace+gym@Example.ORG");
    assert_eq!(work.accounts().by_id(plain.id).await.unwrap(), Some(plain));
    let other_case = Email::parse("ADA.lovelace+GYM@example.org").unwrap();
    assert_eq!(work.accounts().by_email(&other_case).await.unwrap(), Some(ada));
    assert_eq!(work.accounts().by_id(account(3).id).await.unwrap(), None);
    assert_eq!(work.accounts().by_email(&account(3).email).await.unwrap(), None);
}

/// Every choice that there is survives, and so does having made none.
pub async fn every_preference_comes_back_as_it_was_written(subject: &Subject) {
    let mut choices =
        vec![Preferences { default_rest: DefaultRest::new(0).unwrap(), ..Preferences::default() }];
    for week_start in [WeekStart::Monday, WeekStart::Sunday, WeekStart::Saturday] {
        choices.push(Preferences { week_start, ..Preferences::default() });
    }
    for one_rep_max in OneRepMaxFormula::ALL {
        choices.push(Preferences { one_rep_max, ..Preferences::default() });
    }
    for progression in ProgressionType::ALL {
        choices.push(Preferences { progression, ..Preferences::default() });
    }
    for percentages in [vec![], vec![50], vec![30, 70], vec![20, 40, 60, 80]] {
        let warmup = WarmupPercentages::new(percentages).unwrap();
        choices.push(Preferences { warmup, ..Preferences::default() });
    }
    let people: Vec<_> =
        (1..).zip(choices).map(|(number, preferences)| Account { preferences, ..account(number) }).collect();
    subject.save(Seed { accounts: people.clone(), ..Seed::default() }).await;

    let mut work = subject.begin().await;
    for person in people {
        assert_eq!(work.accounts().by_id(person.id).await.unwrap(), Some(person));
    }
}

/// Two addresses that differ only in case are one; the second account is not written.
pub async fn an_address_is_taken_whatever_its_case(subject: &Subject) {
    let ada = unusual();
    subject.save(Seed { accounts: vec![ada.clone()], ..Seed::default() }).await;

    let second = Account { email: Email::parse("ada.lovelace+gym@example.org").unwrap(), ..account(2) };
    let mut work = subject.begin().await;
    assert_eq!(work.accounts().insert(&second).await.unwrap(), Inserted::Duplicate);
    assert_eq!(work.accounts().by_id(second.id).await.unwrap(), None);
    assert_eq!(work.accounts().by_email(&second.email).await.unwrap(), Some(ada));
    work.commit().await.unwrap();
    assert_eq!(subject.accounts.profile(second.id).await.unwrap(), None);
}

/// An update writes every field that may change.
pub async fn an_update_replaces_the_version_before(subject: &Subject) {
    let before = account(1);
    subject.save(Seed { accounts: vec![before.clone(), account(2)], ..Seed::default() }).await;

    let changed = Account {
        email: Email::parse("somebody-else@example.org").unwrap(),
        password_hash: PasswordHash::new("$argon2id$another".to_owned()),
        version: 2,
        created_at: before.created_at,
        ..unusual()
    };
    let mut work = subject.begin().await;
    work.accounts().update(&changed).await.unwrap();
    work.commit().await.unwrap();

    let mut work = subject.begin().await;
    assert_eq!(work.accounts().by_email(&changed.email).await.unwrap(), Some(changed));
    assert_eq!(work.accounts().by_email(&before.email).await.unwrap(), None);
    assert_eq!(work.accounts().by_id(account(2).id).await.unwrap(), Some(account(2)));
}

/// An update of an older or a newer version than the next is refused and changes nothing.
pub async fn an_update_of_another_version_conflicts(subject: &Subject) {
    let stored = Account { version: 3, created_at: after(-60), ..account(1) };
    subject.save(Seed { accounts: vec![stored.clone()], ..Seed::default() }).await;

    for version in [3, 5] {
        let stale = Account { version, display_name: DisplayName::parse("Stale").unwrap(), ..stored.clone() };
        let mut work = subject.begin().await;
        let refused = work.accounts().update(&stale).await;
        assert!(matches!(refused, Err(StoreError::Conflict(_))), "version {version}: {refused:?}");
    }
    let mut work = subject.begin().await;
    assert_eq!(work.accounts().by_id(stored.id).await.unwrap(), Some(stored));
}
