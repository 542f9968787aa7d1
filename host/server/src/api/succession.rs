//! One incentive after another: other settings from the next period on.
//!
//! A changed incentive corrects all that is not final, also the period that runs. Whoever wants that period to end as it
//! was announced puts a new incentive that begins where a period of the old one ends.

use plaudit_core::{Millis, calendar::Calendar, incentive::Incentive};

use super::{
    AppState,
    auth::{self, Caller},
    house::HouseView,
    incentives,
    problem::{Answer, Problem},
};

/// Ends of periods that a refusal names.
const NAMED: usize = 3;

/// The incentive `id` so that it ends where `next` begins; none if it does so already.
///
/// # Errors
/// There is no such incentive, it has ended, it is beyond the caller's reach, or none of its periods ends there.
pub(super) fn before(
    state: &AppState,
    house: &HouseView,
    caller: &Caller,
    id: &str,
    next: &Incentive,
) -> Answer<Option<Incentive>> {
    let record =
        house.incentives.get(id).ok_or_else(|| Problem::not_found("incentive", id, "/v1/incentives"))?;
    let now = state.clock.now();
    if !caller.reach.holds(&house.roster, &record.incentive.audience, now) {
        return Err(auth::beyond(caller));
    }
    if *next.id == *id {
        let detail = format!("{id:?} can't follow itself; choose another id for what comes after it");
        return Err(Problem::unprocessable("bad-periods", detail));
    }
    if record.incentive.end == Some(next.start) {
        return Ok(None);
    }
    if record.ended {
        return Err(Problem::conflict("incentive-ended", format!("the incentive {id:?} has ended for good")));
    }
    let calendar = calendar(&record.incentive)?;
    let is_end =
        calendar.period_at(next.start.saturating_sub(1)).is_some_and(|period| period.end == next.start);
    if next.start <= now || !is_end {
        let ends: Vec<String> = calendar.upcoming(now, NAMED).iter().map(|period| time(period.end)).collect();
        let ends = if ends.is_empty() { "none".to_owned() } else { ends.join(", ") };
        let detail = format!(
            "`start` is {}, where no period of {id:?} ends that is still to come; the next ends are: {ends}",
            time(next.start)
        );
        return Err(Problem::unprocessable("bad-periods", detail));
    }
    let before = Incentive { end: Some(next.start), ..record.incentive.clone() };
    self::calendar(&before)?;
    Ok(Some(before))
}

fn calendar(incentive: &Incentive) -> Answer<Calendar> {
    incentives::calendar(incentive).map_err(|error| Problem::unprocessable("bad-periods", error.to_string()))
}

fn time(at: Millis) -> String {
    let time = chrono::DateTime::from_timestamp_millis(at).unwrap_or_default();
    time.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}
