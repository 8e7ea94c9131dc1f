//! Who decides the batches of the workout desk.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::{AccountId, TemplateId, WorkoutSessionId};
use spotter_domain::progress::BrokenRecord;
use spotter_domain::workout::{CustomExercise, WorkoutSession};
use spotter_domain::{IdGenerator, Invalid, Timestamp};

use super::people::{People, existing};
use crate::access::account_gone;
use crate::batching::{BatchWork, Clerk, Decided};
use crate::progress::Entries;
use crate::workout::custom_exercises::{Making, write};
use crate::workout::draft::settle;
use crate::workout::log_session::{LogSession, broken_facts};
use crate::workout::names::NamesCache;
use crate::workout::session_view::{LoggedSession, Naming, SessionView};
use crate::{Caller, Error};

/// Decides what is logged.
#[derive(Debug)]
pub(crate) struct WorkoutClerk {
    names: Arc<NamesCache>,
}

impl WorkoutClerk {
    pub(crate) const fn new(names: Arc<NamesCache>) -> Self {
        Self { names }
    }
}

#[async_trait]
impl Clerk for WorkoutClerk {
    type Order = LogSession;
    type Answer = LoggedSession;

    const NAME: &'static str = "workout";

    async fn decide(
        &self,
        work: &mut BatchWork<'_>,
        orders: &[(Caller, &LogSession)],
    ) -> Result<Vec<Decided<LoggedSession>>, Error> {
        let accounts: BTreeSet<AccountId> = orders.iter().filter_map(|(caller, _)| caller.known()).collect();
        let people = People::lock(work.unit, &self.names, &accounts).await?;
        let templates = orders.iter().filter_map(|(caller, order)| caller.known().zip(order.template));
        let templates = existing(work.unit, templates.collect()).await?;
        // Only now: who comes later to the lock must not have come earlier by the clock.
        let (now, ids) = (work.now(), work.ports.ids.as_ref());
        let mut decisions =
            Decisions { people, templates, now, ids, made: Vec::new(), entries: Entries::default() };
        let entered: Vec<Result<(), Error>> =
            orders.iter().map(|(caller, order)| decisions.decide(*caller, order)).collect();
        write(work.unit, &decisions.made).await?;
        let broken = decisions.entries.write(work.unit).await?;
        let mut logged = decisions.entries.sessions().zip(broken);
        let answer = |entered: Result<(), Error>| match entered {
            Err(error) => Decided::error(error),
            Ok(()) => match logged.next() {
                Some((session, broken)) => decisions.answer(session, broken),
                None => Decided::error(Error::Internal(String::from("a workout session got lost"))),
            },
        };
        Ok(entered.into_iter().map(answer).collect())
    }
}

/// A batch while it is decided.
struct Decisions<'a> {
    people: People,
    templates: BTreeSet<(AccountId, TemplateId)>,
    now: Timestamp,
    ids: &'a dyn IdGenerator,
    made: Vec<CustomExercise>,
    entries: Entries,
}

impl Decisions<'_> {
    /// Enters what an order says, or leaves everything as it was.
    fn decide(&mut self, caller: Caller, order: &LogSession) -> Result<(), Error> {
        let account = caller.account()?;
        let person = self.people.get_mut(account).ok_or_else(account_gone)?;
        order.span.check_begun(self.now).map_err(|invalid| Error::invalid("/started_at", invalid))?;
        if order.template.is_some_and(|template| !self.templates.contains(&(account, template))) {
            return Err(Error::invalid("/template_id", Invalid::new("must be a template of yours")));
        }
        let making = Making { account, now: self.now, ids: self.ids };
        let (blocks, mut made) = settle(making, &person.names, &order.blocks)?;
        person.learn(&made);
        self.made.append(&mut made);
        let session = WorkoutSession {
            id: WorkoutSessionId::generate(self.ids),
            account,
            title: order.title.clone(),
            notes: order.notes.clone(),
            span: order.span,
            template: order.template,
            import: None,
            blocks,
            version: 1,
            created_at: self.now,
        };
        self.entries.push(session, None, &person.arithmetic);
        Ok(())
    }

    /// What is told and announced of a workout session that is written.
    fn answer(&self, session: &WorkoutSession, broken: Vec<BrokenRecord>) -> Decided<LoggedSession> {
        let account = session.account;
        let Some(person) = self.people.get(account) else { return Decided::error(account_gone()) };
        let logged = DomainEvent::WorkoutSessionLogged { account, session: session.id };
        let caused = std::iter::once(logged).chain(broken_facts(account, &broken)).collect();
        let naming = Naming { names: &person.names, made: &[] };
        let records = naming.broken(broken);
        Decided { answer: Ok(LoggedSession { session: SessionView::new(session, naming), records }), caused }
    }
}
