//! The nodes of an installation, and where they are at the moment.

use std::net::SocketAddr;
use std::sync::Arc;

use parking_lot::RwLock;

use crate::support::{Node, Serve};

/// Where the nodes are. A node that has died stands here until it is back.
#[derive(Clone, Debug)]
pub(crate) struct Addresses(Arc<RwLock<Vec<SocketAddr>>>);

impl Addresses {
    /// The node of that number; they are counted round and round.
    pub(crate) fn of(&self, number: usize) -> SocketAddr {
        let addresses = self.0.read();
        addresses[number % addresses.len()]
    }

    pub(crate) fn count(&self) -> usize {
        self.0.read().len()
    }
}

/// Nodes on one database.
pub(crate) struct Fleet {
    serve: Serve,
    nodes: Vec<Node>,
    addresses: Addresses,
    pub(crate) database_url: String,
}

impl Fleet {
    /// Starts so many nodes at once, on a database that may still be empty.
    pub(crate) async fn start(database_url: &str, count: usize) -> Self {
        let serve = Serve::on(database_url);
        let nodes = start(&serve, count).await;
        let addresses = Addresses(Arc::new(RwLock::new(nodes.iter().map(Node::address).collect())));
        Self { serve, nodes, addresses, database_url: database_url.to_owned() }
    }

    pub(crate) fn addresses(&self) -> Addresses {
        self.addresses.clone()
    }

    pub(crate) fn first(&self) -> &Node {
        &self.nodes[0]
    }

    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Kills every node, and starts them again.
    pub(crate) async fn crash_all(&mut self) {
        let count = self.nodes.len();
        self.nodes.drain(..).for_each(Node::kill9);
        self.nodes = start(&self.serve, count).await;
        self.publish();
    }

    /// Kills the node of that number, and starts it again.
    pub(crate) async fn crash(&mut self, number: usize) {
        self.nodes.remove(number).kill9();
        self.nodes.insert(number, self.serve.start().await);
        self.publish();
    }

    /// Stops every node in good order.
    pub(crate) async fn stop(self) {
        for node in self.nodes {
            node.terminate().await;
        }
    }

    fn publish(&self) {
        *self.addresses.0.write() = self.nodes.iter().map(Node::address).collect();
    }
}

async fn start(serve: &Serve, count: usize) -> Vec<Node> {
    futures_util::future::join_all((0..count).map(|_| serve.start())).await
}
