//! The desks of a running application.

use std::sync::Arc;

use crate::batching::{BatchSettings, Batcher};
use crate::idempotency::InFlight;
use crate::operations::DeskNumbers;
use crate::registration::RegistrationClerk;
use crate::workout::{NamesCache, WorkoutClerk};
use crate::{Ports, Spotter};

/// Every desk.
#[derive(Clone)]
pub(crate) struct Desks {
    pub(crate) registration: Batcher<RegistrationClerk>,
    pub(crate) workout: Batcher<WorkoutClerk>,
}

impl Desks {
    pub(crate) fn new(
        ports: &Ports,
        names: &Arc<NamesCache>,
        in_flight: &InFlight,
        settings: BatchSettings,
    ) -> Self {
        let registration = Batcher::new(RegistrationClerk, ports.clone(), in_flight.clone(), settings);
        let workout = WorkoutClerk::new(Arc::clone(names));
        let workout = Batcher::new(workout, ports.clone(), in_flight.clone(), settings);
        Self { registration, workout }
    }
}

impl Spotter {
    /// Answers everybody who still waits at a desk that they will not be served, and takes nobody more. Batches
    /// that have not committed are given up.
    pub fn send_away(&self) {
        self.desks.registration.send_away();
        self.desks.workout.send_away();
    }

    /// The numbers of every desk.
    #[must_use]
    pub fn desk_numbers(&self) -> Vec<DeskNumbers> {
        vec![self.desks.registration.numbers(), self.desks.workout.numbers()]
    }
}
