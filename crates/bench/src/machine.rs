//! The machine that is measured on, and what else it has to do.

use std::fs;
use std::time::Duration;

use serde::Serialize;

/// For how long is looked what else is going on.
const LOOK: Duration = Duration::from_millis(500);

/// What figures depend on.
#[derive(Debug, Serialize)]
pub(crate) struct Machine {
    pub(crate) processor: String,
    pub(crate) cores: usize,
}

impl Machine {
    pub(crate) fn look() -> Self {
        let told = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = told.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
        Self {
            processor: model.map_or_else(|| "unknown".to_owned(), |(_, model)| model.to_owned()),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

/// How many percent of the machine's time others take at this moment, while we wait; none where it does not tell.
pub(crate) async fn busy_percent() -> Option<u64> {
    let before = times()?;
    tokio::time::sleep(LOOK).await;
    let after = times()?;
    let (all, idle) = (after.all - before.all, after.idle - before.idle);
    Some(100 * (all - idle.min(all)) / all.max(1))
}

/// What all cores have done since they were switched on, in ticks.
pub(crate) struct Times {
    pub(crate) all: u64,
    pub(crate) idle: u64,
}

pub(crate) fn times() -> Option<Times> {
    parse(&fs::read_to_string("/proc/stat").ok()?)
}

fn parse(stat: &str) -> Option<Times> {
    let line = stat.lines().next()?.strip_prefix("cpu ")?;
    let ticks = line.split_ascii_whitespace().map(str::parse).collect::<Result<Vec<u64>, _>>().ok()?;
    // user, nice, system, idle, waiting for a disk, ...
    Some(Times { all: ticks.iter().take(8).sum(), idle: ticks.get(3)? + ticks.get(4)? })
}

#[cfg(test)]
mod tests {
    #[test]
    fn waiting_for_a_disk_is_idle() {
        let times = super::parse("cpu  10 1 9 60 15 2 2 1 0 0\ncpu0 1 1").unwrap();
        assert_eq!((times.all, times.idle), (100, 75));
        assert!(super::parse("").is_none());
    }
}
