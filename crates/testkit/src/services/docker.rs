//! The second way: a container, when a Docker daemon answers at once.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use testcontainers::core::IntoContainerPort;
use testcontainers::runners::AsyncRunner;
use testcontainers::{ContainerAsync, ContainerRequest, GenericImage, ImageExt};
use tokio::sync::oneshot;

use super::error::Declined;
use super::readiness::{self, Deadline};
use super::running::{Keep, Provenance, Running};
use super::{Durability, postgres, redis};

/// A daemon that needs longer to say that it is there is not worth waiting for.
const GREETING: Duration = Duration::from_secs(2);

/// Fetching an image and starting it.
const FETCHING: Duration = Duration::from_mins(3);

/// From a started container to a service that answers.
const PATIENCE: Duration = Duration::from_mins(1);

/// # Errors
///
/// When no daemon answers, or the image can't be had or does not start.
pub(super) fn postgres(durability: Durability) -> Result<Running, Declined> {
    let mut command = vec!["postgres", "-c", "max_connections=400"];
    command.extend(postgres::shortcuts(durability).iter().flat_map(|setting| ["-c", *setting]));
    let image = GenericImage::new("postgres", "17-alpine")
        .with_exposed_port(5432.tcp())
        .with_env_var("POSTGRES_HOST_AUTH_METHOD", "trust")
        .with_cmd(command);
    let (container, authority) = start(image, 5432)?;
    let url = format!("postgres://postgres@{authority}/postgres");
    let version = readiness::postgres(&url, Deadline::within(PATIENCE)).map_err(Declined::because)?;
    Ok(Running::new(url, version, Provenance::Docker, Keep::Container(container)))
}

/// # Errors
///
/// When no daemon answers, or the image can't be had or does not start.
pub(super) fn redis(durability: Durability) -> Result<Running, Declined> {
    let image = GenericImage::new("redis", "7-alpine")
        .with_exposed_port(6379.tcp())
        .with_cmd(std::iter::once("redis-server").chain(redis::settings(durability)));
    let (container, authority) = start(image, 6379)?;
    let url = format!("redis://{authority}");
    let version = readiness::redis(&url, Deadline::within(PATIENCE)).map_err(Declined::because)?;
    Ok(Running::new(url, version, Provenance::Docker, Keep::Container(container)))
}

/// A running container; it lives on a thread with a runtime of its own and is removed when dropped.
#[derive(Debug)]
pub(super) struct Container {
    remove: Option<oneshot::Sender<()>>,
    keeper: Option<JoinHandle<()>>,
}

impl Drop for Container {
    fn drop(&mut self) {
        drop(self.remove.take());
        if let Some(keeper) = self.keeper.take() {
            // A container that could not be removed is the daemon's to report.
            let _ = keeper.join();
        }
    }
}

/// Starts a container and returns it with the address under which its port is reached.
fn start(image: ContainerRequest<GenericImage>, port: u16) -> Result<(Container, String), Declined> {
    greet()?;
    let (report, started) = channel();
    let (remove, removed) = oneshot::channel();
    let keeper = std::thread::Builder::new().name("container".to_owned()).spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        match runtime {
            Ok(runtime) => runtime.block_on(keep(image, port, &report, removed)),
            // Nobody listens any more only when nobody wants the container any more.
            Err(error) => drop(report.send(Err(error.to_string()))),
        }
    })?;
    let container = Container { remove: Some(remove), keeper: Some(keeper) };
    let authority = started.recv().unwrap_or_else(|_| Err("the container's thread ended".to_owned()));
    Ok((container, authority.map_err(Declined::because)?))
}

async fn keep(
    image: ContainerRequest<GenericImage>,
    port: u16,
    report: &Sender<Result<String, String>>,
    removed: oneshot::Receiver<()>,
) {
    let container = match tokio::time::timeout(FETCHING, image.start()).await {
        Ok(Ok(container)) => container,
        Ok(Err(error)) => return drop(report.send(Err(error.to_string()))),
        Err(_) => return drop(report.send(Err(format!("not started within {FETCHING:?}")))),
    };
    let authority = authority(&container, port).await.map_err(|error| error.to_string());
    drop(report.send(authority));
    // Ends when the other half is dropped.
    let _ = removed.await;
    let _ = container.rm().await;
}

async fn authority(
    container: &ContainerAsync<GenericImage>,
    port: u16,
) -> testcontainers::core::error::Result<String> {
    Ok(format!("{}:{}", container.get_host().await?, container.get_host_port_ipv4(port).await?))
}

/// Asks for a sign of life where the daemon listens, in the words of its HTTP interface.
fn greet() -> Result<(), Declined> {
    let host = std::env::var("DOCKER_HOST").ok().filter(|host| !host.is_empty());
    let answered = match &host {
        None => usual_sockets().into_iter().any(greets_on_socket),
        Some(host) => match host.split_once("://") {
            Some(("unix", socket)) => greets_on_socket(PathBuf::from(socket)),
            Some(("tcp" | "http", address)) => greets_on_port(address),
            // Encrypted or tunnelled: only the library knows how.
            _ => true,
        },
    };
    if answered { Ok(()) } else { Err(Declined::because("no Docker daemon answers")) }
}

/// Where the library looks, in its order.
fn usual_sockets() -> Vec<PathBuf> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(|folder| PathBuf::from(folder).join("docker.sock"));
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let at_home = home
        .into_iter()
        .flat_map(|home| [home.join(".docker/run/docker.sock"), home.join(".docker/desktop/docker.sock")]);
    std::iter::once(PathBuf::from("/var/run/docker.sock")).chain(runtime).chain(at_home).collect()
}

fn greets_on_socket(socket: PathBuf) -> bool {
    UnixStream::connect(socket).is_ok_and(|stream| {
        let limited = stream.set_read_timeout(Some(GREETING)).is_ok()
            && stream.set_write_timeout(Some(GREETING)).is_ok();
        limited && greets(stream)
    })
}

fn greets_on_port(address: &str) -> bool {
    let Some(address) = address.to_socket_addrs().ok().and_then(|mut found| found.next()) else {
        return false;
    };
    TcpStream::connect_timeout(&address, GREETING).is_ok_and(|stream| {
        let limited = stream.set_read_timeout(Some(GREETING)).is_ok()
            && stream.set_write_timeout(Some(GREETING)).is_ok();
        limited && greets(stream)
    })
}

fn greets(mut stream: impl Read + Write) -> bool {
    let mut answer = [0; 12];
    stream.write_all(b"GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n").is_ok()
        && stream.read_exact(&mut answer).is_ok()
        && answer.ends_with(b" 200")
}
