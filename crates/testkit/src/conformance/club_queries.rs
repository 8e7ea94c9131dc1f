//! Behaviours of `ClubQueries`.

use spotter_domain::club::{Club, ClubView, MemberView, Membership, Role, Slug};

use super::{Subject, walk};
use crate::fixtures::{Seed, account, after, club, membership};

/// The role is that of whoever asks: their own in this club, or none.
pub async fn a_club_is_shown_with_the_role_of_the_viewer(subject: &Subject) {
    subject
        .save(Seed {
            accounts: vec![account(1), account(2)],
            clubs: vec![club(1), club(2)],
            memberships: vec![
                membership(&club(1), &account(1), Role::Manager),
                membership(&club(2), &account(2), Role::Owner),
            ],
            ..Seed::default()
        })
        .await;

    let shown = |role| ClubView {
        id: club(1).id,
        slug: "club-1".to_owned(),
        name: "Club 1".to_owned(),
        time_zone: "Europe/Zurich".to_owned(),
        pass_limit: 5,
        role,
        version: 1,
        created_at: club(1).created_at,
    };
    for (viewer, role) in [
        (None, None),
        (Some(account(1).id), Some(Role::Manager)),
        (Some(account(2).id), None),
        (Some(account(3).id), None),
    ] {
        assert_eq!(subject.clubs.by_slug(&club(1).slug, viewer).await.unwrap(), Some(shown(role)));
    }
    assert_eq!(subject.clubs.by_slug(&club(3).slug, None).await.unwrap(), None);
}

/// The order is that of the bytes on every database, whatever its locale thinks of hyphens.
pub async fn clubs_are_listed_by_the_bytes_of_their_slugs_without_gap_or_duplicate(subject: &Subject) {
    let sorted = ["a-b", "a1", "aa", "ab", "ab-c", "abc", "b-a", "ba"];
    let clubs = sorted.iter().zip(1..).map(|(slug, number)| Club {
        slug: Slug::parse(slug).unwrap(),
        ..club(sorted.len() as u64 - number)
    });
    subject.save(Seed { clubs: clubs.collect(), ..Seed::default() }).await;

    for limit in [1, 3, 8, 200] {
        let listed = walk(limit, async |page| subject.clubs.list(None, page).await).await;
        let slugs: Vec<_> = listed.iter().map(|club| club.slug.as_str()).collect();
        assert_eq!(slugs, sorted, "{limit} a page");
    }
}

/// One list shows several clubs, with the viewer's own role in each.
pub async fn each_club_of_a_list_has_the_role_of_the_viewer(subject: &Subject) {
    subject
        .save(Seed {
            accounts: vec![account(1), account(2)],
            clubs: vec![club(1), club(2), club(3)],
            memberships: vec![
                membership(&club(1), &account(1), Role::Owner),
                membership(&club(1), &account(2), Role::Member),
                membership(&club(2), &account(2), Role::Coach),
                membership(&club(3), &account(1), Role::Member),
            ],
            ..Seed::default()
        })
        .await;

    for (viewer, roles) in [
        (None, [None, None, None]),
        (Some(account(1).id), [Some(Role::Owner), None, Some(Role::Member)]),
        (Some(account(2).id), [Some(Role::Member), Some(Role::Coach), None]),
    ] {
        let listed = walk(2, async |page| subject.clubs.list(viewer, page).await).await;
        assert_eq!(listed.iter().map(|club| club.role).collect::<Vec<_>>(), roles);
    }
}

/// The members of one club, read page by page, are all there once and in order.
pub async fn members_are_listed_by_account_without_gap_or_duplicate(subject: &Subject) {
    let members: Vec<_> = (1..=5)
        .map(|number| Membership {
            joined_at: after(100 - i64::try_from(number).unwrap()),
            ..membership(&club(1), &account(number), if number == 4 { Role::Coach } else { Role::Member })
        })
        .collect();
    let elsewhere = membership(&club(2), &account(6), Role::Owner);
    subject
        .save(Seed {
            accounts: (1..=6).rev().map(account).collect(),
            clubs: vec![club(1), club(2)],
            memberships: members.iter().rev().copied().chain([elsewhere]).collect(),
            ..Seed::default()
        })
        .await;

    let expected: Vec<_> = members
        .iter()
        .zip(1..)
        .map(|(member, number)| MemberView {
            account: member.account,
            display_name: format!("Person {number}"),
            role: member.role,
            joined_at: member.joined_at,
        })
        .collect();
    for limit in [1, 2, 5] {
        let listed = walk(limit, async |page| subject.clubs.members(club(1).id, page).await).await;
        assert_eq!(listed, expected, "{limit} a page");
    }
}
