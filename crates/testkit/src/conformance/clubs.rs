//! Behaviours of `ClubRepository`.

use spotter_domain::StoreError;
use spotter_domain::club::{Club, Membership, Role, Slug, TimeZoneName};
use spotter_domain::store::Inserted;
use spotter_domain::text::ClubName;
use spotter_domain::waitlist::PassLimit;

use super::Subject;
use crate::fixtures::{Seed, account, after, club, membership};

fn iron_works() -> Club {
    Club {
        slug: Slug::parse("iron-works").unwrap(),
        name: ClubName::parse("Iron Works — Zürich").unwrap(),
        time_zone: TimeZoneName::parse("Pacific/Auckland").unwrap(),
        pass_limit: PassLimit::new(0).unwrap(),
        version: 9,
        created_at: "2026-07-01T00:00:00.000001Z".parse().unwrap(),
        ..club(1)
    }
}

/// Every field survives, read with and without a lock.
pub async fn a_club_comes_back_as_it_was_written(subject: &Subject) {
    subject.save(Seed { clubs: vec![iron_works(), club(2)], ..Seed::default() }).await;

    let mut work = subject.begin().await;
    assert_eq!(work.clubs().by_slug(&iron_works().slug).await.unwrap(), Some(iron_works()));
    assert_eq!(work.clubs().lock(&iron_works().slug).await.unwrap(), Some(iron_works()));
    assert_eq!(work.clubs().by_slug(&club(2).slug).await.unwrap(), Some(club(2)));
    assert_eq!(work.clubs().by_slug(&club(3).slug).await.unwrap(), None);
    assert_eq!(work.clubs().lock(&club(3).slug).await.unwrap(), None);
}

/// The second club of a slug is not written.
pub async fn a_slug_is_taken_once(subject: &Subject) {
    subject.save(Seed { clubs: vec![club(1)], ..Seed::default() }).await;

    let second = Club { slug: club(1).slug, ..club(2) };
    let mut work = subject.begin().await;
    assert_eq!(work.clubs().insert(&second).await.unwrap(), Inserted::Duplicate);
    assert_eq!(work.clubs().by_slug(&second.slug).await.unwrap(), Some(club(1)));
}

/// An update writes every field that may change.
pub async fn an_update_replaces_the_version_before(subject: &Subject) {
    subject.save(Seed { clubs: vec![club(1), club(2)], ..Seed::default() }).await;

    let changed = Club { slug: club(1).slug, version: 2, created_at: club(1).created_at, ..iron_works() };
    let mut work = subject.begin().await;
    work.clubs().update(&changed).await.unwrap();
    work.commit().await.unwrap();

    let mut work = subject.begin().await;
    assert_eq!(work.clubs().by_slug(&changed.slug).await.unwrap(), Some(changed));
    assert_eq!(work.clubs().by_slug(&club(2).slug).await.unwrap(), Some(club(2)));
}

/// An update of an older or a newer version than the next is refused and changes nothing.
pub async fn an_update_of_another_version_conflicts(subject: &Subject) {
    let stored = Club { version: 3, ..club(1) };
    subject.save(Seed { clubs: vec![stored.clone()], ..Seed::default() }).await;

    for version in [3, 5] {
        let stale = Club { version, name: ClubName::parse("Stale").unwrap(), ..stored.clone() };
        let mut work = subject.begin().await;
        let refused = work.clubs().update(&stale).await;
        assert!(matches!(refused, Err(StoreError::Conflict(_))), "version {version}: {refused:?}");
    }
    let mut work = subject.begin().await;
    assert_eq!(work.clubs().by_slug(&stored.slug).await.unwrap(), Some(stored));
}

fn with_people() -> Seed {
    Seed { accounts: (1..=3).map(account).collect(), clubs: vec![club(1), club(2)], ..Seed::default() }
}

/// A membership is of one club and one person.
pub async fn a_membership_comes_back_as_it_was_written(subject: &Subject) {
    let coach = Membership { joined_at: after(-7), ..membership(&club(1), &account(1), Role::Coach) };
    subject.save(Seed { memberships: vec![coach], ..with_people() }).await;

    let mut work = subject.begin().await;
    assert_eq!(work.clubs().membership(club(1).id, account(1).id).await.unwrap(), Some(coach));
    assert_eq!(work.clubs().membership(club(2).id, account(1).id).await.unwrap(), None);
    assert_eq!(work.clubs().membership(club(1).id, account(2).id).await.unwrap(), None);
}

/// The second membership of a person is not written, and the first one stays.
pub async fn a_person_has_one_membership_of_a_club(subject: &Subject) {
    let first = membership(&club(1), &account(1), Role::Member);
    subject.save(Seed { memberships: vec![first], ..with_people() }).await;

    let second = Membership { role: Role::Owner, ..first };
    let elsewhere = Membership { club: club(2).id, ..second };
    let mut work = subject.begin().await;
    assert_eq!(work.clubs().insert_membership(&second).await.unwrap(), Inserted::Duplicate);
    assert_eq!(work.clubs().insert_membership(&elsewhere).await.unwrap(), Inserted::New);
    assert_eq!(work.clubs().membership(first.club, first.account).await.unwrap(), Some(first));
    assert_eq!(work.clubs().membership(club(2).id, first.account).await.unwrap(), Some(elsewhere));
}

/// Another role in one club changes nothing in another.
pub async fn a_member_is_given_another_role(subject: &Subject) {
    let here = membership(&club(1), &account(1), Role::Member);
    let there = membership(&club(2), &account(1), Role::Member);
    subject.save(Seed { memberships: vec![here, there], ..with_people() }).await;

    let promoted = Membership { role: Role::Manager, ..here };
    let mut work = subject.begin().await;
    work.clubs().update_membership(&promoted).await.unwrap();
    work.commit().await.unwrap();

    let mut work = subject.begin().await;
    assert_eq!(work.clubs().membership(here.club, here.account).await.unwrap(), Some(promoted));
    assert_eq!(work.clubs().membership(there.club, there.account).await.unwrap(), Some(there));
}

/// A statement that should have touched a row and touched none is an error.
pub async fn a_stranger_cannot_be_given_another_role(subject: &Subject) {
    subject.save(with_people()).await;
    let mut work = subject.begin().await;
    let refused = work.clubs().update_membership(&membership(&club(1), &account(1), Role::Coach)).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
}

/// The members of one role in one club are counted, and only those.
pub async fn members_are_counted_by_role(subject: &Subject) {
    let memberships = vec![
        membership(&club(1), &account(1), Role::Owner),
        membership(&club(1), &account(2), Role::Member),
        membership(&club(1), &account(3), Role::Member),
        membership(&club(2), &account(2), Role::Owner),
    ];
    subject.save(Seed { memberships, ..with_people() }).await;

    let mut work = subject.begin().await;
    for (role, count) in [(Role::Owner, 1), (Role::Manager, 0), (Role::Coach, 0), (Role::Member, 2)] {
        assert_eq!(work.clubs().count_of_role(club(1).id, role).await.unwrap(), count, "{role:?}");
    }
}
