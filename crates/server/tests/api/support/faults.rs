//! What goes wrong in a store when a test wants it to.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;
use spotter_application::Ports;
use spotter_domain::StoreError;
use spotter_domain::id::AccountId;
use spotter_domain::registration::Registration;
use tokio::sync::oneshot;

use super::faulty_store::FaultyStore;

/// What goes wrong in a store. Clones share it; nothing does until it is asked for.
#[derive(Clone, Default)]
pub(crate) struct Faults(Arc<Shared>);

#[derive(Default)]
struct Shared {
    plan: Mutex<Plan>,
    begun: AtomicU64,
    committed: AtomicU64,
}

#[derive(Default)]
struct Plan {
    conflicts: u64,
    lost_commit: Option<Lost>,
    poisoned: Option<(AccountId, Poison)>,
    keeping_fails: bool,
    down: bool,
    hold: Option<Hold>,
}

/// Where a unit of work can be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// Before it is begun.
    Begin,
    /// When everything is written and nothing committed.
    Commit,
}

/// When the connection goes during a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lost {
    /// Before anything came of it.
    Before,
    /// When it was done.
    After,
}

/// What happens when somebody is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Poison {
    Corrupt,
    Conflict,
    Panic,
}

struct Hold {
    at: At,
    reached: oneshot::Sender<()>,
    opened: oneshot::Receiver<()>,
}

/// One unit of work that is held, or will be.
pub(crate) struct Held {
    reached: oneshot::Receiver<()>,
    open: oneshot::Sender<()>,
}

impl Held {
    /// Waits until it is there.
    pub(crate) async fn reached(&mut self) {
        (&mut self.reached).await.unwrap();
    }

    /// Lets it go on.
    pub(crate) fn open(self) {
        // Who was sent away meanwhile does not wait any more.
        let _gone = self.open.send(());
    }
}

impl Faults {
    /// Puts faults between an application and its store.
    pub(crate) fn into(ports: &mut Ports) -> Self {
        let faults = Self::default();
        ports.store = Arc::new(FaultyStore::new(Arc::clone(&ports.store), faults.clone()));
        faults
    }

    /// So many commits find another transaction in their way.
    pub(crate) fn conflicts(&self, number: u64) {
        self.0.plan.lock().conflicts = number;
    }

    /// The connection goes during the next commit.
    pub(crate) fn lose_commit(&self, lost: Lost) {
        self.0.plan.lock().lost_commit = Some(lost);
    }

    /// Whoever writes a registration of that person fails.
    pub(crate) fn poison(&self, person: AccountId, with: Poison) {
        self.0.plan.lock().poisoned = Some((person, with));
    }

    /// Whether answers can be kept under their keys.
    pub(crate) fn keeping_fails(&self, fails: bool) {
        self.0.plan.lock().keeping_fails = fails;
    }

    /// Whether the store can be reached.
    pub(crate) fn down(&self, down: bool) {
        self.0.plan.lock().down = down;
    }

    /// The next unit of work that comes there waits until it is let go on.
    pub(crate) fn hold(&self, at: At) -> Held {
        let ((reached_by, reached), (open, opened)) = (oneshot::channel(), oneshot::channel());
        self.0.plan.lock().hold = Some(Hold { at, reached: reached_by, opened });
        Held { reached, open }
    }

    /// How many units of work were begun so far.
    pub(crate) fn begun(&self) -> u64 {
        self.0.begun.load(Ordering::SeqCst)
    }

    /// How many were committed.
    pub(crate) fn committed(&self) -> u64 {
        self.0.committed.load(Ordering::SeqCst)
    }

    pub(super) async fn pass(&self, at: At) {
        let hold = {
            let mut plan = self.0.plan.lock();
            plan.hold.take_if(|hold| hold.at == at)
        };
        if let Some(hold) = hold {
            let _nobody_asks = hold.reached.send(());
            // Whoever has forgotten the hold has let it go on.
            let _forgotten = hold.opened.await;
        }
    }

    pub(super) fn begin(&self) -> Result<(), StoreError> {
        self.0.begun.fetch_add(1, Ordering::SeqCst);
        if self.0.plan.lock().down {
            return Err(StoreError::Unavailable(String::from("a test wants it")));
        }
        Ok(())
    }

    /// What becomes of the next commit before it is tried.
    pub(super) fn before_commit(&self) -> Result<(), StoreError> {
        let mut plan = self.0.plan.lock();
        if plan.conflicts > 0 {
            plan.conflicts -= 1;
            return Err(StoreError::Conflict(String::from("a test wants it")));
        }
        match plan.lost_commit.take_if(|lost| *lost == Lost::Before) {
            Some(_) => Err(lost()),
            None => Ok(()),
        }
    }

    /// What becomes of it when it was done.
    pub(super) fn after_commit(&self) -> Result<(), StoreError> {
        self.0.committed.fetch_add(1, Ordering::SeqCst);
        match self.0.plan.lock().lost_commit.take() {
            Some(_) => Err(lost()),
            None => Ok(()),
        }
    }

    pub(super) fn save(&self, registrations: &[Registration]) -> Result<(), StoreError> {
        let Some((person, with)) = self.0.plan.lock().poisoned else { return Ok(()) };
        if registrations.iter().all(|registration| registration.account != person) {
            return Ok(());
        }
        match with {
            Poison::Panic => panic!("a test wants it"),
            Poison::Conflict => return Err(StoreError::Conflict(String::from("a test wants it"))),
            Poison::Corrupt => {}
        }
        Err(StoreError::Corrupt {
            table: "registrations",
            column: "save",
            id: person.to_string(),
            detail: String::from("a test wants it"),
        })
    }

    pub(super) fn keep(&self) -> Result<(), StoreError> {
        if self.0.plan.lock().keeping_fails {
            return Err(StoreError::Unavailable(String::from("a test wants it")));
        }
        Ok(())
    }
}

fn lost() -> StoreError {
    StoreError::Unavailable(String::from("the connection went during the commit"))
}
