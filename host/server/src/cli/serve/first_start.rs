//! What a new house starts with: the catalogue, declared fields, and a token for its first admin.

use std::fs;

use anyhow::Context;
use plaudit_core::{Id, journal::Entry};
use plaudit_store::{
    Batch, family,
    family::{
        field::{DeclaredFields, Fields},
        token::Scope,
    },
};

use crate::{
    api::AppState,
    config::{Pages, catalogue, secrets},
    ingest::tokens,
};

/// Fills what is empty; does nothing in a house that has it.
///
/// # Errors
/// The journal, the store or the secrets directory can't be written.
pub(super) async fn fill(state: &AppState) -> anyhow::Result<()> {
    let defaults = catalogue::default().context("the built-in catalogue")?;
    if family::scan::<Fields>(&*state.store, None, 1)?.is_empty() {
        let mut batch = Batch::default();
        for (kind, mut names) in defaults.fields {
            names.sort_unstable();
            family::put::<Fields>(&mut batch, &kind, &DeclaredFields { names, changed: state.clock.now() });
        }
        state.store.apply(batch)?;
        state.store.sync()?;
    }
    if state.journal.house().metrics.is_empty() {
        let entries: Vec<Entry> = defaults.metrics.into_iter().map(Entry::Metric).collect();
        tracing::info!(metrics = entries.len(), "a new house: the default catalogue is put into the journal");
        state.journal.append(entries).await?;
    }
    admin_token(state)?;
    first_account(state)
}

/// A house without accounts prints the code with which the first admin is made at a page.
fn first_account(state: &AppState) -> anyhow::Result<()> {
    if state.config.server.pages == Pages::Off {
        return Ok(());
    }
    let dir = &state.config.store.secrets_dir;
    let opened = state.porter.open_first_start(&*state.store, dir).context("the code of the first start")?;
    let Some((code, path)) = opened else { return Ok(()) };
    let base = state.config.server.base_url();
    super::super::out(&format!(
        "First start: make the first admin at {base}/first-start with the code {code} (also in {})",
        path.display()
    ))
}

fn admin_token(state: &AppState) -> anyhow::Result<()> {
    if !tokens::list(&*state.store)?.is_empty() {
        return Ok(());
    }
    let path = state.config.store.secrets_dir.join("admin-token");
    // Left by a start that was killed before the token was stored, or of another store: it opens nothing here.
    if path.exists() {
        fs::remove_file(&path).with_context(|| format!("{} can't be replaced", path.display()))?;
    }
    let name: Id = "first admin".into();
    let new = tokens::create_for(
        &*state.store,
        &name,
        vec![Scope::Admin],
        (state.clock.now(), None),
        None,
        Some("first start"),
    )?;
    secrets::write_private(&path, &format!("{}\n", new.secret))?;
    super::super::out(&format!("Admin token (shown this once, also in {}): {}", path.display(), new.secret))
}
