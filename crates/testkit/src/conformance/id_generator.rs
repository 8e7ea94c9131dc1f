//! Behaviours of `IdGenerator`.

use std::collections::BTreeSet;
use std::sync::Arc;

use spotter_domain::IdGenerator;
use uuid::{Uuid, Variant};

/// The shape that sorts by time (RFC 9562, section 5.7).
pub async fn identifiers_are_of_version_7(ids: &Arc<dyn IdGenerator>) {
    for _ in 0..100 {
        let id = ids.next();
        assert_eq!((id.get_version_num(), id.get_variant()), (7, Variant::RFC4122), "{id}");
    }
}

/// Also within one instant: lines of a log sort by them.
pub async fn identifiers_grow(ids: &Arc<dyn IdGenerator>) {
    let mut last = Uuid::nil();
    for _ in 0..10_000 {
        let id = ids.next();
        assert!(id > last, "{id} came after {last}");
        last = id;
    }
}

/// Several threads that ask at once get different ones.
pub async fn identifiers_are_given_once_whoever_asks(ids: &Arc<dyn IdGenerator>) {
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let ids = Arc::clone(ids);
            std::thread::spawn(move || (0..2_000).map(|_| ids.next()).collect::<Vec<_>>())
        })
        .collect();
    let given: Vec<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
    let different: BTreeSet<_> = given.iter().collect();
    assert_eq!((given.len(), different.len()), (8_000, 8_000));
}
