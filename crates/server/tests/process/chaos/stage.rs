//! Where it takes place: a database that can crash, two nodes upon it, and people.

use std::sync::Arc;

use serde_json::{Value, json};
use spotter_testkit::services::{Cluster, Durability};

use super::client::ask;
use super::connections;
use super::plan::{EventPlan, PEOPLE, Plan, Trouble, Waitlist};
use super::turns;
use crate::storm::fleet::Fleet;
use crate::support::{Api, Call, Class, Person, club, people};

/// How many nodes there are.
const NODES: usize = 2;

/// A database, nodes and people, for one plan after another.
pub(crate) struct Stage {
    /// The database's server, unless it is somebody else's and must not crash.
    cluster: Option<Cluster>,
    pub(crate) fleet: Fleet,
    pub(crate) people: Arc<[Person]>,
}

impl Stage {
    /// On a server of its own.
    pub(crate) async fn on_a_cluster() -> Self {
        let cluster = tokio::task::block_in_place(|| Cluster::start(Durability::SurvivesKill)).unwrap();
        let url = cluster.url().to_owned();
        Self { cluster: Some(cluster), ..Self::on(&url).await }
    }

    /// On a database that nothing may happen to.
    pub(crate) async fn on(database_url: &str) -> Self {
        let fleet = Fleet::start(database_url, NODES).await;
        turns::write_down(database_url).await;
        let people = people::settle(database_url, u64::try_from(PEOPLE).unwrap()).await.into();
        Self { cluster: None, fleet, people }
    }

    /// A club of its own for a plan, with its events.
    pub(crate) async fn set(&self, plan: &Plan) -> Vec<Class> {
        let (owner, slug) = (&self.people[0], format!("chaos-{}", plan.seed));
        let (api, addresses) = (Api::new(), self.fleet.addresses());
        // A node may still hold connections to a database that has crashed since.
        let made = async |call: Call, key: &str| {
            ask(&api, &addresses, 0, &call.keyed(format!("{slug} {key}"))).await.expect(201)
        };
        made(club::found(&slug, owner, json!({"pass_limit": plan.pass_limit})), "club").await;
        let mut classes = Vec::new();
        for (number, event) in plan.events.iter().enumerate() {
            let publish = Class::publish(&slug, owner, event.capacity, waitlist(event));
            classes.push(Class::of(owner, &made(publish, &format!("event {number}")).await));
        }
        classes
    }

    /// Lets something go wrong, and answers when everybody is back.
    pub(crate) async fn suffer(&mut self, trouble: Trouble) {
        match trouble {
            Trouble::KillNode(node) => self.fleet.crash(node).await,
            Trouble::KillAllNodes => self.fleet.crash_all().await,
            Trouble::EndConnections { percent, choice } => {
                connections::end_some(&self.fleet.database_url, percent, choice).await;
            }
            Trouble::LoseAnswers => connections::end_in_commit(&self.fleet.database_url).await,
            Trouble::CrashDatabase => {
                let cluster = self.cluster.as_mut().unwrap();
                tokio::task::block_in_place(|| cluster.crash()).unwrap();
            }
        }
    }
}

fn waitlist(event: &EventPlan) -> Value {
    match event.waitlist {
        Waitlist::Open => json!({"enabled": true}),
        Waitlist::UpTo(seats) => json!({"enabled": true, "capacity": seats}),
        Waitlist::Closed => json!({"enabled": false}),
    }
}
