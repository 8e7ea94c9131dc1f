//! Who decides the batches of the registration desk.

use std::collections::BTreeSet;

use async_trait::async_trait;
use spotter_domain::Invalid;
use spotter_domain::club::Role;
use spotter_domain::event::PeopleRequest;
use spotter_domain::id::{AccountId, EventId};
use spotter_domain::registration::{CancelledBy, RegistrationView};

use super::order::{Order, People};
use crate::access::{is_staff, require};
use crate::batching::{BatchWork, Clerk, Decided};
use crate::registration::book::{Book, Cancelled, Moment};
use crate::registration::books::{Books, Wanted};
use crate::registration::{Cancel, RecordAttendance, Register};
use crate::{Caller, Error};

/// Decides registrations, cancellations and check-ins.
#[derive(Debug)]
pub(crate) struct RegistrationClerk;

#[async_trait]
impl Clerk for RegistrationClerk {
    type Order = Order;
    type Answer = RegistrationView;

    const NAME: &'static str = "registration";

    async fn decide(
        &self,
        work: &mut BatchWork<'_>,
        orders: &[(Caller, &Order)],
    ) -> Result<Vec<Decided<RegistrationView>>, Error> {
        let (mut people, mut wanted) = (People::default(), Wanted::default());
        for (caller, order) in orders {
            order.note_people(*caller, &mut people);
            order.note_wanted(*caller, &mut wanted);
        }
        let events: BTreeSet<EventId> = orders.iter().map(|(_, order)| order.event()).collect();
        let events: Vec<EventId> = events.into_iter().collect();
        let mut books = Books::lock(work.unit, &events, &PeopleRequest::from(people)).await?;
        // Only now: who comes later to the lock must not have come earlier by the clock.
        let now = work.now();
        books.read(work.unit, wanted, now).await?;
        let moment = Moment { now, ids: work.ports.ids.as_ref() };
        let mut decided = Vec::with_capacity(orders.len());
        for (caller, order) in orders {
            decided.push(match books.get_mut(order.event()) {
                None => Decided::error(Error::NotFound("event")),
                Some(book) => {
                    let answer = book.decide_order(moment, *caller, order);
                    Decided { answer, caused: book.take_facts() }
                }
            });
        }
        if let Some(last) = decided.last_mut() {
            last.caused.append(&mut books.take_moves());
        }
        books.save(work.unit).await?;
        books.save_rosters(work.unit).await?;
        Ok(decided)
    }
}

impl Book {
    fn decide_order(
        &mut self,
        moment: Moment<'_>,
        caller: Caller,
        order: &Order,
    ) -> Result<RegistrationView, Error> {
        let caller = caller.account()?;
        match order {
            Order::Register(register) => self.registered(moment, caller, register),
            Order::Cancel(cancel, _) => self.given_up(moment, caller, cancel),
            Order::RecordAttendance(record, _) => self.attended(moment, caller, record),
        }
    }

    /// Everybody registers themselves for what is public; staff register others, and try drafts in vain.
    fn registered(
        &mut self,
        moment: Moment<'_>,
        caller: AccountId,
        register: &Register,
    ) -> Result<RegistrationView, Error> {
        let person = register.person.unwrap_or(caller);
        let role = self.role_of(caller);
        if !self.event().is_public() && !is_staff(role) {
            return Err(Error::NotFound("event"));
        }
        if person != caller {
            require(role, Role::Coach)?;
            if !self.knows(person) {
                return Err(Error::invalid("/user_id", Invalid::new("must be an existing account")));
            }
        }
        self.register(moment, person, register.party_size)
    }

    fn given_up(
        &mut self,
        moment: Moment<'_>,
        caller: AccountId,
        cancel: &Cancel,
    ) -> Result<RegistrationView, Error> {
        let missing = || Error::NotFound("registration");
        let holder = self.find(cancel.registration).ok_or_else(missing)?.account;
        let by = if holder == caller {
            CancelledBy::Person
        } else if is_staff(self.role_of(caller)) {
            CancelledBy::Staff
        } else {
            return Err(missing());
        };
        if self.cancel(moment, cancel.registration, by)? == Cancelled::Now {
            self.settle(moment);
        }
        self.view_of(cancel.registration)
    }

    fn attended(
        &mut self,
        moment: Moment<'_>,
        caller: AccountId,
        record: &RecordAttendance,
    ) -> Result<RegistrationView, Error> {
        let missing = || Error::NotFound("registration");
        let holder = self.find(record.registration).ok_or_else(missing)?.account;
        let role = self.role_of(caller);
        if holder != caller && !is_staff(role) {
            return Err(missing());
        }
        require(role, Role::Coach)?;
        self.attend(moment, record.registration, record.attendance)?;
        self.view_of(record.registration)
    }
}
