//! Who is on the stage, and the clocks they live by.

use super::day;
use crate::time::{DAY, HOUR, LocalDay, Millis};
use crate::wit;

/// An agent of the stage.
#[derive(Clone, Debug)]
pub struct Member {
    pub(super) agent: wit::Agent,
}

impl Member {
    pub(super) fn new(id: &str) -> Self {
        let agent = wit::Agent {
            id: id.into(),
            team: String::new(),
            zone: 0,
            hired_day: None,
            share: 1.0,
            workdays: 0b001_1111,
        };
        Self { agent }
    }

    /// Puts them into a team.
    pub fn team(&mut self, team: &str) -> &mut Self {
        self.agent.team = team.into();
        self
    }

    /// Their day of hire, such as `2024-03-02`.
    pub fn hired(&mut self, date: &str) -> &mut Self {
        self.agent.hired_day = Some(day(date).0);
        self
    }

    /// Their share of full time, in (0, 1].
    pub fn share(&mut self, share: f32) -> &mut Self {
        self.agent.share = share;
        self
    }

    /// Their days on duty: bit 0 is Monday.
    pub fn workdays(&mut self, mask: u8) -> &mut Self {
        self.agent.workdays = mask;
        self
    }
}

/// Madrid: UTC+1, summer time from the last Sunday of March to that of October, at 01:00 UTC.
pub fn clocks_of_madrid() -> wit::Zone {
    european("Europe/Madrid", 60)
}

/// Vilnius: UTC+2, summer time as in Madrid.
pub fn clocks_of_vilnius() -> wit::Zone {
    european("Europe/Vilnius", 120)
}

/// Shanghai: UTC+8 all year.
pub fn clocks_of_shanghai() -> wit::Zone {
    let transitions = vec![wit::Transition { at: 0, offset_minutes: 480 }];
    wit::Zone { name: "Asia/Shanghai".into(), transitions, holidays: vec![] }
}

fn european(name: &str, winter: i16) -> wit::Zone {
    let change =
        |year, month, offset_minutes| wit::Transition { at: last_sunday(year, month), offset_minutes };
    let mut transitions = vec![wit::Transition { at: 0, offset_minutes: winter }];
    transitions.extend((2025..2029).flat_map(|y| [change(y, 3, winter + 60), change(y, 10, winter)]));
    wit::Zone { name: name.into(), transitions, holidays: vec![] }
}

/// 01:00 UTC on the last Sunday of a month of 31 days.
fn last_sunday(year: i32, month: u32) -> Millis {
    let end = LocalDay::of(year, month, 31);
    let back = (end.weekday() as i32 + 1) % 7;
    Millis::from(end.plus(-back).0) * DAY + HOUR
}
