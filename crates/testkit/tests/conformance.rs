//! The testkit's own clock and identifiers do what every implementation has to do.

use std::sync::Arc;

use spotter_domain::{Clock, IdGenerator};
use spotter_testkit::clock::ManualClock;
use spotter_testkit::ids::{RandomIds, SequentialIds};

async fn manual_clock() -> Arc<dyn Clock> {
    Arc::new(ManualClock::new())
}

async fn sequential_ids() -> Arc<dyn IdGenerator> {
    Arc::new(SequentialIds::new())
}

spotter_testkit::clock_conformance!(manual_clock);
spotter_testkit::id_generator_conformance!(sequential_ids);

mod random {
    use super::{Arc, IdGenerator, RandomIds};

    async fn random_ids() -> Arc<dyn IdGenerator> {
        Arc::new(RandomIds)
    }

    spotter_testkit::id_generator_conformance!(random_ids);
}
