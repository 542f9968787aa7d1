//! Logs and the recorder of metrics.

use std::io::IsTerminal;

use anyhow::Context;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::{EnvFilter, fmt, util::SubscriberInitExt};

use crate::config::{Log, LogFormat};

/// Upper bounds of request times, in seconds.
const SECONDS_BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// Starts logging to standard error.
///
/// # Errors
/// The level can't be read, or logging was started before.
pub fn start_logs(log: &Log) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&log.level).with_context(|| {
        format!(
            "`log.level` is {:?}, and must be error, warn, info, debug or trace, also by module",
            log.level
        )
    })?;
    let lines =
        fmt().with_env_filter(filter).with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr);
    match log.format {
        LogFormat::Text => lines.finish().try_init(),
        LogFormat::Json => lines.json().finish().try_init(),
    }
    .context("logging was started before")
}

/// Starts the recorder behind `/metrics`. Once per process.
///
/// # Errors
/// There is a recorder already.
pub fn start_metrics() -> anyhow::Result<PrometheusHandle> {
    let builder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS_BUCKETS)
        .context("buckets of metrics")?;
    let handle = builder.install_recorder().context("metrics were started before")?;
    describe();
    Ok(handle)
}

fn describe() {
    metrics::describe_counter!("plaudit_ingest_events_total", "Events by what became of them");
    metrics::describe_counter!("plaudit_http_requests_total", "Requests by method, route and status");
    metrics::describe_histogram!("plaudit_http_request_duration_seconds", "Time to answer, by route");
    metrics::describe_gauge!("plaudit_engine_lag_blocks", "Blocks that an incentive is behind the journal");
    metrics::describe_gauge!("plaudit_engine_faulted", "1 if an incentive is paused by a fault of its rule");
}
