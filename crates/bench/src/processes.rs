//! What processes take of the machine: the time of its cores, and memory.

use std::fs;

use anyhow::Context;

use crate::machine::times;

/// Whose time is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parties {
    /// The process of what is measured.
    pub(crate) server: u32,
    /// The first process of PostgreSQL, if there is one on this machine.
    pub(crate) postgres: Option<u32>,
}

/// What everybody has taken up to a moment, in ticks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    all: u64,
    idle: u64,
    server: u64,
    postgres: u64,
    generator: u64,
}

/// What everybody took while something was measured.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shares {
    all: u64,
    idle: u64,
    server: u64,
    postgres: u64,
    generator: u64,
}

impl Parties {
    /// Nothing where this machine does not tell.
    pub(crate) fn look(&self) -> Option<Taken> {
        let machine = times()?;
        let own = |process: u32| Process::read(process).map(|process| process.own);
        let postgres = self.postgres.map_or(Some(0), family)?;
        let generator = own(std::process::id())?;
        Some(Taken { all: machine.all, idle: machine.idle, server: own(self.server)?, postgres, generator })
    }
}

impl Shares {
    /// Adds what was taken between two looks.
    pub(crate) fn add(&mut self, before: Option<Taken>, after: Option<Taken>) {
        let (Some(before), Some(after)) = (before, after) else { return };
        self.all += after.all.saturating_sub(before.all);
        self.idle += after.idle.saturating_sub(before.idle);
        self.server += after.server.saturating_sub(before.server);
        self.postgres += after.postgres.saturating_sub(before.postgres);
        self.generator += after.generator.saturating_sub(before.generator);
    }

    /// The shares as a sentence.
    pub(crate) fn told(&self) -> String {
        if self.all == 0 {
            return "How the time of the cores was shared is not told on this machine.".to_owned();
        }
        let percent = |ticks: u64| 100 * ticks / self.all;
        let ours = self.server + self.postgres + self.generator + self.idle;
        format!(
            "Of the time of all cores the server took {} %, PostgreSQL {} %, the load generator {} %, others {} %; \
             {} % were idle.",
            percent(self.server),
            percent(self.postgres),
            percent(self.generator),
            percent(self.all.saturating_sub(ours)),
            percent(self.idle)
        )
    }
}

/// A process, as the kernel tells of it.
#[derive(Debug, PartialEq)]
struct Process {
    name: String,
    parent: u32,
    /// Its own time, in ticks.
    own: u64,
    /// The time of its children that have ended.
    ended: u64,
}

impl Process {
    fn read(id: u32) -> Option<Self> {
        Self::parse(&fs::read_to_string(format!("/proc/{id}/stat")).ok()?)
    }

    /// `12 (a name) S 1 ...`
    fn parse(stat: &str) -> Option<Self> {
        let (head, tail) = stat.rsplit_once(") ")?;
        let (_, name) = head.split_once(" (")?;
        let fields: Vec<&str> = tail.split_ascii_whitespace().collect();
        let ticks = |field: usize| fields.get(field)?.parse::<u64>().ok();
        Some(Self {
            name: name.to_owned(),
            parent: fields.get(1)?.parse().ok()?,
            own: ticks(11)? + ticks(12)?,
            ended: ticks(13)? + ticks(14)?,
        })
    }
}

/// What a process and its children have taken, also those that have ended.
fn family(first: u32) -> Option<u64> {
    let parent = Process::read(first)?;
    let ids =
        fs::read_dir("/proc").ok()?.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let children = ids.filter_map(Process::read).filter(|process| process.parent == first);
    Some(parent.own + parent.ended + children.map(|child| child.own + child.ended).sum::<u64>())
}

/// The process that started a process of PostgreSQL, if both are here: in a container they are called otherwise.
pub(crate) fn postmaster_of(backend: u32) -> Option<u32> {
    let process = Process::read(backend).filter(|process| process.name.starts_with("postgres"))?;
    Process::read(process.parent).filter(|parent| parent.name.starts_with("postgres")).map(|_| process.parent)
}

/// How much memory of a process is resident, in bytes.
///
/// # Errors
///
/// When this machine does not tell.
pub(crate) fn resident(process: u32) -> anyhow::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    resident_in(&status).context("the kernel does not tell how much memory a process has")
}

/// `VmRSS:    1234 kB`
fn resident_in(status: &str) -> Option<u64> {
    let told = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(told.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1_024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_kernel_tells_is_understood() {
        let stat = "7 (a (b) c) S 5 7 7 0 -1 4194560 1 0 0 0 10 20 3 4 20 0 1 0 99 1 1";
        let process = Process { name: "a (b) c".into(), parent: 5, own: 30, ended: 7 };
        assert_eq!(Process::parse(stat), Some(process));
        assert_eq!(Process::parse("7"), None);
        assert_eq!(resident_in("VmPeak:\t 9 kB\nVmRSS:\t   51200 kB\n"), Some(52_428_800));
    }

    #[test]
    fn shares_are_told_in_percent_of_all_cores() {
        let before = Taken { all: 100, idle: 50, server: 1, postgres: 1, generator: 1 };
        let after = Taken { all: 300, idle: 70, server: 101, postgres: 41, generator: 21 };
        let mut shares = Shares::default();
        shares.add(None, Some(before));
        shares.add(Some(before), Some(after));
        let told = shares.told();
        assert!(
            told.contains("server took 50 %, PostgreSQL 20 %, the load generator 10 %, others 10 %"),
            "{told}"
        );
    }
}
