//! Names of sites and teams, for people.

use super::{Family, tags};

/// By `site/<id>` or `team/<id>`.
#[derive(Debug)]
pub enum Titles {}

impl Family for Titles {
    const TAG: u8 = tags::TITLE;
    const NAME: &'static str = "titles";
    type Key = String;
    type Value = String;
}
