//! Which of the house's own messages says a value of the core, for pages and answers alike.

use plaudit_core::{
    award::{Status, Withheld},
    rule::Tone,
};

/// How an award stands.
pub(crate) fn of_status(status: &Status) -> &'static str {
    match status {
        Status::Granted => "status-granted",
        Status::Reversed => "status-reversed",
        Status::Withheld(Withheld::Allotment) => "status-allotment",
        Status::Withheld(Withheld::Quota) => "status-quota",
        Status::Withheld(Withheld::Disqualified) => "status-disqualified",
        Status::Withheld(Withheld::Stock) => "status-stock",
        Status::Withheld(Withheld::Refused) => "status-refused",
        Status::Withheld(Withheld::Undecided) => "status-undecided",
        Status::Proposed => "status-proposed",
    }
}

/// What a message of a rule is: thanks, a congratulation, an encouragement, a notice.
pub(crate) fn of_tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Thanks => "tone-thanks",
        Tone::Congratulation => "tone-congratulation",
        Tone::Encouragement => "tone-encouragement",
        Tone::Notice => "tone-notice",
    }
}
