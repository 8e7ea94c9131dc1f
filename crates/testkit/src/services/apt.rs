//! The fourth way: install the server with apt, then go the third.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use super::error::Declined;
use super::programs;

/// Package lists are fetched once a process, whatever is installed then.
static UPDATED: OnceLock<bool> = OnceLock::new();

/// Installs one package, saying so on standard error.
///
/// Whatever the package itself sets up or starts is left alone and never used: tests get a server of their own.
///
/// # Errors
///
/// When this is not Debian, this user is not root, or apt fails.
pub(super) fn install(package: &str) -> Result<(), Declined> {
    if !Path::new("/etc/debian_version").exists() {
        return Err(Declined::because("this is not a Debian"));
    }
    let apt = programs::on_path("apt-get").ok_or_else(|| Declined::because("apt-get is not in PATH"))?;
    if !rustix::process::geteuid().is_root() {
        return Err(Declined::because(format!("only root may install {package}")));
    }
    eprintln!("services: installing {package} with apt-get");
    if !*UPDATED.get_or_init(|| run(&apt, &["update", "-qq"]).is_ok()) {
        eprintln!("services: apt-get update failed; trying with the lists as they are");
    }
    run(&apt, &["install", "-y", "-qq", "--no-install-recommends", package])
}

fn run(apt: &Path, arguments: &[&str]) -> Result<(), Declined> {
    let output = Command::new(apt)
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        // In runlevel 1 a package's scripts start no service of their own.
        .env("RUNLEVEL", "1")
        .stdin(Stdio::null())
        .output()?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("no reason given");
    Err(Declined::because(format!("apt-get {} failed: {last}", arguments[0])))
}
