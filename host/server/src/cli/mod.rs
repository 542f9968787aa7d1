//! stub
pub mod demo;
pub mod receiver;
pub mod simulate;
