//! Derives of the Plaudit SDK; documented there.

mod attributes;
mod settings;
mod state;

use proc_macro::TokenStream;

/// Makes a struct or an enum of unit variants readable from a settings document and describes it for the form.
///
/// A field's title is its doc comment's first line, its help the rest. Struct fields take
/// `#[setting(title = "…", help = "…", min = 1, max = 9, default = …, unit = "…", choices("a", "b"),
/// items_min = 1, items_max = 9, rename = "…", metric | team | currency | queue)]`; `default` alone means
/// `Default::default()`, a literal text is converted. A field without default has to be there, unless it is an
/// `Option`. Names in the document are in kebab-case for enum variants and as written for fields.
#[proc_macro_derive(Settings, attributes(setting))]
pub fn settings(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    settings::expand(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}

/// Makes a struct or an enum a rule's state, or a part of one: its `SCHEMA` number follows from names and types of fields
/// and variants. `#[state(schema = 2)]` says that they mean something else from now on. Needs serde's derives beside it.
#[proc_macro_derive(State, attributes(state))]
pub fn state(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    state::expand(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}
