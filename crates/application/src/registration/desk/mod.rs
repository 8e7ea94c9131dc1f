//! The registration desk: registrations, cancellations and check-ins, decided in batches.
//!
//! Orders upon one event are in one shard, so that they are decided in the order in which they came. A batch
//! locks its events, reads what it has to know, decides in memory, and writes: at most eight statements, whatever
//! its size.

mod clerk;
mod order;

use spotter_domain::id::RegistrationId;
use spotter_domain::registration::{RegistrationView, Whereabouts};

pub(crate) use self::clerk::RegistrationClerk;
use self::order::Order;
use super::{Cancel, RecordAttendance, Register};
use crate::{Error, RequestContext, Spotter};

impl Spotter {
    /// Claims seats at an event, for the caller or, by staff, for somebody else.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`], [`Error::NotFound`], [`Error::Forbidden`]; [`Error::Refused`] when the rules
    /// say no; [`Error::Busy`] when too many are waiting; and what the idempotency key and the store cause.
    pub async fn register(
        &self,
        context: &RequestContext,
        command: Register,
    ) -> Result<RegistrationView, Error> {
        context.caller.account()?;
        self.at_the_desk(context, Order::Register(command)).await
    }

    /// Gives a registration up: by the person themselves or by staff. The seats go to those who wait for them in
    /// the same transaction (rule R4). Doing it twice is doing it once (rule R7).
    ///
    /// # Errors
    ///
    /// As [`Spotter::register`].
    pub async fn cancel(&self, context: &RequestContext, command: Cancel) -> Result<RegistrationView, Error> {
        let whereabouts = self.whereabouts(context, command.registration).await?;
        self.at_the_desk(context, Order::Cancel(command, whereabouts)).await
    }

    /// Records whether somebody came: for coaches, from the start of the event on. A mistake can be put right.
    ///
    /// # Errors
    ///
    /// As [`Spotter::register`].
    pub async fn record_attendance(
        &self,
        context: &RequestContext,
        command: RecordAttendance,
    ) -> Result<RegistrationView, Error> {
        let whereabouts = self.whereabouts(context, command.registration).await?;
        self.at_the_desk(context, Order::RecordAttendance(command, whereabouts)).await
    }

    /// Which event somebody is at who names a registration.
    async fn whereabouts(&self, context: &RequestContext, id: RegistrationId) -> Result<Whereabouts, Error> {
        context.caller.account()?;
        self.ports.registrations.whereabouts(id).await?.ok_or(Error::NotFound("registration"))
    }

    async fn at_the_desk(&self, context: &RequestContext, order: Order) -> Result<RegistrationView, Error> {
        // Of an identifier, the last half is the random one.
        let (_, event) = order.event().uuid().as_u64_pair();
        self.desks.registration.submit(event, context, order).await
    }
}
