//! `GET /api/performance/metrics`

use serde::Serialize;
use spotter_application::operations::{DeskNumbers, Distribution, PoolNumbers};
use utoipa::ToSchema;

use crate::answer::Representation;
use crate::answer::{Reply, found};
use crate::call::Call;

/// The numbers of the running process.
#[derive(Serialize, ToSchema)]
#[schema(as = PerformanceMetrics)]
pub(crate) struct Body {
    process: ProcessBody,
    pools: Vec<PoolBody>,
    desks: Vec<DeskBody>,
    requests: RequestsBody,
}

/// The process.
#[derive(Serialize, ToSchema)]
#[schema(as = ProcessNumbers)]
pub(crate) struct ProcessBody {
    /// Since when it runs, in seconds.
    uptime_s: f64,
    /// The memory it occupies; null where the system does not tell.
    #[schema(required)]
    resident_bytes: Option<u64>,
}

/// A connection pool.
#[derive(Serialize, ToSchema)]
#[schema(as = PoolNumbers)]
pub(crate) struct PoolBody {
    #[schema(value_type = String, example = "read")]
    name: &'static str,
    /// The most connections it may open.
    max: u32,
    in_use: u32,
    idle: u32,
    /// The callers that wait for a connection.
    waiting: u32,
    /// How many connections were handed out since the start.
    acquired: u64,
    /// How many callers gave up waiting since the start.
    timeouts: u64,
    /// How long callers waited for a connection, together, since the start.
    acquire_total_s: f64,
    /// The longest that a caller waited since the start.
    acquire_max_s: f64,
}

/// A desk, where what many want at the same time is decided in batches. Numbers since the start.
#[derive(Serialize, ToSchema)]
#[schema(as = DeskNumbers)]
pub(crate) struct DeskBody {
    #[schema(value_type = String, example = "registration")]
    name: &'static str,
    /// The orders that wait for a batch.
    waiting: u64,
    /// The orders that were turned away, because too many were waiting or the process was stopping.
    turned_away: u64,
    /// The orders whose callers had left before their batch began.
    left: u64,
    /// The orders that took too long.
    late: u64,
    /// How often a batch was tried again, because another transaction was in the way.
    tried_again: u64,
    /// The orders that were tried alone, because their batch had failed.
    singled_out: u64,
    /// How many orders a batch had.
    batch_size: DistributionBody,
    /// How long orders waited until their batch began.
    wait_us: DistributionBody,
    /// How long a batch took, its commit included.
    batch_us: DistributionBody,
    /// How long the commit took.
    commit_us: DistributionBody,
}

/// How numbers are distributed, to two digits.
#[derive(Serialize, ToSchema)]
#[schema(as = Distribution)]
pub(crate) struct DistributionBody {
    /// How many there were.
    count: u64,
    /// Half of them were at most this.
    median: u64,
    /// All but a hundredth of them were at most this.
    p99: u64,
    /// The largest.
    most: u64,
}

/// The requests since the start.
#[derive(Serialize, ToSchema)]
#[schema(as = RequestNumbers)]
pub(crate) struct RequestsBody {
    /// Those that were answered.
    total: u64,
    /// Those that are being worked on, this one included.
    in_flight: u64,
    by_status: StatusesBody,
}

/// The answered requests by the class of their status.
#[derive(Serialize, ToSchema)]
#[schema(as = StatusNumbers)]
pub(crate) struct StatusesBody {
    #[serde(rename = "1xx")]
    informational: u64,
    #[serde(rename = "2xx")]
    successful: u64,
    #[serde(rename = "3xx")]
    redirected: u64,
    #[serde(rename = "4xx")]
    refused: u64,
    #[serde(rename = "5xx")]
    failed: u64,
}

impl Representation for Body {}

impl PoolBody {
    fn new(pool: &PoolNumbers) -> Self {
        Self {
            name: pool.name,
            max: pool.max,
            in_use: pool.in_use,
            idle: pool.idle,
            waiting: pool.waiting,
            acquired: pool.acquired,
            timeouts: pool.timeouts,
            acquire_total_s: pool.acquire_total.as_secs_f64(),
            acquire_max_s: pool.acquire_max.as_secs_f64(),
        }
    }
}

impl DeskBody {
    const fn new(desk: &DeskNumbers) -> Self {
        Self {
            name: desk.name,
            waiting: desk.waiting,
            turned_away: desk.turned_away,
            left: desk.left,
            late: desk.late,
            tried_again: desk.tried_again,
            singled_out: desk.singled_out,
            batch_size: DistributionBody::new(desk.batch_size),
            wait_us: DistributionBody::new(desk.wait_micros),
            batch_us: DistributionBody::new(desk.unit_micros),
            commit_us: DistributionBody::new(desk.commit_micros),
        }
    }
}

impl DistributionBody {
    const fn new(of: Distribution) -> Self {
        Self { count: of.count, median: of.median, p99: of.p99, most: of.most }
    }
}

pub(crate) struct Operation;

/// The numbers of the running process
///
/// For operators.
#[utoipa::path(get, path = "/api/performance/metrics", tag = "performance",
    operation_id = "performanceMetrics",
    impl_for = Operation,
    responses((status = 200, description = "The numbers at this moment.", body = Body)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let readiness = &call.state.readiness;
    let traffic = readiness.traffic();
    let [informational, successful, redirected, refused, failed] = traffic.by_class();
    let body = Body {
        process: ProcessBody { uptime_s: readiness.uptime().as_secs_f64(), resident_bytes: resident_bytes() },
        pools: call.state.monitor.pools().iter().map(PoolBody::new).collect(),
        desks: call.spotter().desk_numbers().iter().map(DeskBody::new).collect(),
        requests: RequestsBody {
            total: informational + successful + redirected + refused + failed,
            in_flight: traffic.in_flight(),
            by_status: StatusesBody { informational, successful, redirected, refused, failed },
        },
    };
    found(&call, &body)
}

/// The resident set, as Linux tells it in whole kibibytes whatever the size of a page.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
