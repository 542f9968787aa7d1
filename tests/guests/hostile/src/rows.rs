//! Small good effects, to be made bad one field at a time.

use plaudit_sdk::wit::{
    Amount, Argument, Award, Badge, Chance, Change, DrawMethod, DrawPrize, DrawSpec, Exclusion, Origin,
    Progress, Reward, Score, Span, Subject, Text, Tickets, Value,
};

pub(crate) fn change(slot: u32, state: Vec<u8>) -> Change {
    Change { slot, state, wake_at: None }
}

pub(crate) fn score(step: u32, value: f64) -> Score {
    Score { step, board: 0, column: 0, value, weight: 1.0 }
}

pub(crate) fn tickets(draw: u32, count: u32) -> Tickets {
    Tickets { step: 0, draw, count }
}

pub(crate) fn text(arguments: usize, value: f64) -> Text {
    let argument = Argument { name: "n".into(), value: Value::Number(value) };
    Text { message: "why".into(), arguments: vec![argument; arguments] }
}

pub(crate) fn progress(slot: u32, value: f64) -> Progress {
    Progress { slot, text: text(0, 0.0), value, target: 10.0 }
}

pub(crate) fn points(units: i64) -> Amount {
    Amount { currency: "points".into(), units }
}

pub(crate) fn badge(level: u32) -> Badge {
    Badge { name: "badge".into(), level }
}

pub(crate) fn award(name: &str, key: &str) -> Award {
    let reward = Reward::Points(points(1));
    Award { name: name.into(), span: Span::Period, key: key.into(), reward, because: text(1, 1.0) }
}

pub(crate) fn because(award: Award, because: Text) -> Award {
    Award { because, ..award }
}

pub(crate) fn reward(award: Award, reward: Reward) -> Award {
    Award { reward, ..award }
}

pub(crate) fn prize(winners: u32) -> DrawPrize {
    DrawPrize { winners, award: award("a", "once") }
}

pub(crate) fn draw(method: DrawMethod, prizes: Vec<DrawPrize>) -> DrawSpec {
    DrawSpec { draw: 0, method, prizes, excluded: Vec::new() }
}

pub(crate) fn chance(chance: u32, wins: u32, of: u32) -> Chance {
    Chance { at: Origin::Step(0), to: Subject::Itself, chance, wins, of, award: award("a", "") }
}

pub(crate) fn excluding(entrants: usize, draw: DrawSpec) -> DrawSpec {
    let nobody =
        Exclusion { entrant: String::new(), because: Text { message: String::new(), arguments: Vec::new() } };
    DrawSpec { excluded: vec![nobody; entrants], ..draw }
}
