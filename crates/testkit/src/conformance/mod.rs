//! What every implementation of a port has to do, written once against the trait.
//!
//! A suite is a module of `async` functions, one for each behaviour. The macros make one test of each:
//!
//! ```text
//! async fn subject() -> Subject { Subject::of(MemoryStore::new(), ()) }
//! spotter_testkit::store_conformance!(subject);
//! ```
//!
//! A behaviour whose name does not stand in one of the macros would be tested nowhere: a test of the testkit's
//! own looks after that.

pub mod account_queries;
pub mod accounts;
pub mod api_keys;
pub mod clock;
pub mod club_queries;
pub mod clubs;
pub mod event_lists;
pub mod event_queries;
pub mod events;
pub mod id_generator;
pub mod idempotency;
pub mod my_registrations;
pub mod outbox;
pub mod password_hasher;
pub mod rate_limiter;
pub mod refresh_tokens;
pub mod registration_log;
pub mod registration_queries;
pub mod registrations;
mod subject;
pub mod token_issuer;
pub mod unit_of_work;
pub mod vault;
pub mod waitlist;

pub use rate_limiter::RateLimiterSubject;
pub use subject::Subject;
pub use token_issuer::TokenIssuerSubject;
pub use vault::VaultSubject;

use subject::walk;

/// Makes one `#[tokio::test]` of each behaviour of a suite, run against what `make` answers.
#[doc(hidden)]
#[macro_export]
macro_rules! conformance_tests {
    ($make:ident => $($suite:ident: $($behaviour:ident),+;)+) => {$(
        mod $suite {
            $(
                #[tokio::test]
                async fn $behaviour() {
                    $crate::conformance::$suite::$behaviour(&super::$make().await).await;
                }
            )+
        }
    )+};
}

/// Tests an implementation of `Store` and of all queries. `make` is an `async fn` without arguments that
/// answers a [`Subject`] over an empty database.
#[macro_export]
macro_rules! store_conformance {
    ($make:ident) => {
        $crate::conformance_tests! { $make =>
            accounts:
                an_account_comes_back_as_it_was_written,
                an_address_is_taken_whatever_its_case,
                an_update_replaces_the_version_before,
                an_update_of_another_version_conflicts;
            api_keys:
                keys_are_counted_by_account,
                a_key_is_deleted_by_its_owner_alone;
            refresh_tokens:
                a_token_comes_back_by_its_digest,
                a_used_token_says_when,
                a_token_that_is_not_there_cannot_be_used,
                a_family_ends_as_a_whole_and_once,
                expired_tokens_are_purged_a_batch_at_a_time;
            account_queries:
                a_profile_is_its_owners_view,
                credentials_are_found_whatever_the_case,
                a_key_leads_to_its_owner,
                keys_are_listed_oldest_first_without_gap_or_duplicate;
            clubs:
                a_club_comes_back_as_it_was_written,
                a_slug_is_taken_once,
                an_update_replaces_the_version_before,
                an_update_of_another_version_conflicts,
                a_membership_comes_back_as_it_was_written,
                a_person_has_one_membership_of_a_club,
                a_member_is_given_another_role,
                a_stranger_cannot_be_given_another_role,
                members_are_counted_by_role;
            club_queries:
                a_club_is_shown_with_the_role_of_the_viewer,
                clubs_are_listed_by_the_bytes_of_their_slugs_without_gap_or_duplicate,
                each_club_of_a_list_has_the_role_of_the_viewer,
                members_are_listed_by_account_without_gap_or_duplicate;
            events:
                events_come_back_as_they_were_written,
                locks_are_taken_in_order_and_leave_out_what_is_not_there,
                a_locked_event_brings_its_club_along,
                an_update_writes_the_event_in_whole,
                an_event_that_is_not_there_cannot_be_written,
                rosters_are_saved_and_nothing_else,
                events_with_held_seats_are_found_in_portions,
                whoever_locks_second_sees_what_the_first_wrote;
            event_queries:
                an_event_is_shown_with_the_role_of_the_viewer,
                an_event_is_shown_in_full;
            event_lists:
                events_are_listed_by_start_without_gap_or_duplicate,
                a_list_begins_after_one_instant_and_ends_before_another,
                instants_count_to_the_microsecond,
                phases_follow_from_the_clock,
                the_public_sees_what_was_published;
            registrations:
                registrations_come_back_as_they_were_written,
                nothing_is_written_of_nothing,
                active_registrations_are_found_by_person,
                active_registrations_are_read_in_the_order_of_arrival,
                r2_a_second_active_registration_conflicts,
                r2_two_of_one_batch_conflict,
                r2_a_cancelled_registration_is_in_nobodys_way,
                r2_a_cancelled_registration_cannot_come_back_beside_another,
                a_queue_number_is_given_once,
                states_are_saved_and_nothing_else,
                a_registration_that_is_not_there_cannot_be_saved;
            registration_log:
                every_reason_comes_back_as_it_was_written,
                lines_are_read_oldest_first,
                a_log_is_read_up_to_its_bound;
            registration_queries:
                a_registration_is_shown_in_full,
                a_registration_is_shown_with_the_role_of_the_viewer,
                positions_count_those_who_wait_before,
                registrations_of_an_event_are_listed_by_arrival_without_gap_or_duplicate,
                registrations_of_an_event_are_listed_by_status;
            my_registrations:
                a_persons_registrations_are_shown_with_their_events,
                a_persons_registrations_are_listed_by_start_without_gap_or_duplicate,
                upcoming_and_past_part_at_the_end_of_the_event,
                the_past_is_listed_latest_first_without_gap_or_duplicate;
            waitlist:
                the_head_is_read_in_order_and_in_portions,
                entries_before_a_number_are_counted,
                entries_are_listed_with_positions_without_gap_or_duplicate,
                the_queue_of_another_event_is_another_queue;
            outbox:
                messages_come_back_as_they_were_written,
                messages_are_pending_in_the_order_in_which_they_became_due,
                messages_of_the_future_are_not_due;
            idempotency:
                an_answer_is_kept_and_found,
                the_slots_of_two_accounts_and_of_none_are_apart,
                an_expired_answer_counts_as_none_and_is_replaced,
                an_answer_is_not_kept_without_a_commit,
                r10_of_two_at_once_one_has_an_effect,
                expired_answers_are_purged_a_batch_at_a_time;
            unit_of_work:
                what_is_dropped_never_happened,
                what_is_rolled_back_never_happened_and_holds_nothing,
                what_is_committed_happened_as_a_whole,
                a_unit_of_work_sees_its_own_writes,
                a_refused_insert_leaves_the_unit_of_work_usable,
                what_failed_cannot_be_committed,
                what_is_dropped_stands_in_nobodys_way;
        }
    };
}

