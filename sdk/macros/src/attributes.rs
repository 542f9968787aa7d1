//! What stands on a field: its doc comment and `#[setting(…)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta, Token, punctuated::Punctuated};

/// Form pickers that a field may name.
const PICKERS: [&str; 4] = ["metric", "team", "currency", "queue"];

#[derive(Default)]
pub(crate) struct Attributes {
    pub(crate) title: String,
    pub(crate) help: String,
    pub(crate) rename: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) pick: Option<&'static str>,
    pub(crate) min: Option<Expr>,
    pub(crate) max: Option<Expr>,
    pub(crate) items_min: Option<Expr>,
    pub(crate) items_max: Option<Expr>,
    pub(crate) choices: Vec<String>,
    pub(crate) default: Option<TokenStream>,
}

impl Attributes {
    pub(crate) fn read(attributes: &[Attribute]) -> syn::Result<Self> {
        let mut read = Self::default();
        (read.title, read.help) = doc(attributes);
        for attribute in attributes.iter().filter(|a| a.path().is_ident("setting")) {
            attribute.parse_nested_meta(|meta| read.one(&meta))?;
        }
        Ok(read)
    }

    fn one(&mut self, meta: &syn::meta::ParseNestedMeta<'_>) -> syn::Result<()> {
        let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
        let text = || meta.value()?.parse::<LitStr>().map(|t| t.value());
        let expr = || meta.value()?.parse::<Expr>();
        match name.as_str() {
            "title" => self.title = text()?,
            "help" => self.help = text()?,
            "rename" => self.rename = Some(text()?),
            "unit" => self.unit = Some(text()?),
            "min" => self.min = Some(expr()?),
            "max" => self.max = Some(expr()?),
            "items_min" => self.items_min = Some(expr()?),
            "items_max" => self.items_max = Some(expr()?),
            "default" if meta.input.peek(Token![=]) => self.default = Some(default(expr()?)),
            "default" => self.default = Some(quote!(::core::default::Default::default())),
            "choices" => {
                let list;
                syn::parenthesized!(list in meta.input);
                let list = Punctuated::<LitStr, Token![,]>::parse_terminated(&list)?;
                self.choices = list.iter().map(LitStr::value).collect();
            }
            picker => match PICKERS.iter().find(|p| **p == picker) {
                Some(picker) => self.pick = Some(picker),
                None => {
                    return Err(meta.error(format!(
                        "no such setting attribute; there are: title, help, rename, unit, min, max, items_min, \
                         items_max, default, choices, {}",
                        PICKERS.join(", ")
                    )));
                }
            },
        }
        Ok(())
    }
}

/// A literal text becomes the field's text type; anything else is of the field's type already.
fn default(expr: Expr) -> TokenStream {
    match &expr {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => quote!(::core::convert::Into::into(#text)),
        other => quote!(#other),
    }
}

/// First paragraph and rest of a doc comment; the title's full stop is left out.
fn doc(attributes: &[Attribute]) -> (String, String) {
    let lines: Vec<String> = attributes
        .iter()
        .filter_map(|a| match &a.meta {
            Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value().trim().to_string()),
                _ => None,
            },
            _ => None,
        })
        .collect();
    let title = lines.first().map(|l| l.trim_end_matches('.').to_string()).unwrap_or_default();
    let help = lines.iter().skip(1).skip_while(|l| l.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    (title, help.trim().to_string())
}
