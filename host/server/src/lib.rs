//! The server of Plaudit: the world around the pure core.

pub mod api;
pub mod beacon;
pub mod cli;
pub mod clock;
pub mod config;
pub mod deliver;
pub mod engine;
pub mod ingest;
pub mod journal;
pub mod payroll;
pub mod porter;
pub mod signing;
pub mod telemetry;
pub mod texts;
pub mod web;
