//! The queries of workouts that indexes are there for.

use std::collections::BTreeSet;

use spotter_domain::Timestamp;
use spotter_domain::id::{AccountId, ExerciseId, ImportId, TemplateId, WorkoutSessionId};
use spotter_domain::page::PageRequest;
use spotter_domain::progress::Day;
use spotter_domain::workout::{SessionCursor, SessionFilter, SourceKey};
use uuid::Uuid;

use super::{consent, exercise, session, template};
use crate::Backend;
use crate::sql::Sql;

/// Queries with values that are typical of them.
pub(crate) fn queries(backend: Backend) -> Vec<Sql> {
    let id = Uuid::from_u128;
    let (account, other) = (AccountId::from(id(3)), AccountId::from(id(4)));
    let (one, two) = (ExerciseId::from(id(5)), ExerciseId::from(id(6)));
    let (session, now) = (WorkoutSessionId::from(id(7)), Timestamp::UNIX_EPOCH);
    let (template, import) = (TemplateId::from(id(8)), ImportId::from(id(9)));
    let next =
        PageRequest { after: Some(SessionCursor { started_at: now, id: session }), ..PageRequest::default() };
    let of_exercise = SessionFilter { exercise: Some(one), ..SessionFilter::default() };
    let list = |filter, page| session::queries::list(backend, account, account, filter, page);
    let mut queries = vec![
        session::queries::seen(backend, other, session),
        session::queries::list(backend, other, account, SessionFilter::default(), next),
        session::block::named_of_sessions(backend, account, [session].into_iter()),
        list(SessionFilter::default(), next),
        list(of_exercise, next),
        session::repository::known(backend, account, &[now], &[SourceKey(id(10)), SourceKey(id(11))]),
        session::block::performed(backend, account, &[one, two], Some((session, 1)), 100),
        session::head::of_import(backend, account, import, None, 100),
        template::history::forget(backend, account, template),
        template::history::history(backend, account, template, &[one, two], Day::default(), 10),
        template::head::owned(backend, account, template),
        exercise::personal::select(backend, &BTreeSet::from([account, other])),
        exercise::personal::maker(backend, account, one),
        exercise::repository::delete_aliases(backend, account, &[one, two]),
        exercise::repository::delete_records(backend, account, &[one, two]),
        exercise::repository::unused(backend, account, &[one, two]),
        consent::may_coach(backend, account, other),
    ];
    for table in ["workout_blocks", "planned_blocks", "exercise_aliases"] {
        queries.push(exercise::repository::move_all(backend, table, account, one, two));
    }
    queries
}
