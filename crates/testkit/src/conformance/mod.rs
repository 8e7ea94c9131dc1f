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
pub mod athletes;
pub mod catalogue;
pub mod clock;
pub mod club_queries;
pub mod clubs;
pub mod consents;
pub mod dashboard;
pub mod derived;
pub mod event_lists;
pub mod event_people;
pub mod event_queries;
pub mod events;
pub mod exercise_names;
pub mod exercises;
pub mod id_generator;
pub mod idempotency;
pub mod imports;
pub mod many_people;
pub mod my_registrations;
pub mod outbox;
pub mod outbox_failures;
pub mod outbox_queue;
pub mod password_hasher;
pub mod progress;
pub mod rate_limiter;
pub mod record_lists;
pub mod refresh_tokens;
pub mod registration_log;
pub mod registration_queries;
pub mod registration_saves;
pub mod registrations;
pub mod standing;
mod store;
mod subject;
pub mod summaries;
pub mod template_history;
pub mod templates;
pub mod token_issuer;
pub mod trends;
pub mod unit_of_work;
pub mod vault;
pub mod waitlist;
pub mod wearable_queries;
pub mod wearables;
pub mod workout_lists;
pub mod workout_lookups;
pub mod workout_sessions;
pub mod workout_transactions;

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
