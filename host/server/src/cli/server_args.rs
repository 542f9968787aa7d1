//! Which server, and who asks: the same options for every command that talks to one.

use url::Url;

/// Which server, and who asks.
#[derive(Clone, Debug, clap::Args)]
pub struct ServerArgs {
    /// The server.
    #[arg(long, env = "PLAUDIT_URL", default_value = "http://127.0.0.1:8080")]
    pub url: Url,
    /// A token: with the scope `manage`; with `admin` where plugins are installed.
    #[arg(long, env = "PLAUDIT_TOKEN", hide_env_values = true)]
    pub token: String,
}
