//! The day itself: the clock goes on in small steps, and what the centre's systems send at each is posted.

use std::time::Duration;

use anyhow::{Context as _, bail};
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use indicatif::ProgressBar;
use tokio::time::{Instant, sleep, sleep_until};

use super::{Args, api::Api};
use crate::cli::simulate::{Second, Timed, World, rfc3339};

/// Step of the clock while events come: not above the settle delay, so that nothing is late by our doing.
const STEP_S: Second = 60;
/// Step of the clock while nothing comes.
const QUIET_STEP_S: Second = 300;
/// After so many steps the tasks may catch up, so that the clock does not run away from them.
const STEPS_AHEAD: u32 = 10;
/// How long tasks may take to catch up.
const CATCH_UP_MAX: Duration = Duration::from_secs(120);

/// When the demo's clock starts and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Times {
    /// Five minutes before midnight in Madrid, whose days the incentives count; the first shift, in Shanghai, is
    /// still an hour away.
    pub(super) start: Second,
    /// Noon of the next day in Madrid: everybody's day is over, the periods are closed and drawn, late news has come,
    /// and quiet hours have ended.
    pub(super) end: Second,
}

impl Times {
    pub(super) fn of(day: NaiveDate) -> anyhow::Result<Self> {
        let madrid = |day: NaiveDate, hour| {
            let at = day.and_hms_opt(hour, 0, 0)?.and_local_timezone(Tz::Europe__Madrid).earliest()?;
            Some(at.timestamp())
        };
        let next = day.checked_add_days(Days::new(1));
        let start = madrid(day, 0).context("the date is outside of the calendar")? - 300;
        let end = next.and_then(|next| madrid(next, 12)).context("the date is outside of the calendar")?;
        Ok(Self { start, end })
    }
}

/// What was posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Played {
    /// Messages, repeated ones included.
    pub(super) events: usize,
}

/// Plays the whole day.
pub(super) async fn play(
    api: &Api,
    args: &Args,
    world: &World,
    times: &Times,
    bar: &ProgressBar,
) -> anyhow::Result<Played> {
    let day = world.day(args.date);
    let (begun, whole) = (Instant::now(), Duration::from_secs_f64(args.minutes.max(0.0) * 60.0));
    bar.set_length(u64::try_from(times.end - times.start)?);
    let (mut now, mut posted, mut steps) = (times.start, 0, 0);
    while now < times.end {
        now = next(now, day.get(posted)).min(times.end);
        let ready = posted + day[posted..].partition_point(|timed| timed.arrives <= now);
        api.drive(now).await?;
        api.events(&day[posted..ready]).await?;
        posted = ready;
        steps += 1;
        if steps % STEPS_AHEAD == 0 {
            catch_up(api).await?;
        }
        bar.set_position(u64::try_from(now - times.start)?);
        bar.set_message(format!("{} · {posted} events", rfc3339(now)));
        if !args.fast {
            let share = (now - times.start) as f64 / (times.end - times.start) as f64;
            sleep_until(begun + whole.mul_f64(share)).await;
        }
    }
    if posted < day.len() {
        bail!("{} events arrive after the demo's end; this is an error of the demo", day.len() - posted);
    }
    catch_up(api).await?;
    Ok(Played { events: posted })
}

/// The clock's next position: a small step towards an event, a larger one when nothing comes.
fn next(now: Second, event: Option<&Timed>) -> Second {
    match event {
        Some(timed) if timed.arrives <= now + QUIET_STEP_S => {
            now + STEP_S.max((timed.arrives - now) / STEP_S * STEP_S)
        }
        _ => now + QUIET_STEP_S,
    }
}

/// Waits until all tasks are at the journal's head.
///
/// # Errors
/// When one is paused by a fault, or it takes too long.
pub(super) async fn catch_up(api: &Api) -> anyhow::Result<()> {
    let deadline = Instant::now() + CATCH_UP_MAX;
    loop {
        let standing = api.standing().await?;
        if !standing.faults.is_empty() {
            bail!("an incentive is paused by a fault: {}", standing.faults.join("; "));
        }
        if standing.idle && standing.lag_blocks == 0 {
            return Ok(());
        }
        if Instant::now() > deadline {
            bail!("the tasks are still {} blocks behind after {CATCH_UP_MAX:?}", standing.lag_blocks);
        }
        sleep(Duration::from_millis(10)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::simulate::Size;

    #[test]
    fn the_clock_shows_the_whole_day_of_every_site() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a date");
        let times = Times::of(date).expect("times");
        assert_eq!(rfc3339(times.start), "2026-03-01T22:55:00Z");
        assert_eq!(rfc3339(times.end), "2026-03-03T11:00:00Z");
        for seed in [1, 7] {
            let day = World::new(seed, Size { agents: 120 }, date).day(date);
            assert!(day.iter().all(|timed| times.start < timed.event.time && timed.arrives < times.end));
        }
    }

    #[test]
    fn the_clock_never_stands_still_nor_passes_an_event_by_more_than_a_step() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a date");
        let day = World::new(7, Size { agents: 12 }, date).day(date);
        let times = Times::of(date).expect("times");
        let (mut now, mut posted) = (times.start, 0);
        while now < times.end {
            let then = next(now, day.get(posted));
            assert!(then > now);
            let ready = posted + day[posted..].partition_point(|timed| timed.arrives <= then);
            assert!(day[posted..ready].iter().all(|timed| then - timed.arrives < STEP_S), "late by a step");
            (now, posted) = (then, ready);
        }
        assert_eq!(posted, day.len());
    }
}