/// Tests a `RateLimiter`. `make` is an `async fn` without arguments that answers a [`RateLimiterSubject`].
#[macro_export]
macro_rules! rate_limiter_conformance {
    ($make:ident) => {
        $crate::conformance_tests! { $make =>
            rate_limiter:
                a_quota_is_used_up,
                the_verdict_says_how_long_to_wait,
                a_refused_attempt_counts_for_nothing,
                a_quota_refills_evenly,
                a_quota_refills_up_to_itself,
                keys_have_quotas_of_their_own,
                policies_have_quotas_of_their_own,
                an_attempt_can_be_given_back,
                what_was_not_taken_cannot_be_given_back;
        }
    };
}

/// Tests a `Clock`. `make` is an `async fn` without arguments that answers an `Arc<dyn Clock>`.
#[macro_export]
macro_rules! clock_conformance {
    ($make:ident) => {
        $crate::conformance_tests! { $make =>
            clock: instants_are_whole_microseconds, time_does_not_run_backwards;
        }
    };
}

/// Tests an `IdGenerator`. `make` is an `async fn` without arguments that answers an `Arc<dyn IdGenerator>`.
#[macro_export]
macro_rules! id_generator_conformance {
    ($make:ident) => {
        $crate::conformance_tests! { $make =>
            id_generator:
                identifiers_are_of_version_7, identifiers_grow, identifiers_are_given_once_whoever_asks;
        }
    };
}

/// Tests a `PasswordHasher`. `make` is an `async fn` without arguments that answers an
/// `Arc<dyn PasswordHasher>`.
#[macro_export]
macro_rules! password_hasher_conformance {
    ($make:ident) => {
        $crate::conformance_tests! { $make =>
            password_hasher:
                the_right_password_is_verified,
                a_wrong_password_is_not_verified,
                nobodys_password_is_not_verified,
                each_hash_has_a_salt_of_its_own,
                a_hash_that_is_none_is_an_error;
        }
    };
}

/// Tests a `TokenIssuer`. `make` is an `async fn` without arguments that answers a [`TokenIssuerSubject`].
#[macro_export]
macro_rules! token_issuer_conformance {
    ($make:ident) => {
        $crate::conformance_tests! { $make =>
            token_issuer:
                a_token_carries_its_claims,
                a_token_is_good_until_it_expires,
                a_changed_token_is_not_valid,
                a_token_of_another_key_is_not_valid,
                something_else_is_not_valid;
        }
    };
}

/// Tests a `Vault`. `make` is an `async fn` without arguments that answers a [`VaultSubject`].
#[macro_export]
macro_rules! vault_conformance {
    ($make:ident) => {
        $crate::conformance_tests! { $make =>
            vault:
                fresh_tokens_differ_and_have_their_prefix,
                digests_recognise_a_token_on_every_node,
                fingerprints_are_equal_for_equal_bytes_under_one_key,
                what_is_sealed_can_be_opened_on_every_node,
                what_is_sealed_does_not_show,
                a_changed_seal_is_broken,
                another_key_does_not_open_it;
        }
    };
}
