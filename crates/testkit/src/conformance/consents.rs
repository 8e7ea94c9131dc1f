//! Behaviours of `ConsentRepository`, and of reading consents (rule W1).

use spotter_domain::StoreError;
use spotter_domain::club::{Membership, Role};
use spotter_domain::store::Inserted;
use spotter_domain::workout::{CoachedAthlete, CoachingConsent};

use super::{Subject, walk};
use crate::fixtures::{Seed, account, after, club, consent, membership};

fn member(club_number: u64, person: u64, role: Role) -> Membership {
    membership(&club(club_number), &account(person), role)
}

/// Six people and three clubs.
fn people(memberships: Vec<Membership>, consents: Vec<CoachingConsent>) -> Seed {
    let accounts = (1..=6).map(account).collect();
    Seed { accounts, clubs: (1..=3).map(club).collect(), memberships, consents, ..Seed::default() }
}

async fn may_coach(subject: &Subject, coach: u64, athlete: u64) -> bool {
    subject.workouts.may_coach(account(coach).id, account(athlete).id).await.unwrap()
}

/// A consent is of one club and one person, and says since when.
pub async fn a_consent_comes_back_as_it_was_written(subject: &Subject) {
    let given = CoachingConsent {
        granted_at: "2026-02-28T23:59:59.999999Z".parse().unwrap(),
        ..consent(1, account(1).id)
    };
    subject.save(people(vec![member(1, 1, Role::Member)], vec![given])).await;
    assert_eq!(subject.workouts.consent(given.club, given.account).await.unwrap(), Some(given));
    assert_eq!(subject.workouts.consent(club(2).id, given.account).await.unwrap(), None);
    assert_eq!(subject.workouts.consent(given.club, account(2).id).await.unwrap(), None);
}

/// Whoever consents again has consented since the first time.
pub async fn a_person_consents_once_in_a_club(subject: &Subject) {
    let first = consent(1, account(1).id);
    subject.save(people(vec![member(1, 1, Role::Member)], vec![first])).await;
    let mut work = subject.begin().await;
    let again = CoachingConsent { granted_at: after(60), ..first };
    assert_eq!(work.consents().grant(&again).await.unwrap(), Inserted::Duplicate);
    assert_eq!(work.consents().grant(&consent(2, first.account)).await.unwrap(), Inserted::New);
    work.commit().await.unwrap();
    assert_eq!(subject.workouts.consent(first.club, first.account).await.unwrap(), Some(first));
    assert!(subject.workouts.consent(club(2).id, first.account).await.unwrap().is_some());
}

/// A consent that is withdrawn is gone, and can be given anew; others stay.
pub async fn a_consent_can_be_withdrawn(subject: &Subject) {
    let (mine, elsewhere) = (consent(1, account(1).id), consent(2, account(1).id));
    let yours = consent(1, account(2).id);
    subject.save(people(vec![], vec![mine, elsewhere, yours])).await;
    let mut work = subject.begin().await;
    assert_eq!(work.consents().withdraw(mine.club, mine.account).await.unwrap(), 1);
    assert_eq!(work.consents().withdraw(mine.club, mine.account).await.unwrap(), 0);
    assert_eq!(work.consents().withdraw(club(3).id, mine.account).await.unwrap(), 0);
    work.commit().await.unwrap();
    assert_eq!(subject.workouts.consent(mine.club, mine.account).await.unwrap(), None);
    for stays in [elsewhere, yours] {
        assert_eq!(subject.workouts.consent(stays.club, stays.account).await.unwrap(), Some(stays));
    }
    let anew = CoachingConsent { granted_at: after(60), ..mine };
    let mut work = subject.begin().await;
    assert_eq!(work.consents().grant(&anew).await.unwrap(), Inserted::New);
    work.commit().await.unwrap();
    assert_eq!(subject.workouts.consent(mine.club, mine.account).await.unwrap(), Some(anew));
}

