//! What the tests of the whole house share.

pub mod browser;
pub mod components;
pub mod day;
pub mod house;
pub mod script;
pub mod workshop;