/// Nobody consents in a club that is not there, and nobody who is not there consents.
pub async fn a_consent_is_somebodys_in_some_club(subject: &Subject) {
    subject.save(people(vec![], vec![])).await;
    for nobodys in [consent(9, account(1).id), consent(1, account(9).id)] {
        let refused = subject.begin().await.consents().grant(&nobodys).await;
        assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    }
}

/// Rule W1: whoever is a coach or more of a club in which the other is a member and has consented.
pub async fn w1_a_coach_needs_the_consent_of_a_member_of_the_same_club(subject: &Subject) {
    let memberships = vec![
        member(1, 1, Role::Member),
        member(1, 2, Role::Coach),
        member(1, 3, Role::Manager),
        member(1, 4, Role::Owner),
        member(1, 5, Role::Member),
        // A coach of another club, in which the person has not consented or is no member.
        member(2, 6, Role::Coach),
        member(2, 1, Role::Member),
        member(3, 6, Role::Owner),
    ];
    let consents = vec![consent(1, account(1).id), consent(3, account(1).id), consent(1, account(4).id)];
    subject.save(people(memberships, consents)).await;

    for coach in 2..=4 {
        assert!(may_coach(subject, coach, 1).await, "{coach} may");
    }
    for (coach, athlete) in [(5, 1), (6, 1), (1, 2), (2, 5), (2, 3), (2, 9), (9, 1)] {
        assert!(!may_coach(subject, coach, athlete).await, "{coach} may not see {athlete}");
    }
    assert!(may_coach(subject, 2, 4).await, "an owner is a member, too");

    let mut work = subject.begin().await;
    work.consents().withdraw(club(1).id, account(1).id).await.unwrap();
    assert!(may_coach(subject, 2, 1).await, "nothing is committed");
    work.commit().await.unwrap();
    assert!(!may_coach(subject, 2, 1).await);
}

/// Consenting in one club of several is enough for the coaches of that one, whatever they are elsewhere.
pub async fn w1_a_role_in_another_club_does_not_count(subject: &Subject) {
    let memberships = vec![
        member(1, 1, Role::Member),
        member(2, 1, Role::Member),
        member(1, 2, Role::Member),
        member(2, 2, Role::Coach),
    ];
    subject.save(people(memberships, vec![consent(1, account(1).id)])).await;
    assert!(!may_coach(subject, 2, 1).await);
    let mut work = subject.begin().await;
    work.consents().grant(&consent(2, account(1).id)).await.unwrap();
    work.commit().await.unwrap();
    assert!(may_coach(subject, 2, 1).await);
}

/// The members of one club who have consented, read page by page, are all there once and in order.
pub async fn those_who_consented_are_listed_by_account_without_gap_or_duplicate(subject: &Subject) {
    let memberships = vec![
        member(1, 1, Role::Member),
        member(1, 2, Role::Member),
        member(1, 3, Role::Coach),
        member(1, 5, Role::Owner),
        member(2, 6, Role::Member),
    ];
    let granted_at = |number: u64| after(-i64::try_from(number).unwrap());
    let given = |club_number, number| CoachingConsent {
        granted_at: granted_at(number),
        ..consent(club_number, account(number).id)
    };
    // The fourth has consented but is no member; the second is a member and has not.
    let consents = vec![given(1, 5), given(1, 3), given(1, 4), given(1, 1), given(2, 6), given(2, 2)];
    subject.save(people(memberships, consents)).await;

    let expected = [1, 3, 5].map(|number| CoachedAthlete {
        account: account(number).id,
        display_name: format!("Person {number}"),
        granted_at: granted_at(number),
    });
    for limit in 1..=4 {
        let listed = walk(limit, async |page| subject.workouts.coached(club(1).id, page).await).await;
        assert_eq!(listed, expected, "{limit} a page");
    }
    assert_eq!(walk(5, async |page| subject.workouts.coached(club(3).id, page).await).await, []);
}
